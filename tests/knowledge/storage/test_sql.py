"""What is true of the tables alone: which indexes lead to an answer, and what is left when rows are deleted."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.model import BASE, Scope
from knowledge.moderation.model import Record, Subject
from knowledge.storage import SqlStorage, make_engine
from knowledge.storage.tables import Base
from tests.knowledge.samples import (
    MONDAY,
    OTHER_SERVER,
    SERVER,
    TREATY,
    record,
    record_entries,
    sqlite_url,
    stance,
    step,
)
from tests.knowledge.storage.briefing import NINE, delivery, subscription
from tests.knowledge.storage.moderating import add_changes, change, entry_change, proposal

SCOPED = sorted(name for name, table in Base.metadata.tables.items() if "scope" in table.c)


@pytest.fixture
async def engine(migrated_copy: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on an empty database."""
    made = make_engine(sqlite_url(migrated_copy))
    yield made
    await made.dispose()


@pytest.fixture
def plans(engine: AsyncEngine) -> list[str]:
    """How SQLite goes about each SELECT from now on, step by step."""
    seen: list[str] = []

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def explain(connection: Connection, _: object, statement: str, parameters: Any, *__: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            cursor = connection.connection.cursor()
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            seen.extend(step for *_, step in cursor.fetchall())
            cursor.close()

    return seen


@pytest.mark.parametrize("words", [(), ("river",), ("the", "riv"), ("riv", "the"), ("the", "one", "r")])
async def test_no_table_is_read_through_to_find_entries(
    engine: AsyncEngine, plans: list[str], words: tuple[str, ...]
) -> None:
    storage = SqlStorage(engine)
    await record_entries(storage, [stance(f"e-{number}", claim="The one river.") for number in range(30)])
    await record(storage, step(stance("e-1", claim="Ours."), scope=SERVER))
    plans.clear()

    async with storage.reading() as work:
        await work.revisions.find(SERVER, words, 5)

    assert plans
    tables = tuple(Base.metadata.tables)
    assert [each for each in plans if each.startswith(tuple(f"SCAN {table}" for table in tables))] == []
    assert [each for each in plans if each.startswith("SEARCH word") and "word" not in each.partition("(")[2]] == []


async def test_what_else_there_is_is_found_without_reading_all_entries(engine: AsyncEngine, plans: list[str]) -> None:
    await record_entries(SqlStorage(engine), [stance(f"e-{number}") for number in range(30)])
    plans.clear()

    async with SqlStorage(engine).reading() as work:
        await work.revisions.topics_of(SERVER, "uplands")
        await work.revisions.parties_on(SERVER, "water")

    assert plans
    assert [each for each in plans if each.startswith(("SCAN head", "SCAN revision"))] == []


async def test_the_last_changes_are_read_without_the_others(engine: AsyncEngine, plans: list[str]) -> None:
    async with SqlStorage(engine).reading() as work:
        await work.changes.last(SERVER)
        await work.changes.page(SERVER, 7, 5)
        await work.changes.batch(SERVER, 7)

    assert [each for each in plans if each.startswith("SCAN") or "TEMP B-TREE" in each] == []


async def test_what_is_due_is_found_without_the_rest_of_the_history(engine: AsyncEngine, plans: list[str]) -> None:
    async with SqlStorage(engine).writing() as work:
        await work.deliveries.claimable(NINE, 5)
        found = list(plans)
        await work.subscriptions.due(NINE, 5)
        await work.subscriptions.waiting_for_change(7, 5)
        await work.deliveries.unfinished("a")
        await work.deliveries.untold(5)
        await work.revisions.touched(SERVER, 7, 9)
        await work.revisions.overlaid([SERVER])

    assert found[0] == "SCAN delivery USING INDEX ix_delivery_open", "in order of slots, of what is not finished"
    assert [each for each in found if "TEMP B-TREE" in each] == []
    assert [each for each in plans[1:] if each.startswith("SCAN")] == []


async def test_no_delivery_is_without_its_subscription(engine: AsyncEngine) -> None:
    async with SqlStorage(engine).writing() as work:
        with pytest.raises(IntegrityError):
            await work.deliveries.plan(delivery("never-was"))


async def test_an_end_that_was_cut_off_is_remembered(engine: AsyncEngine) -> None:
    storage = SqlStorage(engine)
    await add_changes(storage, change(1), change(2))
    async with engine.begin() as connection:
        await connection.execute(text("DELETE FROM change WHERE position = 2"))

    async with storage.reading() as work:
        assert await work.changes.last(SERVER) == change(1)
        assert await work.changes.head(SERVER) == (2, change(2).link)


async def test_what_an_entry_became_is_stored_once(engine: AsyncEngine) -> None:
    storage = SqlStorage(engine)
    (ours,) = await record(storage, step(stance("a"), scope=SERVER))
    await add_changes(storage, entry_change(1, ours, after={"id": "a"}), change(2, before=None, after=None))

    async with engine.connect() as connection:
        found = await connection.execute(text("SELECT 1 FROM change WHERE before IS NOT NULL OR after IS NOT NULL"))
        assert found.all() == []


async def test_purging_leaves_every_other_row_as_it_was(engine: AsyncEngine) -> None:
    storage = SqlStorage(engine)
    for scope in (BASE, OTHER_SERVER):
        await fill(storage, scope)
    before = await dump(engine)
    await fill(storage, SERVER)
    assert all(len(rows) > len(before[table]) for table, rows in (await dump(engine)).items()), "fill all tables"

    async with storage.writing() as work:
        await work.servers.purge(SERVER)
        await work.commit()

    assert await dump(engine) == before


async def fill(storage: SqlStorage, scope: Scope) -> None:
    """A row in every table that has a scope."""
    (ours,) = await record(storage, step(stance("a"), scope=scope))
    async with storage.writing() as work:
        await work.documents.put(TREATY, scope)
        await work.gaps.note(scope, "weather", MONDAY)
        await work.changes.append(entry_change(1, ours))
        await work.records.put(Record(scope, Subject.ALIAS, "wall", {}))
        await work.proposals.put(proposal("p", scope))
        await work.people.add(scope, 7, "ed-1")
        await work.subscriptions.put(subscription(f"s-{scope.id}", scope))
        await work.deliveries.plan(delivery(f"s-{scope.id}", NINE, scope))
        await work.servers.mark_left(scope, MONDAY)
        await work.commit()


async def dump(engine: AsyncEngine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the tables that have a scope, and of the citations."""
    async with engine.connect() as connection:
        found = {
            name: (await connection.execute(text(f"SELECT * FROM {name}"))).all()  # noqa: S608 - our tables
            for name in [*SCOPED, "citation"]
        }
    return {name: sorted(map(tuple, rows), key=repr) for name, rows in found.items()}
