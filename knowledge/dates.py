"""Dates as precise as a source gives them: a year, a month or a day (the reduced precision of ISO 8601)."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.errors import DateNotUnderstood

_FORM = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the day, or the month and the day, may be unknown."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Reads ``2025``, ``2025-06`` or ``2025-06-02``.

        Raises:
            DateNotUnderstood: another form, or a day that no calendar has.
        """
        found = _FORM.match(text.strip())
        if not found:
            raise DateNotUnderstood(text)
        year, month, day = (int(part or 0) for part in found.groups())
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            raise DateNotUnderstood(text) from None
        if (month == 0 and found.group(2)) or (day == 0 and found.group(3)):
            raise DateNotUnderstood(text)
        return cls(year, month, day)

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        if self.day:
            return Precision.DAY
        return Precision.MONTH if self.month else Precision.YEAR

    @property
    def first_day(self) -> date:
        """The earliest day that the date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day that the date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)
