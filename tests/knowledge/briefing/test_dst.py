"""Ten years of slots in every time zone, and the zones in which clocks do odd things."""

import zoneinfo
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, pairwise
from operator import lt
from zoneinfo import ZoneInfo

import pytest

from knowledge.briefing.cadence import Cadence, Schedule
from knowledge.briefing.slots import next_slot, slots_between

ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})
DAYS = [date(2020, 1, 1) + timedelta(days=number) for number in range(3_653)]
HALF_PAST_TWO = time(2, 30)
WALLS = [time(0, 0), HALF_PAST_TWO, time(3, 30), time(23, 59)]
MINUTE = timedelta(minutes=1)
WEEK = timedelta(weeks=1)
WEEKS = [datetime(2019, 12, 20, tzinfo=UTC) + number * WEEK for number in range(525)]

Change = tuple[datetime, timedelta, timedelta]
"""A moment at which clocks change, with the offset from UTC before it and after it."""


def changes(zone: ZoneInfo) -> tuple[Change, ...]:
    """All changes in the ten years, to the minute; no zone changes there and back within a week."""
    offsets = [offset(zone, moment) for moment in WEEKS]
    found = zip(pairwise(WEEKS), pairwise(offsets), strict=True)
    return tuple(
        (change(zone, start, after), before, after) for (start, _), (before, after) in found if before != after
    )


def change(zone: ZoneInfo, start: datetime, after: timedelta) -> datetime:
    """The minute in the week from ``start`` on at which the offset becomes ``after``."""
    minutes = range(WEEK // MINUTE)
    return start + MINUTE * bisect_left(minutes, True, key=lambda n: offset(zone, start + n * MINUTE) == after)


def offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    """Local time less UTC."""
    found = moment.astimezone(zone).utcoffset()
    assert found is not None
    return found


@cache
def distinct_zones() -> Mapping[str, tuple[Change, ...]]:
    """One zone, with its changes, of all those whose clocks agree throughout the ten years."""
    zones = {name: ZoneInfo(name) for name in ZONES}
    known = {(offset(zone, WEEKS[0]), changes(zone)): name for name, zone in zones.items()}
    return {name: found for (_, found), name in known.items()}


def ten_years(cadence: Cadence, at: time, name: str, day: str = "") -> list[datetime]:
    """All slots of the ten years."""
    first, last = (datetime.combine(each, at, tzinfo=ZoneInfo(name)).astimezone(UTC) for each in (DAYS[0], DAYS[-1]))
    return list(slots_between(Schedule(cadence, at, name, day), first - MINUTE, last))


def put_off(at: time, found: Sequence[Change]) -> dict[datetime, datetime]:
    """By the local time that a gap swallows, the local time at which the gap ends."""
    gaps = [tuple((moment + each).replace(tzinfo=None) for each in offsets) for moment, *offsets in found]
    swallowed = ((datetime.combine(start.date(), at), start, end) for start, end in gaps)
    return {wall: end for wall, start, end in swallowed if start <= wall < end}


def moved(at: time, slots: Sequence[datetime], zone: ZoneInfo) -> dict[datetime, datetime]:
    """By the local time that was wanted for a date, the local time of its slot, where they differ.

    Two times with the same ``tzinfo`` are compared as clocks show them.
    """
    pairs = zip(DAYS, (slot.astimezone(zone) for slot in slots), strict=True)
    wanted = ((datetime.combine(day, at, zone), shown) for day, shown in pairs)
    return {want.replace(tzinfo=None): shown.replace(tzinfo=None) for want, shown in wanted if want != shown}


@pytest.mark.parametrize("at", WALLS, ids=str)
def test_in_every_zone_each_date_has_one_slot_at_that_time_unless_a_gap_swallows_it(at: time) -> None:
    for name, found in distinct_zones().items():
        slots, zone = ten_years(Cadence.DAILY, at, name), ZoneInfo(name)

        assert all(map(lt, slots, slots[1:])), name
        assert moved(at, slots, zone) == put_off(at, found), name


@pytest.mark.parametrize("at", WALLS, ids=str)
def test_in_every_zone_the_slot_is_the_first_of_the_two_times_that_a_fold_gives(at: time) -> None:
    for name, found in distinct_zones().items():
        for moment, before, after in found:
            if before > after:
                schedule, zone = Schedule(Cadence.DAILY, at, name), ZoneInfo(name)
                around = slots_between(schedule, moment - WEEK, moment + WEEK)

                assert not any(slot.astimezone(zone).fold for slot in around), name


@pytest.mark.parametrize(
    ("cadence", "day", "belongs"),
    [
        (Cadence.WEEKDAYS, "", lambda each: each.isoweekday() <= 5),
        (Cadence.WEEKLY, "sunday", lambda each: each.isoweekday() == 7),
        (Cadence.MONTHLY, "last", lambda each: (each + timedelta(days=1)).day == 1),
        (Cadence.MONTHLY, "25", lambda each: each.day == 25),
    ],
    ids=["weekdays", "sunday", "last", "25"],
)
def test_the_other_cadences_have_the_daily_slots_of_their_dates(
    cadence: Cadence, day: str, belongs: Callable[[date], bool]
) -> None:
    wanted = {each for each in DAYS if belongs(each)}
    for name, found in distinct_zones().items():
        if found:  # elsewhere the offset is the same all the time
            daily = zip(DAYS, daily_slots(name), strict=True)

            assert ten_years(cadence, HALF_PAST_TWO, name, day) == [slot for each, slot in daily if each in wanted], (
                name
            )


@cache
def daily_slots(name: str) -> Sequence[datetime]:
    """Those at half past two."""
    return ten_years(Cadence.DAILY, HALF_PAST_TWO, name)


def test_gaps_and_folds_are_among_what_was_tested() -> None:
    zones = distinct_zones()

    assert len(zones) > 60
    assert any(before > after for found in zones.values() for _, before, after in found)
    assert all(any(put_off(at, found) for found in zones.values()) for at in WALLS)


@pytest.mark.parametrize(
    ("zone", "at", "after", "expected"),
    [
        ("Europe/Kyiv", "03:30", "2025-03-29T12", ["2025-03-30T01:00", "2025-03-31T00:30"]),
        ("Europe/Kyiv", "03:30", "2025-10-25T12", ["2025-10-26T00:30", "2025-10-27T01:30"]),
        ("Australia/Lord_Howe", "02:15", "2025-10-04T12", ["2025-10-04T15:30", "2025-10-05T15:15"]),
        ("Australia/Lord_Howe", "01:45", "2025-04-05T12", ["2025-04-05T14:45", "2025-04-06T15:15"]),
        ("America/Sao_Paulo", "00:00", "2018-11-03T12", ["2018-11-04T03:00", "2018-11-05T02:00"]),
        ("America/Sao_Paulo", "23:30", "2018-02-17T12", ["2018-02-18T01:30", "2018-02-19T02:30"]),
        ("Africa/Casablanca", "02:30", "2025-02-22T12", ["2025-02-23T01:30", "2025-02-24T02:30"]),
        ("Africa/Casablanca", "02:30", "2025-04-05T12", ["2025-04-06T02:00", "2025-04-07T01:30"]),
        ("America/Nuuk", "23:30", "2025-03-29T12", ["2025-03-30T01:00", "2025-03-31T00:30"]),
        ("America/Nuuk", "23:30", "2023-10-28T12", ["2023-10-29T01:30", "2023-10-30T01:30"]),
        ("Pacific/Apia", "09:00", "2011-12-29T12", ["2011-12-29T19:00", "2011-12-30T19:00"]),
        ("Pacific/Apia", "00:00", "2011-12-29T00", ["2011-12-29T10:00", "2011-12-30T10:00", "2011-12-31T10:00"]),
        ("Pacific/Kwajalein", "12:00", "1993-08-20T12", ["1993-08-21T00:00", "1993-08-22T00:00"]),
    ],
)
def test_clocks_that_change(zone: str, at: str, after: str, expected: list[str]) -> None:
    start = datetime.fromisoformat(after).replace(tzinfo=UTC)
    schedule = Schedule(Cadence.DAILY, time.fromisoformat(at), zone)

    found = islice(slots_between(schedule, start, start + WEEK), len(expected))

    assert [f"{slot:%Y-%m-%dT%H:%M}" for slot in found] == expected


def test_between_the_two_times_of_a_fold_the_next_slot_is_tomorrow() -> None:
    kyiv = Schedule(Cadence.DAILY, time(3, 30), "Europe/Kyiv")

    assert next_slot(kyiv, datetime(2025, 10, 26, 1, 10, tzinfo=UTC)) == datetime(2025, 10, 27, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cadence", "day", "expected"),
    [(Cadence.WEEKLY, "friday", "2012-01-05T19:00"), (Cadence.MONTHLY, "30", "2012-01-29T19:00")],
)
def test_a_date_that_a_zone_leaves_out_has_no_slot(cadence: Cadence, day: str, expected: str) -> None:
    found = next_slot(Schedule(cadence, time(9), "Pacific/Apia", day), datetime(2011, 12, 24, tzinfo=UTC))

    assert f"{found:%Y-%m-%dT%H:%M}" == expected
