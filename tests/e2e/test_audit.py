"""``/audit``: the trail as a file, and whether it is whole."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.world import World


async def two_changes(world: World) -> None:
    """Two changes by the moderator."""
    await world.moderator.slash("alias add", word="Quibblefolk", target="party/turkey")
    await world.moderator.slash("settings set", two_person="all")


async def test_the_trail_of_a_server_comes_as_a_file(world: World) -> None:
    zoe = world.elsewhere("zoe")
    await two_changes(world)
    seen = await world.moderator.slash("audit export")
    lines = [json.loads(line) for line in (await seen.file()).splitlines()]

    assert seen.ephemeral
    assert "2 changes, one a line" in seen.text
    assert seen.message.attachments[0].filename == "audit.jsonl"
    assert [line["subject"] for line in lines] == ["alias", "settings"]
    assert lines[0]["after"] == {"word": "Quibblefolk", "target": "party/turkey"}
    assert str(world.moderator.actor.id) not in json.dumps(lines)
    assert "0 changes" in (await zoe.slash("audit export")).text


async def test_a_whole_trail_says_how_long_it_is(world: World) -> None:
    assert "0 changes" in (await world.moderator.slash("audit verify")).text
    await two_changes(world)
    seen = await world.moderator.slash("audit verify")

    assert seen.text.startswith("## The trail is whole")
    assert "2 changes" in seen.text


async def test_a_change_that_was_altered_breaks_the_trail(world: World, tmp_path: Path) -> None:
    await two_changes(world)
    with closing(sqlite3.connect(tmp_path / "parley.db")) as database, database:
        database.execute("UPDATE change SET reason = 'another' WHERE position = 1")
    seen = await world.moderator.slash("audit verify")

    assert seen.text.startswith("## The trail is broken")
    assert "Change 1 does not fit" in seen.text


@pytest.mark.parametrize("command", ["audit export", "audit verify"])
async def test_only_approvers_read_the_trail(world: World, command: str) -> None:
    seen = await world.mia.slash(command)

    assert "This is for approvers" in seen.text
    assert seen.message.attachments == []
