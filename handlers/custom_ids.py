"""A request inside a button: ``verb:name:field:field:…:page``, at most 100 characters (Discord's limit).

Buttons made so need no memory of ours, so they work after a restart and in every process.
"""

from dataclasses import astuple, dataclass, fields
from enum import StrEnum

from knowledge.matching.normalise import normalise
from knowledge.requests import (
    AboutRequest,
    ComparisonRequest,
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


def encode(target: Target) -> str:
    """The custom id of a target.

    Slugs and dates always fit. Other text is normalised, and cut where it would not fit: what is left is resolved
    again, and asked about again if it is not enough.
    """
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
