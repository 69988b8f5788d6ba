"""Migrations on SQLite: from nothing to the newest schema and back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

import knowledge.storage
from knowledge.model import BASE
from knowledge.storage import SqlStorage, is_current, make_engine, upgrade
from knowledge.storage.tables import Base
from tests.knowledge.samples import record, sqlite_url, stance, step

T = TypeVar("T")
SCRIPTS = Path(knowledge.storage.__file__).parent / "migrations"


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on a file that does not exist yet."""
    made = make_engine(sqlite_url(tmp_path / "parley.db"))
    yield made
    await made.dispose()


async def on(engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
    """What ``work`` gives on a connection; what it did is committed."""
    async with engine.begin() as connection:
        return await connection.run_sync(work)


def differences(connection: Connection) -> list[Any]:
    """What alembic would change to make the database equal to the tables."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))


def table_names(connection: Connection) -> set[str]:
    """The tables that are there."""
    return set(inspect(connection).get_table_names())


def downgrade(connection: Connection) -> None:
    """Back to nothing."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    command.downgrade(config, "base")


async def test_upgrading_an_empty_database_gives_the_tables_of_the_code(engine: AsyncEngine) -> None:
    await upgrade(engine)

    assert await on(engine, differences) == []
    assert await on(engine, table_names) == {*Base.metadata.tables, "alembic_version"}


async def test_a_database_is_current_once_upgraded(engine: AsyncEngine) -> None:
    assert not await is_current(engine)
    await upgrade(engine)
    assert await is_current(engine)


async def test_upgrading_again_changes_nothing(engine: AsyncEngine) -> None:
    await upgrade(engine)
    await record(SqlStorage(engine), step(stance("a")))
    await upgrade(engine)

    async with SqlStorage(engine).reading() as work:
        assert set(await work.revisions.heads(BASE)) == {"a"}
    assert await on(engine, differences) == []


@pytest.mark.parametrize("attempt", range(3))
async def test_all_that_upgrade_one_new_file_together_succeed(tmp_path: Path, attempt: int) -> None:
    engines = [make_engine(sqlite_url(tmp_path / f"parley-{attempt}.db")) for _ in range(4)]
    await asyncio.gather(*(upgrade(each) for each in engines))

    assert [await is_current(each) for each in engines] == [True] * 4
    for each in engines:
        await each.dispose()


async def test_downgrading_leaves_nothing_and_can_be_taken_back(engine: AsyncEngine) -> None:
    await upgrade(engine)
    await on(engine, downgrade)
    assert await on(engine, table_names) == {"alembic_version"}

    await upgrade(engine)
    assert await on(engine, differences) == []
