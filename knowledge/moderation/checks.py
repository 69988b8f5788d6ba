"""What must hold for an entry that somebody has typed: the codebook's rules, every fault at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from knowledge.model import CITATIONS, CLAIM_LENGTH, SLUG_LENGTH, Citation, Entry, Kind, Rank
from knowledge.moderation.text import TextEmpty, TextTooLong, clean, visible

INVOLVED = 20
"""The most parties that are involved in one entry."""
LINE_LENGTH = 300
"""The most characters of a locator and of a reason."""
ORDER = 1_000_000
"""The largest place on the time line, either way."""
VALUE_LENGTH = 80
"""The most characters of a fault's value."""
LIMITS = {
    "claim": CLAIM_LENGTH,
    "speaker": 100,
    "when": 80,
    "contested": CLAIM_LENGTH,
    "reason": LINE_LENGTH,
}
"""The most characters of each field that holds a text."""


class Why(StrEnum):
    """What is wrong with a field."""

    REQUIRED = "required"
    NOT_TEXT = "not_text"
    NOT_A_LIST = "not_a_list"
    NOT_FIELDS = "not_fields"
    """An entry, a source or a citation that is no mapping of names to values."""
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_SLUG = "not_a_slug"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_LINK = "not_a_link"
    NOT_A_HASH = "not_a_hash"
    NOT_KNOWN = "not_known"
    """No party, topic or document has that slug or id."""
    NOT_FOR_KIND = "not_for_kind"
    """Only an entry of another kind has it."""
    NOT_WHILE_ACTIVE = "not_while_active"
    """Only a claim that no longer stands has it."""
    TOO_LONG = "too_long"
    """The value is the length and the limit, as in "312/280"."""
    TOO_MANY = "too_many"
    """The value is the number and the limit, as in "21/20"."""
    ENDS_BEFORE = "ends_before"
    """The end lies before the beginning; the value is the end."""
    REPEATED = "repeated"
    UNKNOWN_KEY = "unknown_key"


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing that is wrong: with which field, why, and the value, of at most ``VALUE_LENGTH`` visible characters."""

    field: str
    why: Why
    value: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry may refer to: the slugs of parties and topics, and the ids of documents."""

    parties: frozenset[str]
    topics: frozenset[str]
    documents: frozenset[str]


def check_entry(entry: Entry, known: Known) -> list[FieldFault]:
    """Everything that is wrong with an entry, in the order of its fields; an id may be empty (it is still to be given).

    What concerns several entries (that a position has one preferred claim) is not looked at. Texts are measured as
    ``tidied`` leaves them.
    """
    return [*_references(entry, known), *_texts(entry), *_dates(entry), *_citations(entry, known), *_of_kind(entry)]


def tidied(entry: Entry) -> Entry:
    """An entry in which ``check_entry`` finds nothing, with its texts as they are kept (``text.clean``)."""
    citations = tuple(Citation(each.document, clean(each.locator, limit=LINE_LENGTH)) for each in entry.citations)
    texts = tidied_texts(entry, LIMITS)
    return replace(entry, citations=citations, **texts)


def tidied_texts(holder: object, limits: Mapping[str, int]) -> dict[str, Any]:
    """The texts of an entry or a document by field, as they are kept; None stays None."""
    texts = {field: getattr(holder, field) for field in limits}
    return {field: text and clean(text, limit=limits[field]) for field, text in texts.items()}


def check_text(field: str, text: str | None, limit: int) -> Iterator[FieldFault]:
    """Whether a text can be kept; None (there is none) always can."""
    try:
        if text is not None:
            clean(text, limit=limit)
    except TextTooLong as error:
        yield FieldFault(field, Why.TOO_LONG, f"{error.length}/{error.limit}")
    except TextEmpty:
        yield FieldFault(field, Why.REQUIRED)


def is_slug(text: str) -> bool:
    """Whether a text is of the form of ids and slugs: ``a-z0-9-``, at most ``SLUG_LENGTH``, no hyphen at an end."""
    return len(text) <= SLUG_LENGTH and re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", text) is not None


def shown(value: object) -> str:
    """A value as a fault tells it: visible, on one line and short."""
    return " ".join(visible(str(value)[: 4 * VALUE_LENGTH]).split())[:VALUE_LENGTH]


def _references(entry: Entry, known: Known) -> Iterator[FieldFault]:
    if entry.id and not is_slug(entry.id):
        yield FieldFault("id", Why.NOT_A_SLUG, shown(entry.id))
    if entry.party is not None and entry.party not in known.parties:
        yield FieldFault("party", Why.NOT_KNOWN, shown(entry.party))
    if entry.topic is not None and entry.topic not in known.topics:
        yield FieldFault("topic", Why.NOT_KNOWN, shown(entry.topic))
    yield from (
        FieldFault("involved", Why.NOT_KNOWN, shown(each)) for each in entry.involved if each not in known.parties
    )
    if len(entry.involved) > INVOLVED:
        yield FieldFault("involved", Why.TOO_MANY, f"{len(entry.involved)}/{INVOLVED}")
    if len(set(entry.involved)) < len(entry.involved):
        yield FieldFault("involved", Why.REPEATED)


def _texts(entry: Entry) -> Iterator[FieldFault]:
    for field, limit in LIMITS.items():
        yield from check_text(field, getattr(entry, field), limit)


def _dates(entry: Entry) -> Iterator[FieldFault]:
    if entry.valid_from and entry.valid_to and entry.valid_to.last_day < entry.valid_from.first_day:
        yield FieldFault("valid_to", Why.ENDS_BEFORE, str(entry.valid_to))
    if entry.order is not None and abs(entry.order) > ORDER:
        yield FieldFault("order", Why.NOT_A_NUMBER, str(entry.order))


def _citations(entry: Entry, known: Known) -> Iterator[FieldFault]:
    if not entry.citations:
        yield FieldFault("citations", Why.REQUIRED)
    if len(entry.citations) > CITATIONS:
        yield FieldFault("citations", Why.TOO_MANY, f"{len(entry.citations)}/{CITATIONS}")
    for each in entry.citations:
        if each.document not in known.documents:
            yield FieldFault("citations", Why.NOT_KNOWN, shown(each.document))
        yield from check_text("citations", each.locator, LINE_LENGTH)


def _of_kind(entry: Entry) -> Iterator[FieldFault]:
    """What only some kinds have, and what only a claim has that no longer stands."""
    is_stance = entry.kind is Kind.STANCE
    needed = [("party", entry.party), ("topic", entry.topic), ("act", entry.act)] if is_stance else []
    yield from (FieldFault(field, Why.REQUIRED) for field, value in needed if not value)
    if entry.act and not is_stance:
        yield FieldFault("act", Why.NOT_FOR_KIND, entry.act)
    if entry.rank is Rank.PREFERRED and not is_stance:
        yield FieldFault("rank", Why.NOT_FOR_KIND, entry.rank)
    if entry.order is not None and entry.kind is not Kind.EVENT:
        yield FieldFault("order", Why.NOT_FOR_KIND, shown(entry.order))
    if entry.is_active and entry.reason:
        yield FieldFault("reason", Why.NOT_WHILE_ACTIVE, shown(entry.reason))
    if not entry.is_active and not entry.reason:
        yield FieldFault("reason", Why.REQUIRED, entry.status)
