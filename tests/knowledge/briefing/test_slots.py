"""Schedules as they are typed, and the moments that they mean."""

import zoneinfo
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.briefing.cadence import MONTH_DAYS, WEEKDAYS, Cadence, Schedule, ScheduleNotUnderstood, parse_schedule
from knowledge.briefing.slots import latest_slot, next_slot, slots_between
from tests.knowledge.strategies import EXAMPLES, any_text

NINE = time(9)
UTC_ZONE = "Etc/UTC"

_days = {Cadence.WEEKLY: st.sampled_from(WEEKDAYS), Cadence.MONTHLY: st.sampled_from(MONTH_DAYS)}
_known = sorted(zoneinfo.available_timezones() - {"localtime"})
_zones = st.sampled_from(_known) | st.sampled_from(["Pacific/Apia", "Pacific/Kwajalein", "America/Sao_Paulo"])
_moments = st.datetimes(datetime(1993, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any schedule that has slots."""
    cadence = draw(st.sampled_from([each for each in Cadence if each is not Cadence.ON_CHANGE]))
    at = time(draw(st.integers(0, 23)), draw(st.integers(0, 59)))
    return Schedule(cadence, at, draw(_zones), draw(_days.get(cadence, st.just(""))))


def nine(cadence: Cadence, day: str, start: str, number: int = 3) -> Sequence[str]:
    """The month and day of the first slots at nine o'clock UTC after nine o'clock of a date."""
    after = datetime.combine(datetime.fromisoformat(start), NINE, tzinfo=UTC)
    found = islice(slots_between(Schedule(cadence, NINE, UTC_ZONE, day), after, after + timedelta(days=1_000)), number)
    return [f"{slot:%m-%d}" for slot in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("daily", "9:00", "europe/kyiv", ""), Schedule(Cadence.DAILY, NINE, "Europe/Kyiv")),
        ((" Weekdays ", " 09:05\n", "UTC", " "), Schedule(Cadence.WEEKDAYS, time(9, 5), "UTC")),
        (
            ("weekly", "23:59", "america/new york", ""),
            Schedule(Cadence.WEEKLY, time(23, 59), "America/New_York", "monday"),
        ),
        (("WEEKLY", "0:00", "Asia/Tokyo", "Thu"), Schedule(Cadence.WEEKLY, time(), "Asia/Tokyo", "thursday")),
        (("weekly", "9:00", "UTC", "SUNDAY"), Schedule(Cadence.WEEKLY, NINE, "UTC", "sunday")),
        (("monthly", "9:00", "UTC", ""), Schedule(Cadence.MONTHLY, NINE, "UTC", "1")),
        (("monthly", "9:00", "UTC", "031"), Schedule(Cadence.MONTHLY, NINE, "UTC", "31")),
        (("monthly", "9:00", "UTC", "Last"), Schedule(Cadence.MONTHLY, NINE, "UTC", "last")),
        (("On  Change", "9:00", "UTC", ""), Schedule(Cadence.ON_CHANGE, NINE, "UTC")),
    ],
)
def test_a_schedule_is_read_in_any_case_and_with_its_defaults(
    typed: tuple[str, str, str, str], expected: Schedule
) -> None:
    assert parse_schedule(*typed) == expected


@pytest.mark.parametrize(
    ("field", "text", "every"),
    [
        *(("every", text, text) for text in ("", "hourly", "0 9 * * 1")),
        *(
            ("at", text, "daily")
            for text in ("", "9", "0900", "9am", "24:00", "9:60", "9:5", "-1:00", "٠٩:٠٠", "09:00:00")
        ),
        *(("timezone", text, "daily") for text in ("", "EEST", "+02:00", "localtime", "../UTC", "kyiv")),
        *(("day", text, "weekly") for text in ("1", "0", "mo", "mond", "last", "понеділок")),
        *(("day", text, "monthly") for text in ("0", "32", "-1", "1st", "²", "monday")),
        *(("day", text, every) for text in ("monday", "1") for every in ("daily", "weekdays", "on change")),
    ],
)
def test_anything_else_is_not_understood_and_named(field: str, text: str, every: str) -> None:
    typed = {"every": every, "at": "9:00", "timezone": "UTC", "day": "", field: text}

    with pytest.raises(ScheduleNotUnderstood) as caught:
        parse_schedule(**typed)

    assert (caught.value.field, caught.value.text) == (field, text)


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        (("hourly", "9:00", "UTC", ""), [each.value for each in Cadence]),
        (("weekly", "9:00", "UTC", "1"), WEEKDAYS),
        (("monthly", "9:00", "UTC", "32"), MONTH_DAYS),
        (("daily", "9:00", "kyiv", ""), ["Europe/Kyiv"]),
    ],
)
def test_what_could_be_meant_is_offered(typed: tuple[str, str, str, str], choices: Sequence[str]) -> None:
    with pytest.raises(ScheduleNotUnderstood) as caught:
        parse_schedule(*typed)

    assert caught.value.choices == choices


@EXAMPLES
@given(schedules(), any_text, any_text)
def test_every_schedule_is_read_back_and_any_text_is_read_or_not_understood(
    each: Schedule, text: str, day: str
) -> None:
    assert parse_schedule(each.cadence.value, f"{each.at:%H:%M}", each.zone.upper(), each.day) == each
    with pytest.raises(ScheduleNotUnderstood):
        parse_schedule("weekly", "9:00", text, f"no {day}")


@pytest.mark.parametrize(
    ("cadence", "day", "start", "expected"),
    [
        (Cadence.DAILY, "", "2024-02-27", ["02-28", "02-29", "03-01"]),
        (Cadence.DAILY, "", "2023-02-27", ["02-28", "03-01", "03-02"]),
        (Cadence.DAILY, "", "2025-12-30", ["12-31", "01-01", "01-02"]),
        (Cadence.WEEKDAYS, "", "2026-01-01", ["01-02", "01-05", "01-06"]),
        (Cadence.WEEKLY, "monday", "2025-12-22", ["12-29", "01-05", "01-12"]),
        (Cadence.WEEKLY, "sunday", "2024-02-24", ["02-25", "03-03", "03-10"]),
        (Cadence.MONTHLY, "1", "2025-11-30", ["12-01", "01-01", "02-01"]),
        (Cadence.MONTHLY, "31", "2024-01-30", ["01-31", "02-29", "03-31"]),
        (Cadence.MONTHLY, "30", "2023-01-30", ["02-28", "03-30", "04-30"]),
        (Cadence.MONTHLY, "29", "2023-12-29", ["01-29", "02-29", "03-29"]),
        (Cadence.MONTHLY, "last", "2025-03-31", ["04-30", "05-31", "06-30"]),
    ],
)
def test_slots_follow_the_calendar(cadence: Cadence, day: str, start: str, expected: list[str]) -> None:
    assert nine(cadence, day, start) == expected


def test_the_weekday_and_the_day_of_the_month_are_local() -> None:
    sunday_evening = datetime(2026, 1, 4, 18, tzinfo=UTC)

    for cadence, day in ((Cadence.WEEKLY, "monday"), (Cadence.WEEKDAYS, ""), (Cadence.MONTHLY, "5")):
        assert next_slot(Schedule(cadence, NINE, "Asia/Tokyo", day), sunday_evening).hour == 0
        assert next_slot(Schedule(cadence, time(), "Asia/Tokyo", day), datetime(2026, 1, 4, tzinfo=UTC)).day == 4


def test_the_start_is_past_and_the_end_is_not() -> None:
    daily, slot = Schedule(Cadence.DAILY, NINE, UTC_ZONE), datetime(2026, 1, 4, 9, tzinfo=UTC)
    day, second = timedelta(days=1), timedelta(seconds=1)

    assert next_slot(daily, slot) == next_slot(daily, slot + second) == slot + day
    assert next_slot(daily, slot - second) == slot
    assert list(slots_between(daily, slot, slot + day)) == [slot + day]
    assert latest_slot(daily, slot, slot + 3 * day + second) == slot + 3 * day
    assert latest_slot(daily, slot, slot + day - second) is None
    assert latest_slot(daily, slot + day, slot) is None


def test_on_change_has_no_slots() -> None:
    with pytest.raises(ValueError, match="ON_CHANGE"):
        next_slot(Schedule(Cadence.ON_CHANGE, NINE, UTC_ZONE), datetime(2026, 1, 1, tzinfo=UTC))


@EXAMPLES
@given(schedules(), _moments, _moments)
def test_a_later_moment_has_no_earlier_next_slot(schedule: Schedule, one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    found = next_slot(schedule, first)

    assert first < found <= next_slot(schedule, second)
    assert found.tzinfo is UTC
    assert (found.second, found.microsecond) == (0, 0)
    assert (found <= second) == (latest_slot(schedule, first, second) is not None)


@EXAMPLES
@given(schedules(), _moments, st.timedeltas(timedelta(), timedelta(days=400)))
def test_the_slots_between_are_each_the_next_of_the_one_before(
    schedule: Schedule, start: datetime, span: timedelta
) -> None:
    found = list(slots_between(schedule, start, start + span))

    assert all(next_slot(schedule, before) == slot for before, slot in pairwise([start, *found]))
    assert next_slot(schedule, found[-1] if found else start) > start + span
    assert latest_slot(schedule, start, start + span) == (found[-1] if found else None)
