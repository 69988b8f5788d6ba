"""``knowledge.ports.Storage`` in dictionaries: what a service needs of a store, without a database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.fakes.storage.briefing import MemoryDeliveries, MemorySubscriptions
from tests.fakes.storage.changes import MemoryChanges
from tests.fakes.storage.knowing import MemoryDocuments, MemoryGaps, MemoryState
from tests.fakes.storage.moderating import MemoryPeople, MemoryProposals, MemoryRecords
from tests.fakes.storage.revisions import MemoryRevisions
from tests.fakes.storage.servers import MemoryServers
from tests.fakes.storage.tables import Tables


class MemoryUnitOfWork:
    """``knowledge.ports.UnitOfWork`` on a copy of the tables, which ``commit`` puts in their place."""

    def __init__(self, storage: "MemoryStorage") -> None:
        self._storage = storage
        self._tables = storage.tables.copy()
        self.revisions = MemoryRevisions(self._tables)
        self.documents = MemoryDocuments(self._tables)
        self.gaps = MemoryGaps(self._tables)
        self.state = MemoryState(self._tables)
        self.changes = MemoryChanges(self._tables)
        self.records = MemoryRecords(self._tables)
        self.proposals = MemoryProposals(self._tables)
        self.people = MemoryPeople(self._tables)
        self.servers = MemoryServers(self._tables)
        self.subscriptions = MemorySubscriptions(self._tables)
        self.deliveries = MemoryDeliveries(self._tables)

    async def commit(self) -> None:
        """See the port."""
        self._storage.tables = self._tables.copy()


class MemoryStorage:
    """``knowledge.ports.Storage``; empty at first."""

    def __init__(self) -> None:
        self.tables = Tables()
        self._one_writer = asyncio.Lock()

    @property
    def connections_in_use(self) -> int:
        """See the port."""
        return 0

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[MemoryUnitOfWork]:
        """See the port."""
        yield MemoryUnitOfWork(self)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[MemoryUnitOfWork]:
        """See the port."""
        async with self._one_writer:
            yield MemoryUnitOfWork(self)
