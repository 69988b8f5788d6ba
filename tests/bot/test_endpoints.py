"""``parley run`` as a process, on a Discord that two settings name."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import endpoints
from knowledge.model import Rank
from knowledge.seeding import Seeds
from tests.bot.processes import Ended, on, running
from tests.fakes.discord_stub import ELSEWHERE, GATEWAY, SESSION, TOKEN, Call, Message, Op, discord_stub

EPHEMERAL, COMPONENTS_V2 = 1 << 6, 1 << 15
NAMES = {
    "position",
    "compare",
    "party",
    "topic",
    "timeline",
    "obstacles",
    "proposals",
    "sources",
    "about",
    "ask",
    "gaps",
    "suggest",
    "entry",
    "alias",
    "review",
    "settings",
    "audit",
    "briefing",
    "privacy",
    "Where do they stand?",
    "Suggest from this message",
    "Add to knowledge",
}


@dataclass(frozen=True, slots=True)
class Story:
    """Two runs of the bot on one database, and what the stand-in for Discord saw. Played once: it takes seconds."""

    preferred_claim: str
    first_run: Ended
    second_run: Ended
    answer: dict[str, Any]
    answer_after_resuming: dict[str, Any]
    offered: dict[str, Any]
    calls: list[Call]
    sockets: list[str]
    identified: list[Message]
    resumed: list[Message]


async def play(folder: Path, preferred_claim: str) -> Story:
    """The bot answers, loses the connection, answers again and is told to end; then it is started again."""
    async with discord_stub() as stub:
        stub.expired.add(3)
        async with running(folder, "run", settings=on(stub)) as bot:
            await stub.until(lambda: len(stub.received(Op.IDENTIFY)) == 1)
            answer = await stub.send_interaction(1, "position", {"party": "russia", "topic": "security"})
            offered = await stub.send_typing(2, "position", "party", "kre")
            await stub.send_typing(3, "position", "party", "krem")
            await stub.drop()
            await stub.until(lambda: len(stub.received(Op.RESUME)) == 1)
            again = await stub.send_interaction(4, "about", {})
            first_run = await bot.terminated()
        async with running(folder, "run", settings={**on(stub), "PARLEY_LOG_FORMAT": "json"}) as bot:
            await stub.until(lambda: len(stub.received(Op.IDENTIFY)) == 2)
            await stub.drop(code=4004)
            second_run = await bot.ended()
        return Story(
            preferred_claim=preferred_claim,
            first_run=first_run,
            second_run=second_run,
            answer=answer,
            answer_after_resuming=again,
            offered=offered,
            calls=stub.calls,
            sockets=stub.sockets,
            identified=stub.received(Op.IDENTIFY),
            resumed=stub.received(Op.RESUME),
        )


def the_commands_are_registered_once_in_two_runs(story: Story) -> None:
    registrations = [call for call in story.calls if call.method == "PUT"]
    assert [call.path for call in registrations] == ["/applications/1000/commands"]
    assert {command["name"] for command in registrations[0].body} == NAMES
    assert len(registrations[0].body) == len(NAMES)


def both_runs_log_in_with_the_token(story: Story) -> None:
    assert [call.authorization for call in story.calls if call.path == "/users/@me"] == [f"Bot {TOKEN}"] * 2
    assert [message.data["token"] for message in story.identified] == [TOKEN] * 2


def a_position_is_answered_with_its_preferred_claim(story: Story) -> None:
    assert story.answer["type"] == 4
    assert story.preferred_claim in _text(story.answer["data"]["components"])


def an_answer_is_ephemeral_and_in_components_v2(story: Story) -> None:
    for answer in (story.answer, story.answer_after_resuming):
        assert answer["data"]["flags"] & (EPHEMERAL | COMPONENTS_V2) == EPHEMERAL | COMPONENTS_V2
        assert not answer["data"].get("content")
        assert answer["data"].get("allowed_mentions", {"parse": []}) == {"parse": []}


def typing_is_answered_with_names_and_slugs(story: Story) -> None:
    assert story.offered["type"] == 8
    assert {"name": "Russia", "value": "russia"} in [
        {key: choice[key] for key in ("name", "value")} for choice in story.offered["data"]["choices"]
    ]


def a_hint_that_comes_too_late_is_not_logged_as_an_error(story: Story) -> None:
    assert any(call.path.startswith("/interactions/3/") for call in story.calls)
    assert "Ignoring exception in autocomplete" not in story.first_run.err
    assert "Traceback" not in story.first_run.err


def a_lost_session_is_resumed_through_the_gateway_that_was_configured(story: Story) -> None:
    (resumed,) = story.resumed
    assert resumed.path == GATEWAY
    assert resumed.data["session_id"] == SESSION
    assert story.sockets == [GATEWAY] * 3
    assert ELSEWHERE not in story.sockets


def sigterm_ends_the_bot_with_exit_code_0(story: Story) -> None:
    assert story.first_run.code == 0


def a_token_that_the_gateway_does_not_accept_ends_the_bot_with_one_line(story: Story) -> None:
    assert story.second_run.code == 2
    assert story.second_run.last_line.startswith("Discord does not accept DISCORD_TOKEN.")
    assert "Traceback" not in story.second_run.err


def the_token_is_nowhere_in_the_log_at_debug_level(story: Story) -> None:
    assert "logging in using static token" in story.first_run.err
    for run in (story.first_run, story.second_run):
        assert TOKEN not in run.out + run.err


def every_line_of_a_json_log_is_an_object(story: Story) -> None:
    *log, _sentence = story.second_run.err.splitlines()
    levels = [json.loads(line)["level"] for line in log]
    assert {"debug", "info"} <= set(levels)


CHECKS: tuple[Callable[[Story], None], ...] = (
    the_commands_are_registered_once_in_two_runs,
    both_runs_log_in_with_the_token,
    a_position_is_answered_with_its_preferred_claim,
    an_answer_is_ephemeral_and_in_components_v2,
    typing_is_answered_with_names_and_slugs,
    a_hint_that_comes_too_late_is_not_logged_as_an_error,
    a_lost_session_is_resumed_through_the_gateway_that_was_configured,
    sigterm_ends_the_bot_with_exit_code_0,
    a_token_that_the_gateway_does_not_accept_ends_the_bot_with_one_line,
    the_token_is_nowhere_in_the_log_at_debug_level,
    every_line_of_a_json_log_is_an_object,
)


async def test_a_bot_answers_resumes_and_ends_on_the_discord_that_two_settings_name(
    tmp_path: Path, loaded: Path, seeds: Seeds
) -> None:
    shutil.copyfile(loaded, tmp_path / "parley.db")
    claims = [entry for entry in seeds.entries if (entry.party, entry.topic) == ("russia", "security-guarantees")]
    (preferred,) = (entry.claim for entry in claims if entry.rank is Rank.PREFERRED)
    story = await play(tmp_path, preferred)
    for check in CHECKS:
        check(story)


async def test_a_bot_that_waits_for_discord_ends_at_sigterm(tmp_path: Path, loaded: Path) -> None:
    shutil.copyfile(loaded, tmp_path / "parley.db")
    silent = frozenset({"/users/@me"})
    async with discord_stub(silent=silent) as stub, running(tmp_path, "run", settings=on(stub)) as bot:
        await stub.until(lambda: bool(stub.calls))
        ended = await bot.terminated()
    assert ended.code == 0
    assert "Traceback" not in ended.err


async def test_a_bot_whose_gateway_is_silent_ends_at_sigterm(tmp_path: Path, loaded: Path) -> None:
    shutil.copyfile(loaded, tmp_path / "parley.db")
    silent = frozenset({GATEWAY})
    async with discord_stub(silent=silent) as stub, running(tmp_path, "run", settings=on(stub)) as bot:
        await stub.until(lambda: bool(stub.sockets))
        ended = await bot.terminated()
    assert ended.code == 0
    assert "Traceback" not in ended.err


async def test_a_token_that_discord_refuses_ends_the_bot_with_one_line(tmp_path: Path, loaded: Path) -> None:
    shutil.copyfile(loaded, tmp_path / "parley.db")
    token = "a-wrong-token-that-is-still-a-secret"  # noqa: S105 - no secret of anything
    async with discord_stub() as stub:
        settings = {**on(stub), "DISCORD_TOKEN": token}
        async with running(tmp_path, "run", settings=settings) as bot:
            ended = await bot.ended()
    assert ended.code == 2
    assert ended.last_line.startswith("Discord does not accept DISCORD_TOKEN.")
    assert "Traceback" not in ended.err
    assert token not in ended.out + ended.err


async def test_a_discord_that_cannot_be_reached_ends_the_bot_with_one_line(tmp_path: Path, loaded: Path) -> None:
    shutil.copyfile(loaded, tmp_path / "parley.db")
    async with discord_stub() as gone:
        settings = on(gone)
    async with running(tmp_path, "run", settings=settings) as bot:
        ended = await bot.ended()
    assert ended.code == 1
    assert ended.last_line.startswith("Discord cannot be reached:")
    assert "Traceback" not in ended.err
    assert TOKEN not in ended.out + ended.err


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v10"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/api/v10"),
        ("http://proxy:8080/api/v10", "http://proxy:8080/api/v10"),
        ("https://proxy/discord/api/v9/", "https://proxy/discord/api/v9"),
    ],
)
def test_all_rest_requests_go_to_the_configured_address(url: str, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    endpoints.use_api(url)
    assert Route("GET", "/users/@me").url == f"{base}/users/@me"


def test_the_address_that_ready_names_does_not_replace_the_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    monkeypatch.setattr(DiscordWebSocket, "gateway", None, raising=False)
    endpoints.use_gateway("ws://proxy:9000/gateway")
    socket = DiscordWebSocket.__new__(DiscordWebSocket)
    socket.gateway = yarl.URL("wss://gateway-us-east1-b.discord.gg")
    assert str(socket.gateway) == str(DiscordWebSocket.DEFAULT_GATEWAY) == "ws://proxy:9000/gateway"


def _text(components: list[dict[str, Any]]) -> str:
    parts = [part.get("content", "") + _text(part.get("components", [])) for part in components]
    return "\n".join(parts)
