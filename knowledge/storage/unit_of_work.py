"""Units of work on SQLAlchemy: one session and one transaction each, rolled back unless committed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession
from sqlalchemy.pool import QueuePool

from knowledge.storage.briefing import SqlDeliveries, SqlSubscriptions
from knowledge.storage.documents import SqlDocuments, SqlState
from knowledge.storage.engine import WRITES
from knowledge.storage.failing import opening, working
from knowledge.storage.gaps import SqlGaps
from knowledge.storage.moderation import SqlChanges, SqlPeople, SqlProposals, SqlRecords, SqlServers
from knowledge.storage.postgresql import READS
from knowledge.storage.revisions import SqlRevisions


class SqlUnitOfWork:
    """``knowledge.ports.UnitOfWork`` on a session."""

    def __init__(self, session: AsyncSession, *, writes: bool = False) -> None:
        self._session = session
        self.revisions = SqlRevisions(session)
        self.documents = SqlDocuments(session)
        self.gaps = SqlGaps(session)
        self.state = SqlState(session)
        self.changes = SqlChanges(session, writes)
        self.records = SqlRecords(session)
        self.proposals = SqlProposals(session, writes)
        self.people = SqlPeople(session)
        self.servers = SqlServers(session)
        self.subscriptions = SqlSubscriptions(session, writes)
        self.deliveries = SqlDeliveries(session, writes)

    async def commit(self) -> None:
        """See the port."""
        await self._session.commit()


class SqlStorage:
    """``knowledge.ports.Storage`` on an engine.

    Where the database is gone, or too busy, whoever opens a transaction or works in it gets StorageClosed. The pool
    looks at each connection before it gives it away, so that the next one works once the database is back.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = engine.execution_options(**READS) if engine.dialect.name == "postgresql" else engine
        self._writes = engine.execution_options(**{WRITES: True})
        # SQLite lets one write at a time and does not let the others queue: they ask again and again, and of many tasks
        # that write at once some would be told that the database is locked
        self._one_writer = asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()

    @property
    def connections_in_use(self) -> int:
        """See the port."""
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlUnitOfWork]:
        """See the port."""
        async with self.connected() as connection, _session(connection) as session:
            yield SqlUnitOfWork(session)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlUnitOfWork]:
        """See the port."""
        async with self.connected(writes=True) as connection, _session(connection) as session:
            yield SqlUnitOfWork(session, writes=True)

    @asynccontextmanager
    async def connected(self, *, writes: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction without the rest of a unit of work, for what is done to whole tables."""
        with working():
            async with AsyncExitStack() as stack:
                if writes:
                    await stack.enter_async_context(self._one_writer)
                with opening():
                    connection = await stack.enter_async_context((self._writes if writes else self._reads).connect())
                yield connection


def _session(connection: AsyncConnection) -> AsyncSession:
    return AsyncSession(bind=connection, expire_on_commit=False)
