"""What was asked and not found, in SQL."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.model import Gap, Scope
from knowledge.storage.inserting import insert_into
from knowledge.storage.tables import GapRow


class SqlGaps:
    """``knowledge.ports.Gaps`` on a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def note(self, scope: Scope, text: str, now: datetime) -> None:
        """See the port."""
        adding = insert_into(self._session, GapRow).values(scope=scope.id, text=text, times=1, last_asked=now)
        again = {"times": GapRow.times + 1, "last_asked": now}
        await self._session.execute(
            adding.on_conflict_do_update(index_elements=[GapRow.scope, GapRow.text], set_=again)
        )

    async def top(self, scope: Scope | None, limit: int) -> list[Gap]:
        """See the port."""
        times, last = func.sum(GapRow.times), func.max(GapRow.last_asked)
        statement = (
            select(GapRow.text, times, last).group_by(GapRow.text).order_by(times.desc(), last.desc(), GapRow.text)
        )
        if scope is not None:
            statement = statement.where(GapRow.scope == scope.id)
        rows = await self._session.execute(statement.limit(limit))
        return [Gap(text, count, asked) for text, count, asked in rows]

    async def forget(self, before: datetime) -> None:
        """See the port."""
        await self._session.execute(delete(GapRow).where(GapRow.last_asked < before))
