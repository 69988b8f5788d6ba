"""Takes values out of what was read of an entry or a document, and notes whatever has not the form it should have."""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

from knowledge.dates import PartialDate
from knowledge.errors import DateNotUnderstood
from knowledge.model import Citation
from knowledge.moderation.checks import FieldFault, Why, shown
from knowledge.moderation.files.forms import CITATION_FIELDS, Fields
from knowledge.moderation.text import visible

Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")
_WHOLE = re.compile(r"-?[0-9]{1,7}")  # no underscores and no other digits, both of which int() takes


class Taking:
    """The values of one mapping, and ``faults``: those that were wrong, for which the default is given."""

    def __init__(self, fields: Fields, known: Sequence[str]) -> None:
        self._fields = fields
        self.faults = list(_keys(fields, known))

    def text(self, key: str) -> str | None:
        """A text without space around it; None where there is none, or nothing in it that can be seen."""
        value = self._fields.get(key)
        if value is not None and not isinstance(value, str):
            self._wrong(key, Why.NOT_TEXT, value)
            return None
        return value.strip() if value and visible(value).strip() else None

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """One of a set of words."""
        return self._read(key, lambda value: choices(value.lower()), Why.NOT_A_CHOICE)

    def needed(self, key: str, choices: type[Choice], default: Choice) -> Choice:
        """One of a set of words that must be there."""
        value = self.choice(key, choices)
        if value is None and all(each.field != key for each in self.faults):
            self._wrong(key, Why.REQUIRED, "")
        return value or default

    def date(self, key: str) -> PartialDate | None:
        """A date, as precise as it is given."""
        return self._read(key, PartialDate.parse, Why.NOT_A_DATE)

    def number(self, key: str) -> int | None:
        """A whole number."""
        return self._read(key, _number, Why.NOT_A_NUMBER)

    def texts(self, key: str, most: int) -> tuple[str, ...]:
        """A list of at most ``most`` texts; of a longer one nothing is taken."""
        found = self._list(key, most)
        for each in found:
            if not isinstance(each, str):
                self._wrong(key, Why.NOT_TEXT, each)
        return tuple(each.strip() for each in found if isinstance(each, str))

    def citations(self, key: str, most: int) -> tuple[Citation, ...]:
        """A list of at most ``most`` citations; of a longer one nothing is taken."""
        return tuple(found for each in self._list(key, most) if (found := self._citation(key, each)))

    def _citation(self, key: str, value: object) -> Citation | None:
        if not isinstance(value, Fields):
            self._wrong(key, Why.NOT_FIELDS, value)
            return None
        taking = Taking(value, CITATION_FIELDS)
        citation = Citation(taking.text("document") or "", taking.text("locator") or "")
        self.faults += [FieldFault(key, each.why, each.value or each.field) for each in taking.faults]
        return None if taking.faults else citation

    def _read(self, key: str, read: Callable[[str], Read], why: Why) -> Read | None:
        value = self.text(key)
        try:
            return read(value) if value else None
        except (ValueError, DateNotUnderstood):
            self._wrong(key, why, value)
            return None

    def _list(self, key: str, most: int) -> list[object]:
        value = self._fields.get(key)
        if isinstance(value, list) and len(value) <= most:
            return value
        if isinstance(value, list):
            self._wrong(key, Why.TOO_MANY, f"{len(value)}/{most}")
        elif value is not None:
            self._wrong(key, Why.NOT_A_LIST, value)
        return []

    def _wrong(self, key: str, why: Why, value: object) -> None:
        self.faults.append(FieldFault(key, why, shown(value)))


def _number(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _keys(fields: Fields, known: Sequence[str]) -> Iterator[FieldFault]:
    for key in fields:
        if key not in known:
            yield FieldFault(shown(key), Why.UNKNOWN_KEY)
    for key in fields.repeated:
        yield FieldFault(shown(key), Why.REPEATED)
