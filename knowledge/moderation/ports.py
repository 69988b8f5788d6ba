"""What moderation needs of a store; part of a unit of work (``knowledge/ports.py``)."""

from datetime import datetime
from typing import Protocol

from knowledge.model import Scope
from knowledge.moderation.model import Change, Proposal, ProposalKind, Record, Subject


class Changes(Protocol):
    """The audit trail of each server, which only grows."""

    async def last(self, scope: Scope) -> Change | None:
        """The latest change of a scope; in a transaction that writes, no other can add one until it ends."""
        ...

    async def head(self, scope: Scope) -> tuple[int, str] | None:
        """Position and link of the last change as remembered beside the trail, so that one cut off is noticed."""
        ...

    async def append(self, change: Change) -> None:
        """Adds one.

        Of an entry, ``before`` and ``after`` are not stored again: they are read from its revisions.

        Raises:
            StaleRevision: its position exists already.
        """
        ...

    async def batch(self, scope: Scope, position: int) -> list[Change]:
        """The changes of the batch that begins at ``position``, in order; empty if there is none."""
        ...

    async def page(self, scope: Scope, after: int, limit: int) -> list[Change]:
        """The changes after a position, in order."""
        ...

    async def posted(self, scope: Scope) -> int:
        """The position up to which the changes have been told in the audit channel; 0 at first."""
        ...

    async def mark_posted(self, scope: Scope, position: int) -> None:
        """Remembers that they have been told up to there."""
        ...

    async def scopes_behind(self) -> list[Scope]:
        """The scopes that have changes which were not told yet."""
        ...


class Records(Protocol):
    """What a server keeps beside its entries, by subject and key (at most 200 characters)."""

    async def get(self, scope: Scope, subject: Subject, key: str) -> Record | None:
        """One, or None."""
        ...

    async def all(self, scope: Scope) -> list[Record]:
        """All of exactly this scope, by subject and key."""
        ...

    async def put(self, record: Record) -> None:
        """Adds or replaces one."""
        ...

    async def remove(self, scope: Scope, subject: Subject, key: str) -> None:
        """Removes one, if it is there."""
        ...


class Proposals(Protocol):
    """What waits for approval or confirmation, and what became of it."""

    async def get(self, scope: Scope, proposal_id: str) -> Proposal | None:
        """One of exactly this scope, or None; in a transaction that writes, nobody else decides it until that ends."""
        ...

    async def put(self, proposal: Proposal) -> None:
        """Adds or replaces one."""
        ...

    async def pending(self, scope: Scope, limit: int) -> list[Proposal]:
        """Those that wait for an approver, the oldest first."""
        ...

    async def made_since(self, scope: Scope, proposer: str, kind: ProposalKind, moment: datetime) -> int:
        """How many of a kind somebody has made from that moment on."""
        ...

    async def by(self, scope: Scope, proposer: str) -> list[Proposal]:
        """All that somebody has made, the oldest first."""
        ...

    async def forget_drafts(self, before: datetime) -> None:
        """Deletes drafts, of all scopes, that were made before that moment."""
        ...


class People(Protocol):
    """Who stands behind a handle. The only place where a user's id is stored; forgetting makes it a pseudonym."""

    async def handle(self, scope: Scope, user: int) -> str | None:
        """The handle of a user in a scope, or None."""
        ...

    async def add(self, scope: Scope, user: int, handle: str) -> None:
        """Gives a user a handle in a scope.

        Raises:
            ValueError: the handle is taken there, or the user has one already.
        """
        ...

    async def user(self, scope: Scope, handle: str) -> int | None:
        """The user behind a handle, or None where forgotten or unknown."""
        ...

    async def handles(self, user: int) -> dict[Scope, str]:
        """All handles of a user, by scope."""
        ...

    async def forget(self, scope: Scope, user: int) -> None:
        """Deletes who stands behind the handle; the handle itself stays in the history."""
        ...


class Servers(Protocol):
    """Which servers something is stored for, and which the bot has left."""

    async def all(self) -> list[Scope]:
        """The scopes, except the base, that anything is stored for."""
        ...

    async def count(self, scope: Scope) -> int:
        """How many entries the overlay of a scope holds, whatever their status."""
        ...

    async def left(self) -> dict[Scope, datetime]:
        """When the bot was removed, for the servers from which it was."""
        ...

    async def mark_left(self, scope: Scope, moment: datetime) -> None:
        """Remembers since when the bot is gone from there; an earlier moment stays."""
        ...

    async def mark_back(self, scope: Scope) -> None:
        """Forgets that the bot was gone."""
        ...

    async def purge(self, scope: Scope) -> None:
        """Deletes everything of a scope: the one place where history is deleted. Never the base.

        Raises:
            ValueError: ``scope`` is the base.
        """
        ...


class Moderating(Protocol):
    """The part of a unit of work that moderation adds."""

    @property
    def changes(self) -> Changes:
        """The audit trails."""
        ...

    @property
    def records(self) -> Records:
        """Aliases, own parties and topics, settings."""
        ...

    @property
    def proposals(self) -> Proposals:
        """What waits for approval."""
        ...

    @property
    def people(self) -> People:
        """Who stands behind the handles."""
        ...

    @property
    def servers(self) -> Servers:
        """Which servers there are."""
        ...
