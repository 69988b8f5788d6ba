"""Which servers there are, in the fake store."""

from collections.abc import Iterator
from datetime import datetime

from knowledge.model import BASE, Scope
from tests.fakes.storage.revisions import latest
from tests.fakes.storage.tables import Tables


class MemoryServers:
    """``knowledge.moderation.ports.Servers``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def all(self) -> list[Scope]:
        """See the port."""
        return sorted(set(self._scopes()) - {BASE})

    async def count(self, scope: Scope) -> int:
        """See the port."""
        return sum(each.scope == scope for each in latest(self._tables.revisions).values())

    async def left(self) -> dict[Scope, datetime]:
        """See the port."""
        return dict(self._tables.departures)

    async def mark_left(self, scope: Scope, moment: datetime) -> None:
        """See the port."""
        self._tables.departures[scope] = min(moment, self._tables.departures.get(scope, moment))

    async def mark_back(self, scope: Scope) -> None:
        """See the port."""
        self._tables.departures.pop(scope, None)

    async def purge(self, scope: Scope) -> None:
        """See the port."""
        if scope.is_base:
            raise ValueError("the base is never purged")
        kept = self._tables
        kept.revisions = [each for each in kept.revisions if each.scope != scope]
        kept.changes = [each for each in kept.changes if each.scope != scope]
        for by_scope in (kept.documents, kept.chains, kept.departures):
            by_scope.pop(scope, None)
        kept.gaps = {key: each for key, each in kept.gaps.items() if key[0] != scope}
        kept.records = {key: each for key, each in kept.records.items() if key[0] != scope}
        kept.proposals = {key: each for key, each in kept.proposals.items() if key[0] != scope}
        kept.people = {key: each for key, each in kept.people.items() if key[0] != scope}
        kept.subscriptions = {key: each for key, each in kept.subscriptions.items() if each.scope != scope}
        kept.deliveries = {key: each for key, each in kept.deliveries.items() if each.scope != scope}

    def _scopes(self) -> Iterator[Scope]:
        kept = self._tables
        yield from (each.scope for each in kept.revisions)
        yield from (each.scope for each in kept.subscriptions.values())  # a delivery is never without one
        yield from (scope for scope, documents in kept.documents.items() if documents)
        yield from (*kept.chains, *kept.departures)  # a change is never without a chain
        for keys in (kept.gaps, kept.records, kept.proposals, kept.people):
            yield from (key[0] for key in keys)
