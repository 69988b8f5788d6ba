"""What one PostgreSQL does under several connections at once, and when it goes away."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from knowledge.briefing.model import DeliveryState, SubscriptionState
from knowledge.errors import StaleRevision, StorageClosed
from knowledge.model import BASE
from knowledge.ports import UnitOfWork
from knowledge.storage import SqlStorage, make_engine, open_storage
from knowledge.storage import postgresql as guards
from knowledge.storage.postgresql import address
from tests.fakes.postgresql import ELSEWHERE, started
from tests.knowledge.samples import MONDAY, SERVER, record, stance, step
from tests.knowledge.storage.briefing import (
    DAY,
    MINUTE,
    NINE,
    claimed,
    delivery,
    finished,
    plan,
    subscribe,
    subscription,
)
from tests.knowledge.storage.moderating import change

GLANCE = 0.01
"""Seconds between two looks at whether somebody waits for a lock."""
PATIENCE = 10


async def somebody_waits(url: str) -> None:
    """Returns once a connection waits for a lock."""
    engine = make_engine(url)
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    try:
        async with asyncio.timeout(PATIENCE), engine.connect() as connection:
            while not await connection.scalar(waiting):
                await connection.rollback()
                await asyncio.sleep(GLANCE)
    finally:
        await engine.dispose()


async def outcome(work: Coroutine[Any, Any, object]) -> object:
    """What it gives, or the type of what it raises."""
    try:
        return await work
    except Exception as error:
        return type(error)


async def read_while(storage: SqlStorage, happens: Callable[[], object]) -> int:
    """Reads in a transaction that began before something happens."""
    async with storage.reading() as work:
        await work.revisions.latest()
        happens()
        return await work.revisions.latest()


async def test_of_two_who_revise_one_entry_at_once_one_is_told(postgresql: SqlStorage, postgres_shared: str) -> None:
    await record(postgresql, step(stance("a"), scope=SERVER))

    async def revise(claim: str) -> str:
        async with postgresql.writing() as work:
            await work.revisions.append(step(stance("a", claim=claim), 2, scope=SERVER))
            await work.commit()
        return claim

    async with postgresql.writing() as work:
        await work.revisions.append(step(stance("a", claim="Mine."), 2, scope=SERVER))
        other = asyncio.create_task(outcome(revise("Yours.")))
        await somebody_waits(postgres_shared)
        await work.commit()

    assert await other is StaleRevision
    async with postgresql.reading() as work:
        assert (await work.revisions.heads(SERVER))["a"].entry.claim == "Mine."


async def test_of_many_who_revise_one_entry_at_once_one_succeeds(postgresql: SqlStorage) -> None:
    await record(postgresql, step(stance("a")))

    async def revise(number: int) -> int:
        async with postgresql.writing() as work:
            await work.revisions.append(step(stance("a", claim=f"Claim {number}."), 2))
            await work.commit()
        return number

    outcomes = await asyncio.gather(*(outcome(revise(number)) for number in range(8)))

    assert outcomes.count(StaleRevision) == 7
    (winner,) = (each for each in outcomes if each is not StaleRevision)
    async with postgresql.reading() as work:
        assert (await work.revisions.heads(BASE))["a"].entry.claim == f"Claim {winner}."


async def test_the_trail_of_a_server_has_no_gap_where_two_write_to_it(
    postgresql: SqlStorage, postgres_shared: str
) -> None:
    async def add(work: UnitOfWork) -> None:
        last = await work.changes.last(SERVER)
        await work.changes.append(change(last.position + 1 if last else 1))

    async def add_alone() -> None:
        async with postgresql.writing() as work:
            await add(work)
            await work.commit()

    await add_alone()
    async with postgresql.writing() as work:
        await add(work)
        other = asyncio.create_task(add_alone())
        await somebody_waits(postgres_shared)
        await work.commit()
    await other

    async with postgresql.reading() as work:
        assert [each.position for each in await work.changes.page(SERVER, 0, 9)] == [1, 2, 3]


async def test_who_has_read_up_to_a_place_has_missed_none_before_it(postgresql: SqlStorage) -> None:
    """Writers commit in whatever order they like; who comes first at the counter is also seen first."""
    done = asyncio.Event()

    async def write(writer: int) -> None:
        for number in range(6):
            async with postgresql.writing() as work:
                await work.revisions.append(step(stance(f"e-{writer}-{number}")))
                await asyncio.sleep(0.002 * ((writer + number) % 3))
                if number % 3 != writer % 3:  # others undo what they did
                    await work.commit()

    async def follow() -> list[int]:
        read, cursor, last_look = list[int](), 0, False
        while not last_look:
            last_look = done.is_set()
            async with postgresql.reading() as work:
                upto = await work.revisions.latest()
                read += [each.sequence for each in await work.revisions.touched(BASE, cursor, upto)]
                cursor = upto
        return read

    following = asyncio.create_task(follow())
    await asyncio.gather(*(write(writer) for writer in range(3)))
    done.set()

    async with postgresql.reading() as work:
        everything = [each.sequence for each in await work.revisions.touched(BASE, 0, await work.revisions.latest())]
    assert await following == everything
    assert len(everything) == 12


async def test_a_reader_sees_one_moment_in_all_it_reads(postgresql: SqlStorage) -> None:
    await record(postgresql, step(stance("before")))
    async with postgresql.reading() as work:
        latest = await work.revisions.latest()
        await record(postgresql, step(stance("during")))

        assert await work.revisions.latest() == latest
        assert set(await work.revisions.heads(BASE)) == {"before"}


async def test_workers_neither_share_nor_wait(postgresql: SqlStorage) -> None:
    names = [f"s-{number}" for number in range(6)]
    await subscribe(postgresql, *map(subscription, names))
    await plan(postgresql, *map(delivery, names))

    async with postgresql.writing() as ann, asyncio.timeout(2), postgresql.writing() as bob:
        first = await ann.deliveries.claimable(NINE, 4)
        second = await bob.deliveries.claimable(NINE, 4)
        await bob.deliveries.put(*(claimed(each.subscription, worker="bob") for each in second))
        await bob.commit()
        await ann.commit()

    assert [each.subscription for each in first] == names[:4]
    assert [each.subscription for each in second] == names[4:]


async def test_a_subscription_that_is_being_edited_is_passed_over(postgresql: SqlStorage) -> None:
    await subscribe(postgresql, subscription("a"), subscription("b"))
    await plan(postgresql, delivery("a"), delivery("b"))

    async with postgresql.writing() as editor, asyncio.timeout(2), postgresql.writing() as worker:
        await editor.subscriptions.get(SERVER, "a")
        assert [each.subscription for each in await worker.deliveries.claimable(NINE, 9)] == ["b"]


async def test_who_pauses_and_who_finishes_do_not_wait_for_each_other(
    postgresql: SqlStorage, postgres_shared: str
) -> None:
    await subscribe(postgresql, subscription("a"))
    await plan(postgresql, claimed("a"), delivery("a", NINE + DAY))

    async def finish() -> bool:
        async with postgresql.writing() as work:
            held = await work.deliveries.hold(finished("a", worker="ann"), "ann")
            await work.subscriptions.move("a", 7, None)
            await work.commit()
        return held

    async with postgresql.writing() as work:
        taken = await work.subscriptions.get(SERVER, "a")
        assert taken
        publisher = asyncio.create_task(finish())
        await somebody_waits(postgres_shared)
        await work.subscriptions.put(replace(taken, state=SubscriptionState.PAUSED))
        await work.deliveries.put(claimed("a", lease_until=NINE + 2 * MINUTE))
        await work.commit()

    assert await publisher
    async with postgresql.reading() as work:
        after = await work.subscriptions.get(SERVER, "a")
        assert after
        assert (after.state, after.cursor) == (SubscriptionState.PAUSED, 7)
        assert [each.state for each in await work.deliveries.last("a", 9)] == [
            DeliveryState.PLANNED,
            DeliveryState.DONE,
        ]


async def test_a_purge_and_an_editor_do_not_wait_for_each_other(postgresql: SqlStorage, postgres_shared: str) -> None:
    await record(postgresql, step(stance("a"), scope=SERVER))
    async with postgresql.writing() as work:
        await work.changes.append(change(1))
        await work.commit()

    async def purge() -> None:
        async with postgresql.writing() as work:
            await work.servers.purge(SERVER)
            await work.commit()

    async with postgresql.writing() as work:
        await work.changes.last(SERVER)
        purging = asyncio.create_task(purge())
        await somebody_waits(postgres_shared)
        await work.revisions.append(step(stance("a", claim="Late."), 2, scope=SERVER))
        await work.changes.append(change(2))
        await work.commit()
    await purging

    async with postgresql.reading() as work:
        assert await work.servers.all() == []


async def test_all_who_note_the_same_at_once_are_counted(postgresql: SqlStorage) -> None:
    async def note() -> None:
        async with postgresql.writing() as work:
            await work.gaps.note(SERVER, "weather", MONDAY)
            await work.state.put("noted", "yes")
            await work.servers.mark_left(SERVER, MONDAY)
            await work.commit()

    await asyncio.gather(*(note() for _ in range(8)))

    async with postgresql.reading() as work:
        assert [each.times for each in await work.gaps.top(SERVER, 9)] == [8]


async def test_who_gets_no_connection_in_time_is_told(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "PATIENCE", 0.2)
    async with open_storage(postgres_url, pool_size=1) as storage, storage.reading() as work:
        await work.revisions.latest()
        assert storage.connections_in_use == 1
        with pytest.raises(StorageClosed):
            async with storage.reading():
                pass


async def test_who_waits_too_long_for_a_lock_is_told(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(guards.GUARDS, "lock_timeout", "200ms")
    async with open_storage(postgres_url) as storage, storage.writing() as work:
        await work.revisions.lock()
        with pytest.raises(StorageClosed, match="lock timeout"):
            await record(storage, step(stance("a")))


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("postgresql://u:p@host/parley", "postgresql+asyncpg://u:p@host/parley"),
        ("postgres://u:p@host/parley?sslmode=require", "postgresql+asyncpg://u:p@host/parley?ssl=require"),
        ("postgresql+psycopg://host/parley?host=/run", "postgresql+asyncpg://host/parley?host=%2Frun"),
        ("postgresql+asyncpg://host:5433/parley", "postgresql+asyncpg://host:5433/parley"),
    ],
)
def test_an_address_is_taken_as_hosts_write_it(written: str, taken: str) -> None:
    assert address(make_url(written)).render_as_string(hide_password=False) == taken


def test_an_address_that_asks_for_what_the_driver_does_not_know_is_refused() -> None:
    with pytest.raises(ArgumentError):
        make_engine("postgresql://host/parley?channel_binding=require")


async def test_it_goes_on_after_the_server_was_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ELSEWHERE, raising=False)
    server = started(tmp_path / "own")
    try:
        async with open_storage(server.get_uri()) as storage:
            await record(storage, step(stance("a")))
            assert await outcome(read_while(storage, server.stop)) is StorageClosed
            assert await outcome(read_while(storage, list)) is StorageClosed
            assert await outcome(record(storage, step(stance("lost")))) is StorageClosed

            server.ensure_postgres_running()

            assert await record(storage, step(stance("b")))
            async with storage.reading() as work:
                assert set(await work.revisions.heads(BASE)) == {"a", "b"}
    finally:
        server.cleanup()
