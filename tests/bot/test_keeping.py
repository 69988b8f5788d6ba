"""What operators see to: ``parley audit verify`` and ``parley purge``, on a database in which people have worked."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.house import make_services
from knowledge.model import BASE, Scope, Status
from knowledge.moderation.drafts import Draft
from knowledge.moderation.model import Caller
from knowledge.moderation.outcomes import Applied
from knowledge.moderation.purging import KEPT, mark_left
from knowledge.seeding import Seeds
from knowledge.service.context import make_context
from knowledge.storage import SqlStorage, open_storage
from tests.bot.conftest import Cli
from tests.bot.processes import database_url

SERVER, OTHER = Scope(811), Scope(922)
MANAGER = Caller(7, manages=True)
DRAFT = Draft(
    "Ankara wants a bridge.",
    "Talks resume | https://example.org/talks | 2025-06-02",
    act="demand",
    party="turkey",
    topic="nato",
)
NOW = datetime.now(UTC)
LENGTH = 5
"""So many changes each server has made: settings, an entry added and retracted, a word added and removed."""


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, loaded: Path, seeds: Seeds) -> Path:
    """A database in which two servers have changed things; not to be changed."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copyfile(loaded, folder / "parley.db")

    async def work() -> None:
        async with open_storage(database_url(folder)) as storage:
            for scope in (SERVER, OTHER):
                await changes(storage, seeds, scope)

    asyncio.run(work())
    return folder / "parley.db"


@pytest.fixture
def worked(cli: Cli, busy: Path) -> Cli:
    """The command line on a copy of it."""
    shutil.copyfile(busy, cli.folder / "parley.db")
    return cli


async def changes(storage: SqlStorage, seeds: Seeds, scope: Scope) -> None:
    """What a server's manager does."""
    context = make_context(storage, seeds.taxonomy, seeds.documents, lambda: NOW)
    moderation = make_services(context).moderation
    await moderation.change_settings(scope, MANAGER, {"timezone": "Europe/Kyiv"})
    made = await moderation.add(scope, MANAGER, DRAFT)
    assert isinstance(made, Applied)
    key = made.changes[0].key
    version = (await moderation.to_edit(scope, MANAGER, key)).revision.sequence
    await moderation.set_status(scope, MANAGER, key, version, Status.RETRACTED, "a slip")
    await moderation.add_alias(scope, MANAGER, "the mediators", "party/turkey")
    await moderation.remove_alias(scope, MANAGER, "the mediators")


@pytest.fixture
def database(worked: Cli) -> Iterator[sqlite3.Connection]:
    """The database itself, past all that guards it."""
    with closing(sqlite3.connect(worked.folder / "parley.db", isolation_level=None)) as connection:
        yield connection


def test_whole_trails_are_told_with_their_length_and_their_end(worked: Cli, database: sqlite3.Connection) -> None:
    told = worked("audit", "verify")
    ends = database.execute("SELECT link FROM chain ORDER BY scope").fetchall()
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        f"811: {LENGTH} changes, whole, ends in {ends[0][0][:12]}",
        f"922: {LENGTH} changes, whole, ends in {ends[1][0][:12]}",
        "2 audit trails, all whole.",
    ]


def test_one_server_can_be_asked_about(worked: Cli) -> None:
    told = worked("audit", "verify", "--server", "922")
    assert told.code == 0
    assert told.out.startswith("922: ")
    assert "811" not in told.out


def test_without_any_server_there_is_nothing_to_verify(cli: Cli) -> None:
    assert (cli("audit", "verify").code, cli("audit", "verify").out) == (0, "0 audit trails, all whole.\n")


@pytest.mark.parametrize(
    ("altered", "broken_at"),
    [
        ("UPDATE change SET reason = 'another' WHERE scope = 811 AND position = 3", 3),
        ("UPDATE change SET actor = 'ed-another' WHERE scope = 811 AND position = 2", 2),
        ("UPDATE change SET recorded_at = '2020-01-01 00:00:00' WHERE scope = 811 AND position = 2", 2),
        ("UPDATE change SET action = 'revise' WHERE scope = 811 AND position = 3", 3),
        ("UPDATE change SET batch = 1 WHERE scope = 811 AND position = 2", 2),
        ("UPDATE change SET key = 'the others' WHERE scope = 811 AND position = 4", 4),
        ("UPDATE change SET previous = 1 WHERE scope = 811 AND position = 3", 3),
        ("UPDATE change SET after = replace(after, 'Kyiv', 'Oslo') WHERE scope = 811 AND position = 1", 1),
        ("UPDATE change SET before = replace(before, 'turkey', 'russia') WHERE scope = 811 AND position = 5", 5),
        ("UPDATE change SET link = '0' WHERE scope = 811 AND position = 1", 1),
        ("UPDATE change SET position = 9 WHERE scope = 811 AND position = 5", 5),
        ("DELETE FROM change WHERE scope = 811 AND position = 2", 2),
        ("DELETE FROM change WHERE scope = 811 AND position >= 4", 4),
        ("DELETE FROM change WHERE scope = 811", 1),
        ("UPDATE revision SET content = replace(content, 'a bridge', 'a tunnel') WHERE scope = 811 AND number = 1", 2),
        ("UPDATE revision SET content = replace(content, 'a slip', 'a lie') WHERE scope = 811 AND number = 2", 3),
        ("UPDATE revision SET number = 7 WHERE scope = 811 AND number = 2", 3),
        ("UPDATE revision SET actor = 'ed-another' WHERE scope = 811 AND number = 1", 2),
        ("UPDATE revision SET reason = 'another' WHERE scope = 811 AND number = 2", 3),
        ("UPDATE revision SET recorded_at = '2020-01-01 00:00:00' WHERE scope = 811 AND number = 1", 2),
        ("UPDATE revision SET action = 'revise' WHERE scope = 811 AND number = 2", 3),
        ("DELETE FROM revision WHERE scope = 811 AND number = 2", 3),
    ],
)
def test_whatever_is_altered_in_the_database_is_noticed_where_it_is(
    worked: Cli, database: sqlite3.Connection, altered: str, broken_at: int
) -> None:
    assert database.execute(altered).rowcount > 0
    told = worked("audit", "verify")
    assert told.code == 1
    assert told.out.splitlines()[0] == f"811: broken at change {broken_at}"
    assert told.out.splitlines()[1].startswith("922: 5 changes, whole")
    assert told.err == "1 of 2 audit trails are broken.\n"


def test_trails_are_verified_while_the_bot_has_the_database_open(worked: Cli, database: sqlite3.Connection) -> None:
    database.execute("BEGIN")
    database.execute("SELECT * FROM change").fetchone()
    told = worked("audit", "verify")
    database.execute("ROLLBACK")
    assert (told.code, told.err) == (0, "")


def leave(worked: Cli, scope: Scope, ago: timedelta) -> None:
    """A server has removed the bot."""

    async def mark() -> None:
        async with open_storage(database_url(worked.folder)) as storage:
            await mark_left(storage, lambda: NOW - ago, scope)

    asyncio.run(mark())


def kept(database: sqlite3.Connection) -> dict[str, set[int]]:
    """For each table that knows servers, of which it has something."""
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    scoped = [
        each for each in tables if any(row[1] == "scope" for row in database.execute(f"PRAGMA table_info({each})"))
    ]
    return {
        each: {scope for (scope,) in database.execute(f"SELECT DISTINCT scope FROM {each}")}  # noqa: S608 - a table's name
        for each in scoped
    }


def test_purging_shows_what_is_due_and_deletes_nothing_without_yes(worked: Cli, database: sqlite3.Connection) -> None:
    leave(worked, SERVER, KEPT + timedelta(hours=1))
    leave(worked, OTHER, timedelta(days=1))
    before = kept(database)
    told = worked("purge")
    assert (told.code, told.err) == (0, "")
    first, second = NOW - KEPT - timedelta(hours=1), NOW - timedelta(days=1)
    assert told.out.splitlines() == [
        f"811: left {first:%Y-%m-%d}, 1 entries, due",
        f"922: left {second:%Y-%m-%d}, 1 entries, kept until {second + KEPT:%Y-%m-%d}",
        "Nothing was deleted. To delete what is due: parley purge --yes",
    ]
    assert kept(database) == before


def test_purging_with_yes_deletes_all_that_is_due_and_nothing_else(worked: Cli, database: sqlite3.Connection) -> None:
    leave(worked, SERVER, KEPT + timedelta(hours=1))
    leave(worked, OTHER, KEPT - timedelta(hours=1))
    before = kept(database)
    told = worked("purge", "--yes")
    assert told.code == 0
    assert told.out.endswith("Deleted the data of 1 servers.\n")
    assert kept(database) == {table: scopes - {SERVER.id} for table, scopes in before.items()}
    assert BASE.id in kept(database)["revision"]
    assert worked("purge", "--yes").out.endswith("Deleted the data of 0 servers.\n")
    assert worked("audit", "verify").out.endswith("1 audit trails, all whole.\n")


def test_a_server_that_came_back_is_not_purged(worked: Cli, database: sqlite3.Connection) -> None:
    leave(worked, SERVER, KEPT + timedelta(days=9))
    database.execute("DELETE FROM departure WHERE scope = 811")
    assert worked("purge", "--yes").out == "Deleted the data of 0 servers.\n"
    assert SERVER.id in kept(database)["revision"]
