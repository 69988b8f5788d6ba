"""Who stands behind the handles, in SQL."""

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.model import Scope
from knowledge.storage.tables import PersonRow


class SqlPeople:
    """``knowledge.moderation.ports.People`` on a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def handle(self, scope: Scope, user: int) -> str | None:
        """See the port."""
        row = await self._session.get(PersonRow, (scope.id, user))
        return row.handle if row else None

    async def add(self, scope: Scope, user: int, handle: str) -> None:
        """See the port."""
        row = {"scope": scope.id, "user_id": user, "handle": handle}
        try:
            async with self._session.begin_nested():
                await self._session.execute(insert(PersonRow).values(row))
        except IntegrityError:
            raise ValueError(f"the handle {handle} is taken, or the user has one already") from None

    async def user(self, scope: Scope, handle: str) -> int | None:
        """See the port."""
        statement = select(PersonRow.user_id).where(PersonRow.scope == scope.id, PersonRow.handle == handle)
        return await self._session.scalar(statement)

    async def handles(self, user: int) -> dict[Scope, str]:
        """See the port."""
        rows = await self._session.scalars(select(PersonRow).where(PersonRow.user_id == user))
        return {Scope(row.scope): row.handle for row in rows}

    async def forget(self, scope: Scope, user: int) -> None:
        """See the port."""
        row = await self._session.get(PersonRow, (scope.id, user))
        if row is not None:
            await self._session.delete(row)
            await self._session.flush()
