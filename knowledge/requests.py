"""What can be asked for, as values: the same question comes from a command, a button, free text or a terminal.

Fields hold what was typed; in an answer's own request they hold slugs. All fields are text, so that a request fits
into a button (``handlers/custom_ids.py``).
"""

from dataclasses import dataclass, fields

from knowledge.errors import Slot


@dataclass(frozen=True, slots=True)
class PositionRequest:
    """Where a party stands on a topic, now or as of a date."""

    party: str
    topic: str
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    """The places and words that a position rests on."""

    party: str
    topic: str
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRequest:
    """How a position came to be what it is."""

    party: str
    topic: str


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """Two parties side by side on a topic; the principal ones where none is named."""

    topic: str
    first: str = ""
    second: str = ""
    third: str = ""


@dataclass(frozen=True, slots=True)
class PartyRequest:
    """A party's profile."""

    name: str


@dataclass(frozen=True, slots=True)
class TopicRequest:
    """One topic across all parties."""

    name: str


@dataclass(frozen=True, slots=True)
class TimelineRequest:
    """What happened, in order."""

    party: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class ObstaclesRequest:
    """What blocks a settlement."""


@dataclass(frozen=True, slots=True)
class ProposalsRequest:
    """Ways out that were suggested."""


@dataclass(frozen=True, slots=True)
class SourcesRequest:
    """The documents, or what was taken from one."""

    document: str = ""


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """One entry with all its fields; ``entry`` is its id."""

    entry: str


@dataclass(frozen=True, slots=True)
class EntryHistoryRequest:
    """Every revision of an entry."""

    entry: str


@dataclass(frozen=True, slots=True)
class EntryDiffRequest:
    """Two revisions of an entry side by side, by their places in its history from 1; the last two if none is named."""

    entry: str
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class AboutRequest:
    """What this bot is."""


Request = (
    PositionRequest
    | EvidenceRequest
    | HistoryRequest
    | ComparisonRequest
    | PartyRequest
    | TopicRequest
    | TimelineRequest
    | ObstaclesRequest
    | ProposalsRequest
    | SourcesRequest
    | EntryRequest
    | EntryHistoryRequest
    | EntryDiffRequest
    | AboutRequest
)

_SLOTS = {"party": Slot.PARTY, "first": Slot.PARTY, "second": Slot.PARTY, "third": Slot.PARTY}
_SLOTS |= {"topic": Slot.TOPIC, "document": Slot.DOCUMENT}
_NAMED = {PartyRequest: Slot.PARTY, TopicRequest: Slot.TOPIC}


def slots(request: Request) -> list[tuple[Slot, str]]:
    """What each word of a request should name, in the order of its fields; empty words and dates are left out."""
    if isinstance(request, EntryRequest | EntryHistoryRequest | EntryDiffRequest):
        return []  # an id is no name, and is never guessed
    found = (
        (_SLOTS.get(each.name) or _NAMED.get(type(request)), getattr(request, each.name)) for each in fields(request)
    )
    return [(slot, text) for slot, text in found if slot and text]
