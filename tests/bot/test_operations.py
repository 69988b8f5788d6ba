"""``parley run`` as a process that is watched, gets nonsense from Discord, and is asked to end while it answers."""

import asyncio
import json
import shutil
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import discord

from tests.bot.processes import PATIENCE, Ended, on, running
from tests.fakes.discord_stub import TOKEN, DiscordStub, Op, discord_stub

MALFORMED: dict[str, Any] = {
    "nothing": None,
    "no fields": {},
    "a list": [],
    "no token": {"id": "10", "type": 2, "user": {}, "data": {"name": "about"}},
    "no data": {"id": "11", "application_id": "1", "type": 2, "token": "t", "version": 1, "user": {"id": "4"}},
    "nobody": {"id": "12", "application_id": "1", "type": 2, "token": "t", "version": 1, "data": {"name": "about"}},
    "no custom id": {"id": "13", "application_id": "1", "type": 3, "token": "t", "version": 1, "data": {}},
    "an id that is none": {"id": "private words", "type": 2, "user": {}, "data": {"name": "about"}},
    "an unknown type": {"id": "14", "type": 99, "token": "t", "version": 1, "data": {}},
}
ANSWERED_ELSEWHERE, GONE, HELD = 20, 21, 22
QUESTION = "what does the Kremlin say about Crimea?"


@dataclass
class Story:
    """One run, as Discord and the operator saw it. Played once: it takes seconds."""

    alive: int = 0
    ready: tuple[int, dict[str, Any]] = (0, {})
    metrics: str = ""
    answers: list[dict[str, Any]] = field(default_factory=list)
    stopping: tuple[int, dict[str, Any]] = (0, {})
    is_held_answer_taken: bool = False
    run: Ended = field(default_factory=lambda: Ended(-1, "", ""))


async def play(folder: Path) -> Story:
    """The bot is looked at, gets nonsense, answers, comes too late twice, and is told to end while it answers."""
    story, port = Story(), _free_port()
    settings = {"PARLEY_WEB_PORT": str(port), "PARLEY_LOG_FORMAT": "json"}
    async with (
        discord_stub() as stub,
        running(folder, "run", settings={**on(stub), **settings}) as bot,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as web,
    ):
        await stub.until(lambda: len(stub.received(Op.IDENTIFY)) == 1)
        for payload in MALFORMED.values():
            await stub.dispatch("INTERACTION_CREATE", payload)
        await stub.dispatch("GUILD_CREATE", {})
        now = discord.utils.time_snowflake(discord.utils.utcnow())
        story.answers.append(await stub.send_interaction(now, "position", {"party": "russia", "topic": "security"}))
        story.answers.append(await stub.send_interaction(now + 1, "ask", {"question": QUESTION}))
        story.answers.append(await stub.send_interaction(now + 2, "party", {"name": "xqzwvkj"}))
        stub.answered.add(ANSWERED_ELSEWHERE)
        stub.expired.add(GONE)
        await stub.send_interaction(ANSWERED_ELSEWHERE, "about", {})
        await stub.send_interaction(GONE, "about", {})
        await stub.dispatch("INTERACTION_CREATE", {})
        story.alive = (await web.get("/healthz")).status
        story.ready = await _until(web, lambda checks: bool(checks["ok"]))
        story.metrics = await _metrics(web, lambda text: 'outcome="gone"} 2.0' in text)
        await _end(story, stub, bot.terminated, web)
    return story


async def _end(
    story: Story, stub: DiscordStub, terminated: Callable[[], Awaitable[Ended]], web: aiohttp.ClientSession
) -> None:
    stub.held[HELD] = asyncio.Event()
    await stub.begin_interaction(HELD, "about")
    ending = asyncio.ensure_future(terminated())
    story.stopping = await _until(web, lambda checks: not checks["gateway"]["ok"])
    await stub.dispatch("INTERACTION_CREATE", {"id": "too late"})
    stub.held[HELD].set()
    story.run = await ending
    story.is_held_answer_taken = HELD in stub.taken


async def _until(web: aiohttp.ClientSession, holds: Callable[[dict[str, Any]], bool]) -> tuple[int, dict[str, Any]]:
    async with asyncio.timeout(PATIENCE):
        while True:
            async with web.get("/readyz") as response:
                checks: dict[str, Any] = await response.json()
                if holds(checks):
                    return response.status, checks


async def _metrics(web: aiohttp.ClientSession, holds: Callable[[str], bool]) -> str:
    async with asyncio.timeout(PATIENCE):
        while True:
            async with web.get("/metrics") as response:
                if holds(text := await response.text()):
                    return text


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def lines(story: Story, event: str) -> list[dict[str, Any]]:
    """The lines of the log with this event."""
    return [line for each in story.run.err.splitlines() if (line := json.loads(each))["event"] == event]


def sample(story: Story, name: str) -> float:
    """The value of a metric, with its labels as they are written."""
    found = [line for line in story.metrics.splitlines() if line.startswith(f"{name} ")]
    assert len(found) == 1, (name, story.metrics)
    return float(found[0].split()[-1])


def a_ready_bot_says_so(story: Story) -> None:
    status, checks = story.ready
    assert (story.alive, status) == (200, 200)
    assert {name: check["ok"] for name, check in checks.items() if name != "ok"} == {
        "gateway": True,
        "database": True,
        "scheduler": True,
        "index": True,
    }
    assert checks["index"]["names"] > 500
    assert 0 <= checks["index"]["age_seconds"] < PATIENCE
    assert checks["database"]["seconds"] < 1


def nonsense_is_dropped_and_the_bot_still_answers(story: Story) -> None:
    assert [answer["type"] for answer in story.answers] == [4, 4, 4]
    dropped = [line["reason"] for line in lines(story, "gateway.malformed")]
    assert len(dropped) >= len(MALFORMED) + 1
    assert sample(story, "parley_gateway_malformed_total") >= len(MALFORMED) + 1


def what_nonsense_held_is_told_at_debug_level_alone(story: Story) -> None:
    told = [json.loads(line) for line in story.run.err.splitlines() if "private words" in line]
    assert {line["level"] for line in told} == {"debug"}


def commands_are_counted_by_how_they_ended(story: Story) -> None:
    for command, outcome, number in (
        ("position", "answered", 1),
        ("ask", "answered", 1),
        ("party", "refused", 1),
        ("about", "gone", 2),
    ):
        assert sample(story, f'parley_command_seconds_count{{command="{command}",outcome="{outcome}"}}') == number


def acknowledgements_are_timed_from_the_moment_on_discord(story: Story) -> None:
    name = 'parley_acknowledgement_seconds_{}{{kind="application_command"}}'
    assert sample(story, name.format("count")) == len(story.answers)
    assert 0 < sample(story, name.format("sum")) < PATIENCE


def questions_are_counted_by_what_they_mean(story: Story) -> None:
    assert sample(story, 'parley_questions_total{kind="stance"}') == 1


def requests_are_counted_by_route_without_ids(story: Story) -> None:
    name = 'parley_rest_seconds_count{{method="POST",route="/interactions/{{id}}/{{token}}/callback",status="{}"}}'
    assert [sample(story, name.format(status)) for status in (200, 400, 404)] == [len(story.answers), 1, 1]
    assert 'route="/applications/{id}/commands"' in story.metrics
    assert "token-" not in story.metrics


def figures_of_the_moment_are_measured(story: Story) -> None:
    assert sample(story, "parley_index_names") == story.ready[1]["index"]["names"]
    assert sample(story, "parley_servers") == 0
    assert sample(story, "parley_database_connections_in_use") >= 0
    assert sample(story, "parley_briefings_lag_seconds") == 0


def who_was_answered_elsewhere_or_left_is_no_trouble(story: Story) -> None:
    assert [line["interaction"] for line in lines(story, "interaction.gone")] == [ANSWERED_ELSEWHERE, GONE]
    traced = [json.loads(each) for each in story.run.err.splitlines() if "Traceback" in each]
    assert {line["event"] for line in traced} == {"gateway.malformed.why"}


def every_line_of_an_interaction_has_its_number_down_to_the_query(story: Story) -> None:
    request = f"{ANSWERED_ELSEWHERE:08x}"
    found = [line for each in story.run.err.splitlines() if (line := json.loads(each)).get("request") == request]
    assert {line["logger"] for line in found} >= {"handlers.desk", "knowledge.storage.engine", "discord.webhook.async_"}
    assert {(line["command"], line["kind"]) for line in found} == {("about", "application_command")}


def no_secret_and_no_question_is_written(story: Story) -> None:
    assert TOKEN not in story.run.out + story.run.err + story.metrics
    assert "token-" not in story.run.err
    shown = [each for each in story.run.err.splitlines() if json.loads(each)["level"] != "debug"]
    assert "Kremlin" not in "".join(shown)
    assert "xqzwvkj" not in "".join(shown) + story.metrics


def at_sigterm_the_answer_on_its_way_arrives_and_nothing_new_is_taken(story: Story) -> None:
    status, checks = story.stopping
    assert status == 503
    assert not checks["ok"]
    assert story.is_held_answer_taken
    assert story.run.code == 0
    assert not lines(story, "stopping.unfinished")


CHECKS: tuple[Callable[[Story], None], ...] = (
    a_ready_bot_says_so,
    nonsense_is_dropped_and_the_bot_still_answers,
    what_nonsense_held_is_told_at_debug_level_alone,
    commands_are_counted_by_how_they_ended,
    acknowledgements_are_timed_from_the_moment_on_discord,
    questions_are_counted_by_what_they_mean,
    requests_are_counted_by_route_without_ids,
    figures_of_the_moment_are_measured,
    who_was_answered_elsewhere_or_left_is_no_trouble,
    every_line_of_an_interaction_has_its_number_down_to_the_query,
    no_secret_and_no_question_is_written,
    at_sigterm_the_answer_on_its_way_arrives_and_nothing_new_is_taken,
)


async def test_a_bot_that_is_watched_stands_nonsense_and_ends_in_order(tmp_path: Path, loaded: Path) -> None:
    shutil.copyfile(loaded, tmp_path / "parley.db")
    story = await play(tmp_path)
    for check in CHECKS:
        check(story)
