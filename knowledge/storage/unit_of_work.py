"""Units of work on SQLAlchemy: one session and one transaction each, rolled back unless committed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from knowledge.storage.documents import SqlDocuments, SqlState
from knowledge.storage.engine import WRITES
from knowledge.storage.gaps import SqlGaps
from knowledge.storage.revisions import SqlRevisions


class SqlUnitOfWork:
    """``knowledge.ports.UnitOfWork`` on a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self.revisions = SqlRevisions(session)
        self.documents = SqlDocuments(session)
        self.gaps = SqlGaps(session)
        self.state = SqlState(session)

    async def commit(self) -> None:
        """See the port."""
        await self._session.commit()


class SqlStorage:
    """``knowledge.ports.Storage`` on an engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlUnitOfWork]:
        """See the port."""
        async with self._engine.connect() as connection, _session(connection) as session:
            yield SqlUnitOfWork(session)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlUnitOfWork]:
        """See the port."""
        async with self._engine.connect() as plain:
            connection = await plain.execution_options(**{WRITES: True})
            async with _session(connection) as session:
                yield SqlUnitOfWork(session)


def _session(connection: AsyncConnection) -> AsyncSession:
    return AsyncSession(bind=connection, expire_on_commit=False)
