"""Errors of the domain: they carry data, never wording. What a person reads is written in ``handlers/errors.py``."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class ParleyError(Exception):
    """The base of every error that Parley raises on purpose."""


class Slot(StrEnum):
    """What a word was expected to name."""

    PARTY = "party"
    TOPIC = "topic"
    DOCUMENT = "document"
    ENTRY = "entry"
    REVISION = "revision"
    """A place in an entry's history, from 1."""
    TARGET = "target"
    """A party, a topic or a person, as an alias may mean any of them."""


@dataclass(eq=False)
class UnknownName(ParleyError):
    """Nothing of that kind is called so. ``suggestions`` are the slugs of the nearest, best first."""

    slot: Slot
    text: str
    suggestions: Sequence[str] = ()


@dataclass(eq=False)
class AmbiguousName(ParleyError):
    """Several are nearly equally likely to be meant: ``choices`` are their slugs, best first."""

    slot: Slot
    text: str
    choices: Sequence[str] = ()


@dataclass(eq=False)
class DateNotUnderstood(ParleyError):
    """The text is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD."""

    text: str


@dataclass(eq=False)
class StaleRevision(ParleyError):
    """The entry has been changed since: revision ``number`` exists already."""

    id: str
    number: int


@dataclass(eq=False)
class LocatorNotFound(ParleyError):
    """A citation's locator selects nothing, or more than one place, in the document's text."""

    locator: str
    segment: str

    def __str__(self) -> str:
        return f"{self.segment!r} of {self.locator!r} does not select one place"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the shipped data: in which file, at which entry and key, and why."""

    file: str
    item: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.item}: {self.key}: {self.reason}"


@dataclass(eq=False)
class FaultySeeds(ParleyError):
    """The shipped data cannot be loaded; all faults at once."""

    faults: Sequence[Fault]


@dataclass(eq=False)
class StorageClosed(ParleyError):
    """The database cannot be opened; ``reason`` is in the words of what refused, without the address."""

    reason: str
