"""A process that is killed while it makes or fills the database leaves one that opens, and that is completed later."""

import asyncio
import random
import shutil
import sqlite3
from contextlib import closing
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from knowledge.model import BASE
from knowledge.seeding import Seeds, load_seeds
from knowledge.storage import open_storage
from knowledge.storage.tables import Base
from tests.bot.forked import finished, fork_parley
from tests.fakes.postgresql import PostgreSQL
from tests.paths import SEEDS

ASK = ("ask", "--json", "russia security")
UPGRADE = ("db", "upgrade")
COMPLETE = {"alembic_version", *Base.metadata.tables}
SOME = {"events.yaml", "obstacles.yaml", "proposals.yaml"}
KILLED = -9
GLANCE = 0.002
"""Seconds between two looks at whether the database has been begun."""


@pytest.fixture
def some_seeds(tmp_path: Path) -> Path:
    """A part of what ships: enough to be killed in, and soon loaded."""
    folder = shutil.copytree(SEEDS, tmp_path / "seeds")
    for path in (folder / "entries").iterdir():
        if path.name not in SOME:
            path.unlink()
    (folder / "points.yaml").write_text("[]", encoding="utf-8")
    return folder


@pytest.mark.parametrize("seed", range(3))
def test_a_first_load_that_is_killed_is_completed_by_the_next_start(
    tmp_path: Path, seed: int, some_seeds: Path
) -> None:
    everything = len(load_seeds(some_seeds).entries)
    moment = random.Random(seed).uniform(0, 0.6)  # noqa: S311 - no secret
    kill_while_it_writes(tmp_path, fork_parley(tmp_path, *ASK, seeds=some_seeds), moment)
    assert integrity(tmp_path) == "ok"
    assert revisions(tmp_path) in (0, everything), "the base is loaded in part"
    assert finished(fork_parley(tmp_path, *ASK, seeds=some_seeds)) == 0
    assert integrity(tmp_path) == "ok"
    assert revisions(tmp_path) == everything


@pytest.mark.parametrize("seed", range(2))
def test_an_upgrade_that_is_killed_is_completed_by_the_next_one(tmp_path: Path, seed: int) -> None:
    moment = random.Random(seed).uniform(0, 0.08)  # noqa: S311 - no secret
    kill_while_it_writes(tmp_path, fork_parley(tmp_path, *UPGRADE), moment)
    assert integrity(tmp_path) == "ok"
    assert tables(tmp_path) in (set(), COMPLETE), "the schema is made in part"
    assert finished(fork_parley(tmp_path, *UPGRADE)) == 0
    assert tables(tmp_path) == COMPLETE


def test_two_first_starts_at_once_load_the_base_once(tmp_path: Path, seeds: Seeds) -> None:
    both = [fork_parley(tmp_path, *ASK) for _ in range(2)]
    assert [finished(each) for each in both] == [0, 0]
    assert revisions(tmp_path) == len(seeds.entries)


def test_a_second_start_adds_no_revision(tmp_path: Path, seeds: Seeds) -> None:
    counts = []
    for _ in range(2):
        assert finished(fork_parley(tmp_path, *ASK)) == 0
        counts.append(revisions(tmp_path))
    assert counts == [len(seeds.entries)] * 2


@pytest.mark.parametrize("seed", range(2))
def test_on_a_server_too_a_first_load_that_is_killed_is_completed_by_the_next_start(
    tmp_path: Path, seed: int, some_seeds: Path, postgres: PostgreSQL
) -> None:
    everything, url = len(load_seeds(some_seeds).entries), asyncio.run(postgres.create())
    process = fork_parley(tmp_path, *ASK, seeds=some_seeds, url=url)
    while process.is_alive() and not asyncio.run(postgres.is_used(url)):
        process.join(GLANCE)
    process.join(random.Random(seed).uniform(0, 0.6))  # noqa: S311 - no secret
    process.kill()
    assert finished(process) in (0, KILLED), (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert asyncio.run(revisions_on(url)) in (0, everything), "the base is loaded in part"

    assert finished(fork_parley(tmp_path, *ASK, seeds=some_seeds, url=url)) == 0
    assert asyncio.run(revisions_on(url)) == everything
    asyncio.run(postgres.drop(url))


def test_on_a_server_too_two_first_starts_at_once_load_the_base_once(
    tmp_path: Path, some_seeds: Path, postgres: PostgreSQL
) -> None:
    url = asyncio.run(postgres.create())
    both = [fork_parley(tmp_path, *ASK, seeds=some_seeds, url=url) for _ in range(2)]
    assert [finished(each) for each in both] == [0, 0], (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert asyncio.run(revisions_on(url)) == len(load_seeds(some_seeds).entries)
    asyncio.run(postgres.drop(url))


def kill_while_it_writes(folder: Path, process: BaseProcess, after: float) -> None:
    """Kills a command (SIGKILL) so many seconds after it has begun the database."""
    while process.is_alive() and not (folder / "parley.db").exists():
        process.join(GLANCE)
    process.join(after)
    process.kill()
    assert finished(process) in (0, KILLED), (folder / "log.txt").read_text(encoding="utf-8")


async def revisions_on(url: str) -> int:
    """How many revisions are recorded on a server; whatever the schema was, it is the newest afterwards."""
    async with open_storage(url) as storage, storage.reading() as work:
        return len(await work.revisions.heads(BASE))


def integrity(folder: Path) -> str:
    """What SQLite says about the file: "ok" if all is well."""
    return str(_rows(folder, "PRAGMA integrity_check")[0][0])


def tables(folder: Path) -> set[str]:
    """The tables there are."""
    return {str(name) for (name,) in _rows(folder, "SELECT name FROM sqlite_master WHERE type = 'table'")}


def revisions(folder: Path) -> int:
    """How many revisions are recorded; 0 where there is no table for them yet."""
    return len(_rows(folder, "SELECT sequence FROM revision")) if "revision" in tables(folder) else 0


def _rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "parley.db")) as connection:
        return connection.execute(query).fetchall()
