"""Alembic's door: it is handed a connection by ``migrate.py``, or opens DATABASE_URL for the command line."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from knowledge.storage.engine import make_engine
from knowledge.storage.tables import Base


def run(connection: Connection) -> None:
    """Migrates on this connection; SQLite changes columns by copying the table ("batch")."""
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def run_alone() -> None:
    """For ``alembic`` on the command line."""
    engine = make_engine(os.environ.get("DATABASE_URL", "sqlite+aiosqlite:///data/parley.db"))
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    asyncio.run(run_alone())
