"""``knowledge.ports.Storage`` in dictionaries: what a service needs of a store, without a database."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from knowledge.errors import StaleRevision
from knowledge.model import BASE, POSITIONS, Citation, Document, Gap, Revision, Scope
from knowledge.ports import Selection


@dataclass
class Tables:
    """All that is stored; a unit of work changes a copy."""

    revisions: list[Revision] = field(default_factory=list)
    documents: dict[Scope, list[Document]] = field(default_factory=dict)
    excerpts: dict[Citation, str] = field(default_factory=dict)
    gaps: dict[tuple[Scope, str], Gap] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=dict)

    def copy(self) -> "Tables":
        """The same content; its values are frozen, so they need no copy."""
        return Tables(
            list(self.revisions), dict(self.documents), dict(self.excerpts), dict(self.gaps), dict(self.state)
        )


class MemoryRevisions:
    """``knowledge.ports.Revisions``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def append(self, revision: Revision) -> Revision:
        """See the port."""
        if any(_key(each) == _key(revision) for each in self._tables.revisions):
            raise StaleRevision(revision.entry.id, revision.number)
        recorded = replace(revision, sequence=len(self._tables.revisions) + 1)
        self._tables.revisions.append(recorded)
        return recorded

    async def select(self, scope: Scope, selection: Selection) -> list[Revision]:
        """See the port."""
        by = selection.recorded_by
        latest = {
            (each.scope, each.entry.id): each for each in self._seen(scope) if by is None or each.recorded_at <= by
        }
        shown = (each for (where, name), each in latest.items() if where == scope or (scope, name) not in latest)
        return sorted((each for each in shown if _is_asked(each, selection)), key=lambda each: each.sequence)

    async def history(self, scope: Scope, entry_id: str) -> list[Revision]:
        """See the port."""
        return [each for each in self._seen(scope) if each.entry.id == entry_id]

    async def heads(self, scope: Scope) -> dict[str, Revision]:
        """See the port."""
        return {each.entry.id: each for each in self._tables.revisions if each.scope == scope}

    async def topics_of(self, scope: Scope, party: str) -> set[str]:
        """See the port."""
        found = await self.select(scope, Selection(kinds=POSITIONS, party=party))
        return {each.entry.topic for each in found if each.entry.topic is not None}

    async def began(self, scope: Scope) -> datetime | None:
        """See the port."""
        return min((each.recorded_at for each in self._seen(scope)), default=None)

    def _seen(self, scope: Scope) -> list[Revision]:
        return [each for each in self._tables.revisions if each.scope in {BASE, scope}]


class MemoryDocuments:
    """``knowledge.ports.Documents``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def replace(self, documents: Sequence[Document], scope: Scope = BASE) -> None:
        """See the port."""
        self._tables.documents[scope] = list(documents)

    async def all(self, scope: Scope) -> list[Document]:
        """See the port."""
        seen = [each for where in {BASE, scope} for each in self._tables.documents.get(where, [])]
        return sorted(seen, key=lambda each: each.id)

    async def put_excerpts(self, excerpts: Mapping[Citation, str]) -> None:
        """See the port."""
        self._tables.excerpts.update(excerpts)

    async def excerpts(self, citations: Sequence[Citation]) -> dict[Citation, str]:
        """See the port."""
        return {each: self._tables.excerpts[each] for each in citations if each in self._tables.excerpts}


class MemoryGaps:
    """``knowledge.ports.Gaps``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def note(self, scope: Scope, text: str, now: datetime) -> None:
        """See the port."""
        known = self._tables.gaps.get((scope, text))
        self._tables.gaps[scope, text] = Gap(text, known.times + 1 if known else 1, now)

    async def top(self, scope: Scope | None, limit: int) -> list[Gap]:
        """See the port."""
        counted: dict[str, Gap] = {}
        for (where, text), gap in self._tables.gaps.items():
            if scope in (None, where):
                known = counted.get(text, Gap(text, 0, gap.last_asked))
                counted[text] = Gap(text, known.times + gap.times, max(known.last_asked, gap.last_asked))
        ranked = sorted(counted.values(), key=lambda gap: (gap.times, gap.last_asked), reverse=True)
        return ranked[:limit]

    async def forget(self, before: datetime) -> None:
        """See the port."""
        self._tables.gaps = {key: gap for key, gap in self._tables.gaps.items() if gap.last_asked >= before}


class MemoryState:
    """``knowledge.ports.State``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, key: str) -> str | None:
        """See the port."""
        return self._tables.state.get(key)

    async def put(self, key: str, value: str) -> None:
        """See the port."""
        self._tables.state[key] = value


class MemoryUnitOfWork:
    """``knowledge.ports.UnitOfWork`` on a copy of the tables, which ``commit`` puts in their place."""

    def __init__(self, storage: "MemoryStorage") -> None:
        self._storage = storage
        self._tables = storage.tables.copy()
        self.revisions = MemoryRevisions(self._tables)
        self.documents = MemoryDocuments(self._tables)
        self.gaps = MemoryGaps(self._tables)
        self.state = MemoryState(self._tables)

    async def commit(self) -> None:
        """See the port."""
        self._storage.tables = self._tables.copy()


class MemoryStorage:
    """``knowledge.ports.Storage``; empty at first."""

    def __init__(self) -> None:
        self.tables = Tables()
        self._one_writer = asyncio.Lock()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[MemoryUnitOfWork]:
        """See the port."""
        yield MemoryUnitOfWork(self)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[MemoryUnitOfWork]:
        """See the port."""
        async with self._one_writer:
            yield MemoryUnitOfWork(self)


def _key(revision: Revision) -> tuple[Scope, str, int]:
    return revision.scope, revision.entry.id, revision.number


def _is_asked(revision: Revision, selection: Selection) -> bool:
    entry = revision.entry
    return (
        (selection.kinds is None or entry.kind in selection.kinds)
        and selection.party in {None, entry.party}
        and selection.topic in {None, entry.topic}
        and (selection.document is None or selection.document in {each.document for each in entry.citations})
        and (entry.is_active or not selection.active_only)
    )
