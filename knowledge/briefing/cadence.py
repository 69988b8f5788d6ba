"""How often briefings go out and at which time of day, and how that is read from what a moderator typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from knowledge.errors import ParleyError
from knowledge.zones import zone_called, zones_like

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In the order of ``date.weekday``. Not ``calendar.day_name``, which speaks the machine's language."""
MONTH_DAYS = (*(str(day) for day in range(1, 32)), "last")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_MOST_CHOICES = 5


class Cadence(StrEnum):
    """How often a briefing goes out."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    """Monday to Friday, by the local date."""
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ON_CHANGE = "on change"
    """When something has changed, so neither the time of day nor the day counts."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When briefings go out: ``at`` is the local time, to the minute, in ``zone``, an IANA name.

    ``day`` is one of ``WEEKDAYS`` if weekly, one of ``MONTH_DAYS`` if monthly, else empty.
    """

    cadence: Cadence
    at: time
    zone: str
    day: str = ""


@dataclass(eq=False)
class ScheduleNotUnderstood(ParleyError):
    """``text`` cannot be that ``field`` (every, at, timezone or day); ``choices`` are some or all that it can be."""

    field: str
    text: str
    choices: Sequence[str] = ()


def parse_schedule(every: str, at: str, timezone: str, day: str) -> Schedule:
    """Reads what was typed, in any case and with any space around it.

    ``every`` is a value of Cadence; ``at`` is 9:00 or 09:00, from 0:00 to 23:59; ``timezone`` is an IANA name;
    ``day`` is an English weekday, in full or its first three letters, if weekly (empty: monday); 1 to 31 or last
    if monthly (empty: 1); else empty. Weekdays have no numbers, as people and machines count them differently.

    Raises:
        ScheduleNotUnderstood: the first field that is something else.
    """
    cadence = _cadence(every)
    return Schedule(cadence, _time(at), _zone(timezone), _day(cadence, day))


def _cadence(every: str) -> Cadence:
    try:
        return Cadence(" ".join(every.casefold().split()))
    except ValueError:
        raise ScheduleNotUnderstood("every", every, [each.value for each in Cadence]) from None


def _time(at: str) -> time:
    found = _TIME.fullmatch(at.strip())
    if not found:
        raise ScheduleNotUnderstood("at", at)
    return time(int(found.group(1)), int(found.group(2)))


def _zone(timezone: str) -> str:
    if found := zone_called(timezone):
        return found
    near = zones_like(timezone, _MOST_CHOICES) if timezone.strip() else []
    raise ScheduleNotUnderstood("timezone", timezone, near)


def _day(cadence: Cadence, day: str) -> str:
    typed = day.strip().casefold()
    if cadence is Cadence.WEEKLY:
        return _weekday(typed or "monday", day)
    if cadence is Cadence.MONTHLY:
        return _month_day(typed or "1", day)
    if typed:
        raise ScheduleNotUnderstood("day", day)
    return ""


def _weekday(typed: str, day: str) -> str:
    for name in WEEKDAYS:
        if typed in (name, name[:3]):
            return name
    raise ScheduleNotUnderstood("day", day, WEEKDAYS)


def _month_day(typed: str, day: str) -> str:
    if (found := typed.lstrip("0")) not in MONTH_DAYS:
        raise ScheduleNotUnderstood("day", day, MONTH_DAYS)
    return found
