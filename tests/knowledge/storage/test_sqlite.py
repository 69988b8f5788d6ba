"""What one SQLite file does under several tasks and processes."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text

from knowledge.model import BASE
from knowledge.ports import Selection
from knowledge.storage import SqlStorage, make_engine
from tests.knowledge.samples import record, sqlite_url, stance, step


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 5_000)])
async def test_a_connection_has_the_guards_on(tmp_path: Path, pragma: str, value: object) -> None:
    engine = make_engine(sqlite_url(tmp_path / "new" / "parley.db"))
    async with engine.connect() as connection:
        found = (await connection.execute(text(f"PRAGMA {pragma}"))).scalar()
    await engine.dispose()

    assert found == value


async def test_two_writers_at_once_both_succeed(sqlite: SqlStorage) -> None:
    async def write(name: str) -> None:
        async with sqlite.writing() as work:
            await work.revisions.heads(BASE)
            await work.revisions.append(step(stance(name)))
            await work.commit()

    await asyncio.gather(*(write(f"entry-{number}") for number in range(8)))

    async with sqlite.reading() as work:
        assert len(await work.revisions.heads(BASE)) == 8


async def test_writers_from_two_engines_both_succeed(migrated_copy: Path) -> None:
    engines = [make_engine(sqlite_url(migrated_copy)) for _ in range(2)]
    await asyncio.gather(
        *(record(SqlStorage(engine), step(stance(f"entry-{place}"))) for place, engine in enumerate(engines))
    )

    async with SqlStorage(engines[0]).reading() as work:
        assert set(await work.revisions.heads(BASE)) == {"entry-0", "entry-1"}
    for engine in engines:
        await engine.dispose()


async def test_a_reader_is_not_blocked_by_a_writer_and_sees_the_state_before(sqlite: SqlStorage) -> None:
    await record(sqlite, step(stance("before")))

    async with sqlite.writing() as writer:
        await writer.revisions.append(step(stance("during")))
        async with asyncio.timeout(2), sqlite.reading() as reader:
            seen = [each.entry.id for each in await reader.revisions.select(BASE, Selection())]
        await writer.commit()

    assert seen == ["before"]


async def test_moments_come_back_aware_and_in_utc(sqlite: SqlStorage) -> None:
    noon_in_kyiv = datetime(2026, 11, 22, 12, 0, 0, 250, tzinfo=timezone(timedelta(hours=2)))
    await record(sqlite, step(stance("a"), at=noon_in_kyiv))

    async with sqlite.reading() as work:
        (revision,) = await work.revisions.history(BASE, "a")
        began = await work.revisions.began(BASE)

    assert revision.recorded_at == datetime(2026, 11, 22, 10, 0, 0, 250, tzinfo=UTC) == began
    assert revision.recorded_at.tzinfo is UTC
    assert began is not None
    assert began.tzinfo is UTC


async def test_what_was_recorded_outlives_the_engine(migrated_copy: Path) -> None:
    first = make_engine(sqlite_url(migrated_copy))
    await record(SqlStorage(first), step(stance("a")))
    await first.dispose()

    second = make_engine(sqlite_url(migrated_copy))
    async with SqlStorage(second).reading() as work:
        assert set(await work.revisions.heads(BASE)) == {"a"}
    await second.dispose()
