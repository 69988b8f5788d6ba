"""A request inside a button: ``verb:name:field:field:…:page``, at most 100 characters (Discord's limit).

Buttons made so need no memory of ours, so they work after a restart and in every process.
"""

from dataclasses import astuple, dataclass, fields
from enum import StrEnum

from knowledge.matching.normalise import normalise
from knowledge.requests import (
    AboutRequest,
    ComparisonRequest,
    EntryDiffRequest,
    EntryHistoryRequest,
    EntryRequest,
    EvidenceRequest,
    HistoryRequest,
    ObstaclesRequest,
    PartyRequest,
    PositionRequest,
    ProposalsRequest,
    Request,
    SourcesRequest,
    TimelineRequest,
    TopicRequest,
)

LENGTH = 100
"""Discord's limit for a custom id."""
DEED_PATTERN = r"mod:[a-z]+:[a-z0-9-]+"
PATTERN = r"(?P<verb>open|turn|share):(?P<rest>[a-z]+(?::[^:]*)*)"
_NAMES: dict[str, type[Request]] = {
    "position": PositionRequest,
    "evidence": EvidenceRequest,
    "history": HistoryRequest,
    "compare": ComparisonRequest,
    "party": PartyRequest,
    "topic": TopicRequest,
    "timeline": TimelineRequest,
    "obstacles": ObstaclesRequest,
    "proposals": ProposalsRequest,
    "sources": SourcesRequest,
    "about": AboutRequest,
    "entry": EntryRequest,
    "steps": EntryHistoryRequest,
    "diff": EntryDiffRequest,
}
_BY_TYPE = {kind: name for name, kind in _NAMES.items()}


class Verb(StrEnum):
    """What a click does with the answer."""

    OPEN = "open"
    """Shows it to who clicked, as a new message."""
    TURN = "turn"
    """Shows it in place of what was clicked, where only who clicked sees that."""
    SHARE = "share"
    """Posts it for everyone in the channel."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a button leads to; ``page`` counts from 0."""

    request: Request
    verb: Verb = Verb.OPEN
    page: int = 0


class DeedVerb(StrEnum):
    """What a moderator's button does."""

    UNDO = "undo"
    """Takes back the changes that begin at a position of the audit trail."""
    APPROVE = "approve"
    NEWEST = "newest"
    """Approves on top of what was changed since."""
    EDIT = "edit"
    REJECT = "reject"
    APPLY = "apply"
    """Applies the dry run of a file."""
    ON_TOP = "ontop"
    """Applies what one typed on top of what was changed since."""
    AGAIN = "again"
    """Opens the form again with what was typed."""
    SHOW = "show"
    """Shows one of those that wait for approval."""
    FORGET = "forget"
    """Forgets who stands behind the handles of who clicked."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a moderator's button does, and to what: a proposal's id or a position of the audit trail."""

    verb: DeedVerb
    key: str


def decode_deed(custom_id: str) -> Deed | None:
    """The deed of a custom id, or None where it is not one of ours."""
    prefix, verb, key = (*custom_id.split(":"), "", "", "")[:3]
    return Deed(DeedVerb(verb), key) if prefix == "mod" and verb in set(DeedVerb) and key else None


def encode(target: Target | Deed) -> str:
    """The custom id of a target or a deed.

    Slugs and dates always fit. Other text is normalised, and cut where it would not fit: what is left is resolved
    again, and asked about again if it is not enough.
    """
    if isinstance(target, Deed):
        return f"mod:{target.verb}:{target.key}"
    values = [_safe(value) for value in astuple(target.request)]
    fixed = len(":".join([target.verb, _BY_TYPE[type(target.request)], *[""] * len(values), str(target.page)]))
    room = LENGTH - fixed
    for index, value in enumerate(values):
        values[index] = value[:room]
        room -= len(values[index])
    return ":".join([target.verb, _BY_TYPE[type(target.request)], *values, str(target.page)])


def decode(custom_id: str) -> Target | None:
    """The target of a custom id, or None where it is not one of ours (of an older release, say)."""
    verb, _, rest = custom_id.partition(":")
    name, *values = rest.split(":")
    kind = _NAMES.get(name)
    if verb not in set(Verb) or kind is None or len(values) != len(fields(kind)) + 1 or not values[-1].isdecimal():
        return None
    return Target(kind(*values[:-1]), Verb(verb), int(values[-1]))


def _safe(value: str) -> str:
    is_plain = value.replace("-", "").replace(" ", "").isalnum() and value.isascii()
    return value if is_plain or not value else normalise(value)
