"""What comes of a moderator's doing, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.model import Document, Entry, Revision
from knowledge.moderation.files import RowFault
from knowledge.moderation.model import Change, Proposal, Settings, Visible

Who = Mapping[str, int]
"""User ids by handle; a handle of somebody who is forgotten is not among them."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The changes are made: one batch of the audit trail."""

    changes: tuple[Change, ...]
    settings: Settings
    who: Who = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submitted:
    """The change waits for a second person; ``heads`` is what its entries are now, by id."""

    proposal: Proposal
    settings: Settings
    who: Who = field(default_factory=dict)
    heads: Mapping[str, Revision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody changed the entry in the meantime. What was typed is kept, to be applied on top of ``newer``.

    ``on_top`` is what the entry would become by that.
    """

    newer: Visible
    typed: Proposal
    on_top: Entry
    who: Who = field(default_factory=dict)


Outcome = Applied | Submitted | Overtaken


@dataclass(frozen=True, slots=True)
class Decided:
    """A proposal after a decision; ``tell`` is the user who wished to be told, ``outcome`` what came of an approval."""

    proposal: Proposal
    outcome: Outcome | None = None
    tell: int | None = None
    who: Who = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Review:
    """What waits for approval, the oldest first; with what the entries are now, by id."""

    proposals: Sequence[Proposal]
    heads: Mapping[str, Revision]
    settings: Settings
    who: Who = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowNote:
    """What a row of a file would do: ``entry_id`` is empty where none is given; ``claim`` may be cut."""

    row: int
    entry_id: str
    claim: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What applying a file would do. ``proposal`` is None where there are faults, or nothing would change."""

    added: Sequence[RowNote]
    changed: Sequence[RowNote]
    unchanged: int
    faults: Sequence[RowFault]
    documents: Sequence[Document]
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Unposted:
    """Batches of the audit trail that have not been told yet, and the channel for them (None: there is none)."""

    channel: int | None
    batches: Sequence[tuple[Change, ...]]
    who: Who = field(default_factory=dict)
