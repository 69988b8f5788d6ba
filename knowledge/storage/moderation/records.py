"""What servers keep beside their entries, in SQL."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.model import Scope
from knowledge.moderation.model import Record, Subject
from knowledge.storage.tables import RecordRow


class SqlRecords:
    """``knowledge.moderation.ports.Records`` on a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, scope: Scope, subject: Subject, key: str) -> Record | None:
        """See the port."""
        row = await self._session.get(RecordRow, (scope.id, subject.value, key))
        return _from_row(row) if row else None

    async def all(self, scope: Scope) -> list[Record]:
        """See the port."""
        rows = await self._session.scalars(select(RecordRow).where(RecordRow.scope == scope.id))
        return sorted((_from_row(row) for row in rows), key=lambda each: (each.subject, each.key))

    async def put(self, record: Record) -> None:
        """See the port."""
        row = RecordRow(
            scope=record.scope.id, subject=record.subject.value, key=record.key, content=dict(record.content)
        )
        await self._session.merge(row)
        await self._session.flush()

    async def remove(self, scope: Scope, subject: Subject, key: str) -> None:
        """See the port."""
        row = await self._session.get(RecordRow, (scope.id, subject.value, key))
        if row is not None:
            await self._session.delete(row)
            await self._session.flush()


def _from_row(row: RecordRow) -> Record:
    return Record(Scope(row.scope), Subject(row.subject), row.key, row.content)
