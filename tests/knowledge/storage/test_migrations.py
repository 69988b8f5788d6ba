"""Migrations on each database: from nothing to the newest schema and back."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

import knowledge.storage
from knowledge.model import BASE, Status
from knowledge.moderation.model import Record, Subject
from knowledge.ports import UnitOfWork
from knowledge.storage import SqlStorage, is_current, make_engine, upgrade
from knowledge.storage.tables import Base
from tests.fakes.postgresql import PostgreSQL
from tests.knowledge.samples import MONDAY, SERVER, TREATY, put_documents, record, sqlite_url, stance, step
from tests.knowledge.storage.briefing import delivery, plan, subscribe, subscription
from tests.knowledge.storage.moderating import change, follows_base

T = TypeVar("T")
SCRIPTS = Path(knowledge.storage.__file__).parent / "migrations"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of a file that does not exist yet, and of a database without tables."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "parley.db")
        return
    postgres: PostgreSQL = request.getfixturevalue("postgres")
    made = asyncio.run(postgres.create())
    yield made
    asyncio.run(postgres.drop(made))


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    """An engine there."""
    made = make_engine(url)
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


def to(version: str, connection: Connection) -> None:
    """Up or down to a version of the schema."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    there = MigrationContext.configure(connection).get_current_revision()
    go = command.downgrade if there and (version == "base" or there > version) else command.upgrade
    go(config, version)


def rows(table: str, connection: Connection) -> list[tuple[Any, ...]]:
    """All that a table holds."""
    return sorted(tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}")))  # noqa: S608 - our tables


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
async def test_all_that_upgrade_one_new_database_together_succeed(url: str, attempt: int) -> None:
    engines = [make_engine(url) for _ in range(4)]
    await asyncio.gather(*(upgrade(each) for each in engines))

    assert [await is_current(each) for each in engines] == [True] * 4
    for each in engines:
        await each.dispose()


async def test_downgrading_leaves_nothing_and_can_be_taken_back(engine: AsyncEngine) -> None:
    await upgrade(engine)
    await on(engine, partial(to, "base"))
    assert await on(engine, table_names) == {"alembic_version"}

    await upgrade(engine)
    assert await on(engine, differences) == []


async def test_what_there_was_before_briefings_stays(engine: AsyncEngine) -> None:
    await on(engine, partial(to, "0003"))
    assert not {"subscription", "delivery"} & await on(engine, table_names)
    (last,) = await record(SqlStorage(engine), step(stance("a"), scope=SERVER))
    async with SqlStorage(engine).writing() as work:
        await work.changes.append(change(1))
        await work.commit()
    before = {table: await on(engine, partial(rows, table)) for table in await on(engine, table_names)}

    await upgrade(engine)

    del before["alembic_version"]
    assert {table: await on(engine, partial(rows, table)) for table in before} == before
    assert await on(engine, differences) == []
    await subscribe(SqlStorage(engine), subscription("a", cursor=last.sequence))


async def test_a_database_with_briefings_can_be_downgraded_to_before_them(engine: AsyncEngine) -> None:
    await upgrade(engine)
    await record(SqlStorage(engine), step(stance("a")))
    await subscribe(SqlStorage(engine), subscription("a"))
    await plan(SqlStorage(engine), delivery("a"))

    await on(engine, partial(to, "0003"))

    assert not {"subscription", "delivery"} & await on(engine, table_names)
    await upgrade(engine)
    assert await on(engine, partial(rows, "delivery")) == []
    async with SqlStorage(engine).reading() as work:
        assert await found_in(work, "claim") == ["a"]


OLD = ("revision", "head", "citation", "document", "gap")
"""Tables that were there before moderation."""


def old_rows(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What these hold."""
    return {table: rows(table, connection) for table in OLD}


async def fill(storage: SqlStorage) -> None:
    """Entries of the base and of a server, some of them revised, more than are read at once."""
    many = [stance(f"e-{number:03}", claim=f"One river, {'z' * 50} № {number}.") for number in range(520)]
    gone = stance("e-001", claim="A mill.", status=Status.RETRACTED, reason="a slip")
    await record(storage, *map(step, many), step(gone, 2), step(stance("e-002", claim="Їжа."), scope=SERVER))
    await put_documents(storage, TREATY)
    async with storage.writing() as work:
        await work.gaps.note(SERVER, "weather", MONDAY)
        await work.commit()


async def test_what_was_recorded_before_moderation_stays_and_is_found(engine: AsyncEngine) -> None:
    await upgrade(engine)
    await fill(SqlStorage(engine))
    words = await on(engine, partial(rows, "word"))
    await on(engine, partial(to, "0002"))
    assert "word" not in await on(engine, table_names)
    before = await on(engine, old_rows)

    await upgrade(engine)

    assert await on(engine, partial(rows, "word")) == words
    assert await on(engine, differences) == []
    after = await on(engine, old_rows)
    assert {table: len(found) for table, found in after.items()} == {table: len(each) for table, each in before.items()}
    assert [row[:-1] for row in after["revision"]] == before["revision"]
    assert {row[-1] for row in after["revision"]} == {0}
    async with SqlStorage(engine).reading() as work:
        assert await found_in(work, "mill") == ["e-001"]
        assert await work.documents.all(BASE) == [TREATY]


async def found_in(work: UnitOfWork, word: str) -> list[str]:
    """The ids of what the base has with a word."""
    return [each.entry.id for each in await work.revisions.find(BASE, [word], 9)]


async def test_an_empty_database_of_before_moderation_is_upgraded(engine: AsyncEngine) -> None:
    await on(engine, partial(to, "0002"))
    await upgrade(engine)

    assert await on(engine, differences) == []
    assert await on(engine, partial(rows, "word")) == []


async def test_a_database_in_use_can_be_downgraded_to_before_moderation(engine: AsyncEngine) -> None:
    await upgrade(engine)
    await record(SqlStorage(engine), step(stance("a")), step(stance("a"), scope=SERVER), follows_base(stance("a"), 2))
    async with SqlStorage(engine).writing() as work:
        await work.changes.append(change(1))
        await work.records.put(Record(SERVER, Subject.PARTY, "mill", {}))
        await work.commit()
    before = await on(engine, partial(rows, "head"))

    await on(engine, partial(to, "0002"))

    assert await on(engine, partial(rows, "head")) == before
    await upgrade(engine)
    async with SqlStorage(engine).reading() as work:
        assert [each.scope for each in await work.revisions.find(SERVER, ["claim"], 9)] == [BASE]
