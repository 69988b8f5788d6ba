"""Which servers there are, in SQL."""

from datetime import datetime

from sqlalchemy import Table, case, delete, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.model import BASE, Scope
from knowledge.storage.inserting import insert_into
from knowledge.storage.tables import Base, ChainRow, CitationRow, DepartureRow, HeadRow, RevisionRow, SubscriptionRow


class SqlServers:
    """``knowledge.moderation.ports.Servers`` on a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[Scope]:
        """See the port."""
        # a server's id is above that of the base, so that an index passes over the base
        everywhere = union(*(select(table.c.scope).where(table.c.scope > BASE.id) for table in _with_scope()))
        return sorted(Scope(each) for each in await self._session.scalars(everywhere))

    async def count(self, scope: Scope) -> int:
        """See the port."""
        statement = select(func.count()).select_from(HeadRow).where(HeadRow.scope == scope.id)
        return await self._session.scalar(statement) or 0

    async def left(self) -> dict[Scope, datetime]:
        """See the port."""
        found = await self._session.execute(select(DepartureRow.scope, DepartureRow.left_at))
        return {Scope(scope): moment for scope, moment in found}

    async def mark_left(self, scope: Scope, moment: datetime) -> None:
        """See the port."""
        adding = insert_into(self._session, DepartureRow).values(scope=scope.id, left_at=moment)
        earlier = case((DepartureRow.left_at < moment, DepartureRow.left_at), else_=moment)
        await self._session.execute(
            adding.on_conflict_do_update(index_elements=[DepartureRow.scope], set_={"left_at": earlier})
        )

    async def mark_back(self, scope: Scope) -> None:
        """See the port."""
        gone = delete(DepartureRow).where(DepartureRow.scope == scope.id)
        await self._session.execute(gone.execution_options(synchronize_session=False))

    async def purge(self, scope: Scope) -> None:
        """See the port. Whatever has a scope goes, so that a new table cannot be forgotten here."""
        if scope.is_base:
            raise ValueError("the base is never purged")
        self._session.expunge_all()  # of what is read from now on, nothing may come from memory
        for row in (ChainRow, SubscriptionRow):  # first, as all do who lock more than these
            await self._session.execute(select(row.scope).where(row.scope == scope.id).with_for_update())
        theirs = select(RevisionRow.sequence).where(RevisionRow.scope == scope.id)
        await self._session.execute(delete(CitationRow).where(CitationRow.sequence.in_(theirs)))
        for table in _with_scope():
            await self._session.execute(delete(table).where(table.c.scope == scope.id))


def _with_scope() -> list[Table]:
    """What refers to others before what it refers to."""
    return [table for table in reversed(Base.metadata.sorted_tables) if "scope" in table.c]
