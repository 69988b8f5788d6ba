"""What the core needs from outside, as protocols: a store for revisions, documents and a little state.

``storage/`` implements them with SQLAlchemy, the tests with dictionaries; one contract suite runs on both.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from knowledge.briefing.ports import Briefing
from knowledge.model import BASE, Citation, Document, Gap, Kind, Revision, Scope
from knowledge.moderation.ports import Moderating

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries to read; None means any.

    ``recorded_by`` (UTC) asks for what had been recorded by that moment, ``upto`` by that sequence number, instead of
    now; not both.
    """

    kinds: frozenset[Kind] | None = None
    party: str | None = None
    topic: str | None = None
    document: str | None = None
    ids: frozenset[str] | None = None
    recorded_by: datetime | None = None
    upto: int | None = None
    active_only: bool = True


class Revisions(Protocol):
    """The append-only history of entries."""

    async def append(self, revision: Revision) -> Revision:
        """Records a revision and returns it with its sequence number.

        Raises:
            StaleRevision: its number exists already for this scope and entry.
        """
        ...

    async def select(self, scope: Scope, selection: Selection) -> list[Revision]:
        """The latest revision of each entry that ``scope`` sees and ``selection`` asks for, by sequence number.

        A server sees the base, except entries that its overlay has revised, and its overlay.
        """
        ...

    async def history(self, scope: Scope, entry_id: str) -> list[Revision]:
        """All revisions of one entry that ``scope`` sees, base and overlay, oldest first; empty if there is none."""
        ...

    async def find(self, scope: Scope, words: Sequence[str], limit: int) -> list[Revision]:
        """The latest revisions of entries that ``scope`` sees, of any status, whose claim or id holds the words.

        Words are those of ``words_of``; the last one may be only begun. By id; without words the
        latest ones first. The cost depends on ``limit``, not on how many entries there are.
        """
        ...

    async def touched(self, scope: Scope, after: int, upto: int) -> list[Revision]:
        """The revisions that ``scope`` sees with sequence numbers after ``after`` up to ``upto``, in order."""
        ...

    async def latest(self) -> int:
        """The last sequence number that was given, in whatever scope; 0 at first."""
        ...

    async def overlaid(self, scopes: Collection[Scope]) -> set[Scope]:
        """Those of these scopes that have revisions of their own."""
        ...

    async def heads(self, scope: Scope) -> dict[str, Revision]:
        """The latest revision of every entry recorded in exactly this scope, by entry id."""
        ...

    async def topics_of(self, scope: Scope, party: str) -> set[str]:
        """The topics on which ``scope`` sees an active stance or role of a party."""
        ...

    async def parties_on(self, scope: Scope, topic: str) -> set[str]:
        """The parties of which ``scope`` sees an active stance or role on a topic."""
        ...

    async def lock(self) -> None:
        """Waits for whoever records, and lets nobody else record until the transaction ends."""
        ...

    async def began(self, scope: Scope) -> datetime | None:
        """When the first revision that ``scope`` sees was recorded, or None."""
        ...


class Documents(Protocol):
    """The sources, and the words that citations point to where a text was at hand."""

    async def replace(self, documents: Sequence[Document], scope: Scope = BASE) -> None:
        """Makes these the documents of the scope."""
        ...

    async def put(self, document: Document, scope: Scope) -> None:
        """Adds or replaces one document of the scope."""
        ...

    async def all(self, scope: Scope) -> list[Document]:
        """The documents that ``scope`` sees, by id."""
        ...

    async def put_excerpts(self, excerpts: Mapping[Citation, str]) -> None:
        """Remembers the words at each place; what was remembered of other places stays."""
        ...

    async def excerpts(self, citations: Sequence[Citation]) -> dict[Citation, str]:
        """The words at these places, as far as they are known."""
        ...


class State(Protocol):
    """A few values that must outlive the process, by key (at most 100 characters)."""

    async def get(self, key: str) -> str | None:
        """The value, or None."""
        ...

    async def put(self, key: str, value: str) -> None:
        """Sets the value."""
        ...


class Gaps(Protocol):
    """What was asked and not found, counted by scope and normalised text (at most 200 characters)."""

    async def note(self, scope: Scope, text: str, now: datetime) -> None:
        """Counts one more."""
        ...

    async def top(self, scope: Scope | None, limit: int) -> list[Gap]:
        """The most frequent ones of a scope, or of all scopes together; the latest first among equals."""
        ...

    async def forget(self, before: datetime) -> None:
        """Deletes what was last asked before that moment."""
        ...


class UnitOfWork(Moderating, Briefing, Protocol):
    """One transaction. Leaving it without ``commit`` undoes everything."""

    @property
    def revisions(self) -> Revisions:
        """The history of entries."""
        ...

    @property
    def documents(self) -> Documents:
        """The sources."""
        ...

    @property
    def gaps(self) -> Gaps:
        """What was not found."""
        ...

    @property
    def state(self) -> State:
        """The few other values."""
        ...

    async def commit(self) -> None:
        """Makes what was done permanent."""
        ...


class Storage(Protocol):
    """Opens units of work; never hold one across a call to Discord."""

    @property
    def connections_in_use(self) -> int:
        """How many connections to the database work at this moment."""
        ...

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction that only reads, and sees one moment in all it reads; raises StorageClosed as ``writing``."""
        ...

    def writing(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction that may write.

        One file is locked at once, so that no read becomes stale in it; a server locks what has to stay as it was
        read (the trail of a server, a subscription, a proposal, what is claimed), and nothing else.

        Raises:
            StorageClosed: the database is gone or too busy, when the transaction begins or while it works.
        """
        ...
