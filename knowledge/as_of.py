"""The two time axes: what had been recorded by a day, and what had been said by it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

from knowledge.dates import PartialDate
from knowledge.errors import DateNotUnderstood
from knowledge.model import Entry

_FORM = re.compile(r"^(?:(recorded|said)\s+)?(\d{4}(?:-\d{2}){0,2})$", re.IGNORECASE)


class Axis(StrEnum):
    """Which of its two dates counts for a claim."""

    RECORDED = "recorded"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class AsOf:
    """By the end of a day, month or year (UTC): ``2026-11-22`` or ``recorded 2026-11``, or ``said 2022``."""

    axis: Axis
    date: PartialDate

    @classmethod
    def parse(cls, text: str) -> "AsOf | None":
        """Reads the form above; None for empty text.

        Raises:
            DateNotUnderstood: another form, or a day that no calendar has.
        """
        if not text.strip():
            return None
        found = _FORM.match(text.strip())
        if not found:
            raise DateNotUnderstood(text)
        return cls(Axis((found.group(1) or Axis.RECORDED).lower()), PartialDate.parse(found.group(2)))

    @property
    def recorded_by(self) -> datetime | None:
        """The last moment that counts on the axis of recording; None on the other axis."""
        if self.axis is Axis.SAID:
            return None
        return datetime.combine(self.date.last_day, time.max, tzinfo=UTC)

    def admits(self, entry: Entry) -> bool:
        """Whether the claim counts on the axis of saying; one without a date cannot be placed on it."""
        if self.axis is Axis.RECORDED:
            return True
        said = entry.stated_on or entry.valid_from
        ended = entry.valid_to is not None and entry.valid_to.last_day < self.date.first_day
        return said is not None and said.first_day <= self.date.last_day and not ended

    def __str__(self) -> str:
        return f"{self.axis.value} {self.date}"
