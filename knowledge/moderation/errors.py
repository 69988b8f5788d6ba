"""What can be in the way of a moderator; data only, worded in ``handlers/errors.py``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.errors import ParleyError, Slot
from knowledge.moderation.checks import FieldFault
from knowledge.moderation.model import Level, Proposal


@dataclass(eq=False)
class Forbidden(ParleyError):
    """The caller lacks a level; ``role`` is the id of the role that gives it, if one is set."""

    needed: Level
    role: int | None = None


@dataclass(eq=False)
class NothingChanged(ParleyError):
    """What was sent is what is recorded already."""

    key: str


class Quota(StrEnum):
    """What there is a limit for."""

    ENTRIES = "entries"
    SUGGESTIONS = "suggestions"
    ALIASES = "aliases"
    PENDING = "pending"


@dataclass(eq=False)
class QuotaReached(ParleyError):
    """A limit of a server, or of a member on one day, is reached."""

    quota: Quota
    limit: int


@dataclass(eq=False)
class WordTaken(ParleyError):
    """The word means something already; ``target`` is what, as in "party/russia"."""

    word: str
    slot: Slot
    target: str


@dataclass(eq=False)
class WordReserved(ParleyError):
    """The word cannot be a name: questions are full of it, or it has no letters that a slug can be made of."""

    word: str


@dataclass(eq=False)
class FaultyFields(ParleyError):
    """What was typed cannot be an entry; all faults at once."""

    faults: Sequence[FieldFault]


class NoUndo(StrEnum):
    """Why a change cannot be undone."""

    UNKNOWN = "unknown"
    TOO_OLD = "too old"
    CHANGED_SINCE = "changed since"


@dataclass(eq=False)
class CannotUndo(ParleyError):
    """The change stays; ``key`` is what stands in the way."""

    why: NoUndo
    key: str = ""


@dataclass(eq=False)
class NoSuchProposal(ParleyError):
    """The proposal is not of this server, or was deleted after its time."""

    id: str


@dataclass(eq=False)
class AlreadyDecided(ParleyError):
    """Somebody else was faster; ``who`` is user ids by handle."""

    proposal: Proposal
    who: Mapping[str, int] = field(default_factory=dict)


@dataclass(eq=False)
class OwnProposal(ParleyError):
    """The two-person rule asks for somebody else's approval."""

    id: str


@dataclass(eq=False)
class NoSuchSetting(ParleyError):
    """A value that a setting cannot have."""

    setting: str
    value: str
    choices: Sequence[str] = ()
