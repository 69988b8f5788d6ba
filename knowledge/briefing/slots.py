"""The moments at which a schedule lets a briefing go out: UTC, whole minutes, each of them once.

A local date that the schedule names has one slot: the first minute at which clocks in the zone show ``at`` or later.

- Clocks go back, so that ``at`` comes twice: the first time.
- Clocks go forward past ``at``: the first minute after the gap, which in a few zones is midnight of the next date.
- The zone leaves out the whole date, as Pacific/Apia did 2011-12-30: no slot.
- A month is shorter than the day of a monthly schedule: its last day.

A schedule on change has no slots, so to ask for them is a ValueError.
"""

from bisect import bisect_left
from calendar import monthrange
from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, takewhile
from zoneinfo import ZoneInfo

from knowledge.briefing.cadence import WEEKDAYS, Cadence, Schedule

_MINUTE = timedelta(minutes=1)


def next_slot(schedule: Schedule, after: datetime) -> datetime:
    """The first slot later than ``after``, which is aware; a slot at that very moment is past."""
    return next(_slots(schedule, after))


def slots_between(schedule: Schedule, start: datetime, end: datetime) -> Iterator[datetime]:
    """The slots later than ``start`` and not later than ``end``, both aware, in order."""
    return takewhile(lambda slot: slot <= end, _slots(schedule, start))


def latest_slot(schedule: Schedule, start: datetime, end: datetime) -> datetime | None:
    """The last of ``slots_between``; None if there is none."""
    last = deque(slots_between(schedule, start, end), maxlen=1)
    return last.pop() if last else None


def _slots(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """All slots later than ``after``, strictly increasing even if a zone leaves out 24 hours."""
    zone = ZoneInfo(schedule.zone)
    # Earlier dates need no look: their slot is past as soon as the clocks show a later date.
    for day in _dates(schedule, after.astimezone(zone).date()):
        slot = _slot_on(day, schedule.at, zone)
        if slot is not None and slot > after:
            yield slot
            after = slot


def _dates(schedule: Schedule, first: date) -> Iterator[date]:
    """The local dates that the schedule names: at least all from ``first`` on, in order."""
    match schedule.cadence:
        case Cadence.DAILY:
            return _every(1, first)
        case Cadence.WEEKDAYS:
            return (day for day in _every(1, first) if day.weekday() < 5)
        case Cadence.WEEKLY:
            return _every(7, first + timedelta(days=(WEEKDAYS.index(schedule.day) - first.weekday()) % 7))
        case Cadence.MONTHLY:
            return _monthly(31 if schedule.day == "last" else int(schedule.day), first)
        case Cadence.ON_CHANGE:
            raise ValueError(schedule)


def _every(days: int, first: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in count(0, days))


def _monthly(day: int, first: date) -> Iterator[date]:
    for number in count(first.year * 12 + first.month - 1):
        year, month = number // 12, number % 12 + 1
        yield date(year, month, min(day, monthrange(year, month)[1]))


def _slot_on(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    wall = datetime.combine(day, at, zone)
    first = wall.astimezone(UTC)
    if first.astimezone(zone) == wall:  # of the same zone, so this compares what clocks show
        return first
    second = wall.replace(fold=1).astimezone(UTC)
    # With the files of tzdata 2026f zoneinfo sees a fold that never was: America/Nuuk, 2023-10-28 23:00 to 23:59.
    return second if second.astimezone(zone) == wall else _after_gap(day, second, first, zone)


def _after_gap(day: date, before: datetime, after: datetime, zone: ZoneInfo) -> datetime | None:
    """The minute in which a gap ends; None if it holds the whole date.

    ``before`` and ``after`` are what the missing time would be with the offsets after and before the gap (PEP 495).
    """
    minutes = range((after - before) // _MINUTE)
    offset = after.astimezone(zone).utcoffset()
    passed = bisect_left(minutes, True, key=lambda n: (before + n * _MINUTE).astimezone(zone).utcoffset() == offset)
    end = before + passed * _MINUTE
    around = ((end - _MINUTE).astimezone(zone).date(), end.astimezone(zone).date())
    return end if day in around else None
