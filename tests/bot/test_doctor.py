"""What ``parley doctor`` finds, on a Discord and on databases that are well or not."""

import sqlite3
from contextlib import closing
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from discord.http import Route

from bot import endpoints
from bot.doctor import Finding, discord_side
from bot.doctor.discord_side import examine_discord
from bot.doctor.our_side import configured, examine_database
from bot.house import utc_now
from knowledge.briefing.cadence import Cadence, Schedule
from knowledge.briefing.model import Subscription
from knowledge.model import Scope
from knowledge.moderation.context import SETTINGS_KEY, settings_to
from knowledge.moderation.model import Record, Subject
from knowledge.moderation.model import Settings as Chosen
from knowledge.storage import SqlStorage
from tests.bot.conftest import Cli
from tests.bot.processes import database_url
from tests.fakes.discord_stub import APPLICATION, TOKEN, DiscordStub, Json, discord_stub

SERVER, REVIEW, AUDIT, THREAD, BRIEFINGS, AWAY = 7, 30, 31, 32, 33, 34
VIEW, SEND, EMBED, HISTORY, IN_THREADS = 1 << 10, 1 << 11, 1 << 14, 1 << 16, 1 << 38
TEXT, PUBLIC_THREAD = 0, 11
MESSAGE_CONTENT = 1 << 18


@pytest.fixture(autouse=True)
def _discord_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)


async def found(folder: Path, stub: DiscordStub, token: str = TOKEN) -> dict[str, Finding]:
    """What is found on Discord, by name."""
    endpoints.use_api(stub.api_url)
    chosen = await configured(database_url(folder))
    return {each.name: each async for each in examine_discord(token, chosen)}


async def found_in(url: str) -> dict[str, Finding]:
    """What is found of a database, by name."""
    return {each.name: each async for each in examine_database(url)}


async def choose(storage: SqlStorage) -> None:
    """A server chooses channels for everything."""
    chosen = settings_to(Chosen(review_channel=REVIEW, audit_channel=THREAD))
    daily = Schedule(Cadence.DAILY, time(9), "UTC")
    async with storage.writing() as work:
        await work.records.put(Record(Scope(SERVER), Subject.SETTINGS, SETTINGS_KEY, chosen))
        for number in (BRIEFINGS, AWAY):
            await work.subscriptions.put(Subscription(f"sub{number}", Scope(SERVER), number, daily, 0, utc_now()))
        await work.commit()


def server(allowed: int) -> dict[str, Json]:
    """A server as Discord tells it: everyone may do this, but nobody may write in the review channel."""
    everyone = {"id": str(SERVER), "name": "@everyone", "permissions": str(allowed), "position": 0, "color": 0}
    member = {"user": {"id": str(APPLICATION), "username": "Parley", "discriminator": "0", "avatar": None}, "roles": []}
    closed = {"id": str(SERVER), "type": 0, "allow": "0", "deny": str(SEND)}
    thread = {"parent_id": str(AUDIT), "owner_id": "2", "message_count": 0, "member_count": 0, "rate_limit_per_user": 0}
    archived = {"archived": False, "auto_archive_duration": 60, "archive_timestamp": "2026-01-02T03:04:05+00:00"}
    return {
        f"/guilds/{SERVER}": {"id": str(SERVER), "name": "Here", "owner_id": "2", "roles": [everyone]},
        f"/guilds/{SERVER}/members/{APPLICATION}": {
            **member,
            "joined_at": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
        },
        f"/channels/{REVIEW}": _channel(REVIEW, TEXT, permission_overwrites=[closed]),
        f"/channels/{AUDIT}": _channel(AUDIT, TEXT),
        f"/channels/{THREAD}": _channel(THREAD, PUBLIC_THREAD, thread_metadata=archived, **thread),
        f"/channels/{BRIEFINGS}": _channel(BRIEFINGS, TEXT),
    }


def _channel(number: int, kind: int, **more: Any) -> Json:
    usual = {"name": "c", "position": 0, "permission_overwrites": [], "last_message_id": None}
    return {"id": str(number), "guild_id": str(SERVER), "type": kind, **usual, **more}


async def test_what_is_well_is_said_to_be(tmp_path: Path, storage: SqlStorage) -> None:
    async with discord_stub() as stub:
        findings = await found(tmp_path, stub)
    assert [name for name, each in findings.items() if each.ok is False] == []
    assert findings["token"].found == "is that of Parley"
    assert (await found_in(database_url(tmp_path)))["schema"].found == "the newest"
    assert findings["channels"].found == "no server has chosen any yet"
    assert findings["intents"].advice == ""
    assert {call.method for call in stub.calls} == {"GET"}


async def test_channels_are_checked_for_what_they_were_chosen_for(tmp_path: Path, storage: SqlStorage) -> None:
    await choose(storage)
    async with discord_stub() as stub:
        stub.more = server(VIEW | SEND | HISTORY | IN_THREADS)
        findings = await found(tmp_path, stub)
    of = f"of server {SERVER}"
    assert findings[f"review channel {REVIEW} {of}"].found == "the bot lacks: Send Messages"
    assert findings[f"audit channel {THREAD} {of}"].ok
    assert findings[f"briefings {BRIEFINGS} {of}"].found == "the bot lacks: Embed Links"
    assert findings[f"briefings {AWAY} {of}"].found == "Discord does not show it (404, code 0)"
    assert "/briefing edit" in findings[f"briefings {AWAY} {of}"].advice


async def test_a_server_that_the_bot_was_removed_from_is_named(tmp_path: Path, storage: SqlStorage) -> None:
    await choose(storage)
    async with discord_stub() as stub:
        findings = await found(tmp_path, stub)
    assert findings[f"server {SERVER}"].found == "Discord does not show it (404, code 0)"


async def test_channels_of_a_server_that_the_bot_has_left_are_no_trouble(tmp_path: Path, storage: SqlStorage) -> None:
    await choose(storage)
    async with storage.writing() as work:
        await work.servers.mark_left(Scope(SERVER), utc_now())
        await work.commit()
    async with discord_stub() as stub:
        findings = await found(tmp_path, stub)
    assert findings["channels"].ok is None


async def test_a_token_that_discord_does_not_take_is_told_and_not_shown(tmp_path: Path) -> None:
    async with discord_stub() as stub:
        findings = await found(tmp_path, stub, "another-token")
    assert findings["token"].found == "Discord does not accept it"
    assert findings["clock"].ok
    assert "another-token" not in str(findings)


async def test_a_discord_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    async with discord_stub() as gone:
        pass
    findings = await found(tmp_path, gone)
    assert findings["token"].found.startswith("Discord cannot be asked: ")
    assert findings["token"].advice == "Check the network and DISCORD_API_URL"


async def test_a_discord_that_hangs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord_side, "PATIENCE", 0.2)
    async with discord_stub(silent=frozenset({"/users/@me"})) as stub:
        findings = await found(tmp_path, stub)
    assert findings["token"].ok is False


@pytest.mark.parametrize(("ahead", "words"), [(3600, "s ahead of Discord's"), (-3600, "s behind Discord's")])
async def test_a_clock_that_is_wrong_is_told(
    ahead: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_side, "utc_now", lambda: utc_now() + timedelta(seconds=ahead))
    async with discord_stub() as stub:
        findings = await found(tmp_path, stub)
    assert findings["clock"].ok is False
    assert words in findings["clock"].found
    assert "timedatectl" in findings["clock"].advice


async def test_privileged_intents_are_named_as_not_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with discord_stub() as stub:
        stub.flags = MESSAGE_CONTENT
        findings = await found(tmp_path, stub)
    assert findings["intents"].ok
    assert findings["intents"].advice.startswith("It needs none: switch them off")


async def test_a_database_that_is_not_there_yet_stays_away(tmp_path: Path) -> None:
    findings = await found_in(f"sqlite+aiosqlite:///{tmp_path}/new/parley.db")
    assert findings["database"].found == "not there yet; the first start makes it"
    assert not (tmp_path / "new").exists()


async def test_a_database_of_another_release_is_told_and_left_alone(tmp_path: Path, storage: SqlStorage) -> None:
    with closing(sqlite3.connect(tmp_path / "parley.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    findings = await found_in(database_url(tmp_path))
    assert findings["schema"].advice.startswith("Run: parley db upgrade")
    assert not (await found_in(database_url(tmp_path)))["schema"].ok


async def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "parley.db").write_text("no database" * 1000)
    findings = await found_in(database_url(tmp_path))
    assert findings["database"].found == "file is not a database"


def test_without_a_token_the_rest_is_checked(cli: Cli) -> None:
    told = cli("doctor")
    assert told.code == 0
    for words in ("✓  time zones", "✓  shipped data", "✓  database", "✓  schema", "–  token", "shows the preview"):
        assert words in told.out


def test_what_is_wrong_is_told_with_what_to_do(cli: Cli) -> None:
    (cli.folder / "parley.db").write_text("no database" * 1000)
    told = cli("doctor")
    assert told.code == 1
    assert "✗  database" in told.out
    assert "Check DATABASE_URL" in told.out
    assert told.last_line == "1 of 4 checks failed."
