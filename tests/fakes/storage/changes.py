"""The audit trails of the fake store."""

from dataclasses import replace
from datetime import UTC

from knowledge.codec import entry_to_dict
from knowledge.errors import StaleRevision
from knowledge.model import BASE, Revision, Scope
from knowledge.moderation.model import Change, Subject
from tests.fakes.storage.tables import End, Tables, stored


class MemoryChanges:
    """``knowledge.moderation.ports.Changes``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def last(self, scope: Scope) -> Change | None:
        """See the port."""
        return next(reversed(self._of(scope)), None)

    async def head(self, scope: Scope) -> tuple[int, str] | None:
        """See the port."""
        end = self._tables.chains.get(scope)
        return (end.position, end.link) if end else None

    async def append(self, change: Change) -> None:
        """See the port."""
        if any((each.scope, each.position) == (change.scope, change.position) for each in self._tables.changes):
            raise StaleRevision(change.key, change.position)
        moment = change.recorded_at.astimezone(UTC)
        kept = replace(change, before=stored(change.before), after=stored(change.after), recorded_at=moment)
        self._tables.changes.append(kept)
        self._tables.chains[change.scope] = End(change.position, change.link, await self.posted(change.scope))

    async def batch(self, scope: Scope, position: int) -> list[Change]:
        """See the port."""
        return [each for each in self._of(scope) if each.batch == position]

    async def page(self, scope: Scope, after: int, limit: int) -> list[Change]:
        """See the port."""
        return [each for each in self._of(scope) if each.position > after][:limit]

    async def posted(self, scope: Scope) -> int:
        """See the port."""
        return self._tables.chains[scope].posted if scope in self._tables.chains else 0

    async def mark_posted(self, scope: Scope, position: int) -> None:
        """See the port."""
        if scope in self._tables.chains:
            self._tables.chains[scope] = replace(self._tables.chains[scope], posted=position)

    async def scopes_behind(self) -> list[Scope]:
        """See the port."""
        return sorted(scope for scope, end in self._tables.chains.items() if end.posted < end.position)

    def _of(self, scope: Scope) -> list[Change]:
        changes = (each for each in self._tables.changes if each.scope == scope)
        return [self._whole(each) for each in sorted(changes, key=lambda each: each.position)]

    def _whole(self, change: Change) -> Change:
        """Of an entry, with the contents that its revisions hold."""
        if change.subject is not Subject.ENTRY:
            return change
        before = after = None
        for revision in self._tables.revisions:
            if revision.sequence == change.previous and revision.scope in {BASE, change.scope}:
                before = entry_to_dict(revision.entry)
            if _place(revision) == (change.scope, change.key, change.number):
                after = entry_to_dict(revision.entry)
        return replace(change, before=before, after=after)


def _place(revision: Revision) -> tuple[Scope, str, int]:
    return revision.scope, revision.entry.id, revision.number
