"""What the statements about subscriptions and deliveries have in common."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Select, UpdateBase
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.storage.tables import DeliveryRow, SubscriptionRow

Row = TypeVar("Row", DeliveryRow, SubscriptionRow)


async def execute(session: AsyncSession, statement: UpdateBase, rows: Sequence[Mapping[str, object]]) -> int:
    """For each row in turn; returns how many there were, of a single one.

    Past the session, which would do it piece by piece where values are None, and fail where a row is gone.
    """
    connection = await session.connection()
    return (await connection.execute(statement, rows)).rowcount


async def read(session: AsyncSession, statement: Select[Row]) -> list[Row]:
    """Rows as they are now: what was changed in bulk is not seen in what the session remembers."""
    return list(await session.scalars(statement.execution_options(populate_existing=True)))


def taken(statement: Select[Row], writes: bool) -> Select[Row]:
    """In a transaction that writes, locks the rows and passes over what others have locked.

    SQLite has no such lock and needs none: there, only one transaction writes.
    """
    return statement.with_for_update(skip_locked=True) if writes else statement
