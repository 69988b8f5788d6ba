"""A process that is killed while it makes or fills the database leaves one that opens, and that is completed later."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.seeding import Seeds
from tests.bot.forked import finished, fork_parley

ASK = ("ask", "--json", "russia security")
UPGRADE = ("db", "upgrade")
KILLED = -9
GLANCE = 0.002
"""Seconds between two looks at whether the database has been begun."""


@pytest.mark.parametrize("seed", range(8))
def test_a_first_load_that_is_killed_is_completed_by_the_next_start(tmp_path: Path, seed: int, seeds: Seeds) -> None:
    kill_while_it_writes(tmp_path, ASK, random.Random(seed).uniform(0, 0.8))  # noqa: S311 - no secret
    assert integrity(tmp_path) == "ok"
    assert revisions(tmp_path) in (0, len(seeds.entries)), "the base is loaded in part"
    assert finished(fork_parley(tmp_path, *ASK)) == 0
    assert integrity(tmp_path) == "ok"
    assert revisions(tmp_path) == len(seeds.entries)


@pytest.mark.parametrize("seed", range(4))
def test_an_upgrade_that_is_killed_is_completed_by_the_next_one(tmp_path: Path, seed: int) -> None:
    kill_while_it_writes(tmp_path, UPGRADE, random.Random(seed).uniform(0, 0.08))  # noqa: S311 - no secret
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


COMPLETE = {"alembic_version", "citation", "document", "excerpt", "head", "revision", "state"}


def kill_while_it_writes(folder: Path, command: tuple[str, ...], after: float) -> None:
    """Starts a command and kills it (SIGKILL) so many seconds after it has begun the database."""
    process = fork_parley(folder, *command)
    while process.is_alive() and not (folder / "parley.db").exists():
        process.join(GLANCE)
    process.join(after)
    process.kill()
    assert finished(process) in (0, KILLED), (folder / "log.txt").read_text(encoding="utf-8")


def integrity(folder: Path) -> str:
    """What SQLite says about the file: "ok" if all is well."""
    return str(_rows(folder, "PRAGMA integrity_check")[0][0])


def tables(folder: Path) -> set[str]:
    """The tables there are."""
    return {str(name) for (name,) in _rows(folder, "SELECT name FROM sqlite_master WHERE type = 'table'")}


def revisions(folder: Path) -> int:
    """How many revisions are recorded; 0 where there is no table for them yet."""
    return int(_rows(folder, "SELECT count(*) FROM revision")[0][0]) if "revision" in tables(folder) else 0


def _rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "parley.db")) as connection:
        return connection.execute(query).fetchall()
