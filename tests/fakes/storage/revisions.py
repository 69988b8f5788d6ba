"""Revisions of the fake store."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from knowledge.errors import StaleRevision
from knowledge.model import BASE, POSITIONS, Entry, Revision, Scope
from knowledge.ports import Selection
from tests.fakes.storage.tables import Tables

WORD_LENGTH = 40
"""So much of a word counts."""


class MemoryRevisions:
    """``knowledge.ports.Revisions``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def append(self, revision: Revision) -> Revision:
        """See the port."""
        if any(_key(each) == _key(revision) for each in self._tables.revisions):
            raise StaleRevision(revision.entry.id, revision.number)
        recorded = replace(revision, sequence=self._next_sequence())
        self._tables.revisions.append(recorded)
        return recorded

    async def select(self, scope: Scope, selection: Selection) -> list[Revision]:
        """See the port."""
        known = [each for each in self._tables.revisions if _is_known(each, selection)]
        return [each for each in visible(known, scope) if _is_asked(each, selection)]

    async def history(self, scope: Scope, entry_id: str) -> list[Revision]:
        """See the port."""
        return [each for each in self._seen(scope) if each.entry.id == entry_id]

    async def find(self, scope: Scope, words: Sequence[str], limit: int) -> list[Revision]:
        """See the port."""
        seen = visible(self._tables.revisions, scope)
        if not words:
            return seen[::-1][:limit]
        found = [each for each in seen if _holds(each.entry, [word[:WORD_LENGTH] for word in words])]
        return sorted(found, key=lambda each: each.entry.id)[:limit]

    async def touched(self, scope: Scope, after: int, upto: int) -> list[Revision]:
        """See the port."""
        return [each for each in self._seen(scope) if after < each.sequence <= upto]

    async def latest(self) -> int:
        """See the port."""
        return self._tables.counter

    async def overlaid(self, scopes: Collection[Scope]) -> set[Scope]:
        """See the port."""
        return {each.scope for each in self._tables.revisions if each.scope in scopes}

    async def heads(self, scope: Scope) -> dict[str, Revision]:
        """See the port."""
        return {each.entry.id: each for each in latest(self._tables.revisions).values() if each.scope == scope}

    async def topics_of(self, scope: Scope, party: str) -> set[str]:
        """See the port."""
        found = await self.select(scope, Selection(kinds=POSITIONS, party=party))
        return {each.entry.topic for each in found if each.entry.topic is not None}

    async def parties_on(self, scope: Scope, topic: str) -> set[str]:
        """See the port."""
        found = await self.select(scope, Selection(kinds=POSITIONS, topic=topic))
        return {each.entry.party for each in found if each.entry.party is not None}

    async def lock(self) -> None:
        """See the port: only one transaction writes here."""

    async def began(self, scope: Scope) -> datetime | None:
        """See the port."""
        return min((each.recorded_at for each in self._seen(scope)), default=None)

    def _seen(self, scope: Scope) -> list[Revision]:
        return [each for each in self._tables.revisions if each.scope in {BASE, scope}]

    def _next_sequence(self) -> int:
        """Never given again, also after a purge."""
        self._tables.counter += 1
        return self._tables.counter


def latest(revisions: Iterable[Revision]) -> dict[tuple[Scope, str], Revision]:
    """The last revision by scope and entry, none where that follows the base."""
    last = {(each.scope, each.entry.id): each for each in revisions}
    return {key: each for key, each in last.items() if not each.follows_base}


def visible(revisions: Iterable[Revision], scope: Scope) -> list[Revision]:
    """What a scope sees of these, by sequence number: the base, except where its overlay is in front."""
    last = latest(each for each in revisions if each.scope in {BASE, scope})
    shown = (each for (where, name), each in last.items() if where == scope or (scope, name) not in last)
    return sorted(shown, key=lambda each: each.sequence)


def _key(revision: Revision) -> tuple[Scope, str, int]:
    return revision.scope, revision.entry.id, revision.number


def _is_known(revision: Revision, selection: Selection) -> bool:
    by, upto = selection.recorded_by, selection.upto
    return (by is None or revision.recorded_at <= by) and (upto is None or revision.sequence <= upto)


def _is_asked(revision: Revision, selection: Selection) -> bool:
    entry = revision.entry
    return (
        (selection.kinds is None or entry.kind in selection.kinds)
        and (selection.ids is None or entry.id in selection.ids)
        and selection.party in {None, entry.party}
        and selection.topic in {None, entry.topic}
        and (selection.document is None or selection.document in {each.document for each in entry.citations})
        and (entry.is_active or not selection.active_only)
    )


def _holds(entry: Entry, words: Sequence[str]) -> bool:
    *whole, begun = words
    theirs = {word[:WORD_LENGTH] for word in entry.words}
    return theirs.issuperset(whole) and any(word.startswith(begun) for word in theirs)
