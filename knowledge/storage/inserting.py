"""Inserting where there may be something already."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.storage.tables import Base


def insert_into(session: AsyncSession, row: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can say what happens to what is there already; each database has its own.

    Unlike looking first, it is right also where two transactions insert the same at once.
    """
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(row)
    return postgresql.insert(row)
