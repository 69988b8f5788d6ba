"""The values of moderation: who may do what in a server, what was changed there, and what waits to be approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from knowledge.model import Action, Document, Entry, Revision, Scope

JSON = Mapping[str, Any]

HANDLE_LENGTH = 16
"""The most characters of the handle under which a person's changes are recorded."""
REASON_LENGTH = 200
"""The most characters of a reason."""


class Level(IntEnum):
    """What somebody may do in a server; each level includes those before it, but ``MANAGER`` only the first."""

    VIEWER = 0
    EDITOR = 1
    APPROVER = 2
    MANAGER = 3
    """Sets the roles; edits and approves only until there is a role for that, or with it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as Discord knows them at this moment: user id, ids of roles, whether they may manage the server."""

    user: int
    roles: frozenset[int] = frozenset()
    manages: bool = False


class TwoPerson(StrEnum):
    """Which changes need the approval of a second person."""

    OFF = "off"
    CONTESTED = "contested"
    ALL = "all"


class Audience(StrEnum):
    """Who sees the answers to commands."""

    EPHEMERAL = "ephemeral"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server has set; roles and channels by their ids. ``timezone`` is an IANA name."""

    editor_role: int | None = None
    approver_role: int | None = None
    review_channel: int | None = None
    audit_channel: int | None = None
    two_person: TwoPerson = TwoPerson.OFF
    answers: Audience = Audience.EPHEMERAL
    timezone: str = "UTC"


class Subject(StrEnum):
    """What was changed."""

    ENTRY = "entry"
    ALIAS = "alias"
    PARTY = "party"
    TOPIC = "topic"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a server's audit trail, which only grows.

    ``position`` counts from 1 within the scope; ``batch`` is the position of the first of those made together, which
    are undone together. ``key`` names what was changed: an entry's id, an alias, a slug. ``before`` and ``after`` are
    the whole content (``entry_to_dict`` for an entry), None where there was or is none. Of an entry, ``number`` is the
    revision that the change made here (0 for other subjects) and ``previous`` the sequence number of the revision that
    was seen before it. ``actor`` is a handle, never a user id. ``link`` chains it to the one before (``chain.py``).
    """

    scope: Scope
    position: int
    batch: int
    subject: Subject
    key: str
    action: Action
    actor: str
    recorded_at: datetime
    number: int = 0
    previous: int | None = None
    before: JSON | None = None
    after: JSON | None = None
    reason: str | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Content that a server keeps beside its entries: an alias, a party or topic of its own, its settings."""

    scope: Scope
    subject: Subject
    key: str
    content: JSON


class ProposalKind(StrEnum):
    """Where a proposal comes from."""

    SUGGESTION = "suggestion"
    """A member's."""
    CHANGE = "change"
    """An editor's, which a second person must approve."""
    IMPORT = "import"
    """A file's, waiting for *Apply*."""
    OVERTAKEN = "overtaken"
    """An editor's, typed while somebody else changed the entry; waiting for *Apply on top*."""


class ProposalState(StrEnum):
    """What became of a proposal."""

    DRAFT = "draft"
    """Seen only by who made it, who has still to confirm it."""
    PENDING = "pending"
    """Waits for an approver."""
    APPLIED = "applied"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Item:
    """What an entry should become. ``version`` is the sequence of the revision it started from, None for a new one."""

    entry: Entry
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes that somebody wants and that are not made yet.

    ``id`` is at most 12 characters. ``documents`` are sources that the items cite and that are new to the server.
    ``proposer``, ``edited_by`` (whose words the items are, if not the proposer's) and ``decided_by`` are handles.
    ``message_url`` is the message it came from; ``notify`` asks to be told the outcome; ``batch`` is the change that
    came of it.
    """

    id: str
    scope: Scope
    kind: ProposalKind
    state: ProposalState
    items: tuple[Item, ...]
    proposer: str
    created_at: datetime
    documents: tuple[Document, ...] = ()
    reason: str | None = None
    message_url: str | None = None
    notify: bool = False
    edited_by: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision: str | None = None
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class Visible:
    """An entry as a server sees it now: the latest revision there, and the documents it cites by id."""

    revision: Revision
    library: Mapping[str, Document]
