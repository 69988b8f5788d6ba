"""What the log shows, and what it must never show."""

import json
import logging
from typing import Any, Literal

import discord
import pytest
import structlog

from bot import logs
from bot.settings import Settings
from handlers.errors import ALREADY_ANSWERED, UNKNOWN_INTERACTION

SECRET = "MTA2.a-token.that-nobody-may-see"  # noqa: S105 - of nothing
Form = Literal["console", "json"]
FORMS: tuple[Form, ...] = ("console", "json")

pytestmark = pytest.mark.usefixtures("logging_put_back")


class Response:
    """As much of an answer of Discord as its errors need."""

    status = 404
    reason = "Not Found"


def fail_with_the_secret() -> None:
    """Fails with a cause, both with the secret in their words."""
    try:
        raise ValueError(f"Bot {SECRET}")
    except ValueError as cause:
        raise RuntimeError({"Authorization": SECRET}) from cause


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_hidden_in_messages_and_their_arguments(form: Form, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("debug", form, [SECRET])
    logging.getLogger("discord.http").debug("Sending %s to %s", {"token": SECRET}, f"wss://x/{SECRET}")
    structlog.get_logger("bot").info(f"token {SECRET}", header=SECRET, nested={"deep": [SECRET]}, raw=SECRET.encode())
    written = capsys.readouterr().err
    assert SECRET not in written
    assert written.count(logs.HIDDEN) == 6


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_hidden_in_the_traces_of_errors_and_their_causes(
    form: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("debug", form, [SECRET])
    for log in (logging.getLogger("discord"), structlog.get_logger("bot")):
        try:
            fail_with_the_secret()
        except RuntimeError:
            log.exception("It failed.")
    written = capsys.readouterr().err
    assert SECRET not in written
    assert written.count("ValueError: Bot " + logs.HIDDEN) == 2
    assert written.count("fail_with_the_secret") >= 2


def test_without_a_secret_nothing_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "console", [""])
    logging.getLogger("bot").info("All is said.")
    assert "All is said." in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "https://discord.com/api/v10/webhooks/12/aW50-ZXJh_Y3.Rpb24/messages/@original",
        "/interactions/12/aW50-ZXJh_Y3.Rpb24/callback",
        "{'id': '12', 'token': 'aW50-ZXJh_Y3.Rpb24', 'type': 2}",
        '{"token": "aW50-ZXJh_Y3.Rpb24"}',
    ],
)
def test_what_an_interaction_can_be_answered_with_is_hidden(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("debug", "json")
    logging.getLogger("discord.http").warning("We are being rate limited: %s", text)
    written = capsys.readouterr().err
    assert "aW50" not in written
    assert written.count(logs.HIDDEN) == 1


def test_the_password_of_the_database_is_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    for url, secrets in (
        ("postgresql+asyncpg://parley:p%40ssword@db/parley", [SECRET, "p%40ssword", "p@ssword"]),
        ("postgresql+asyncpg://parley:bot@db/parley", [SECRET]),  # hiding it would spoil every "bot" in the log
        ("sqlite+aiosqlite:///data/parley.db", [SECRET]),
    ):
        monkeypatch.setenv("DATABASE_URL", url)
        assert Settings().secrets == secrets


def test_a_line_of_json_says_when_where_and_what(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json")
    logging.getLogger("discord.gateway").warning("Line\nbreak")
    structlog.get_logger("bot.house").info("base.compared", entries=3)
    theirs, ours = (_line(line) for line in capsys.readouterr().err.splitlines())
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("Line\nbreak", "warning", "discord.gateway")
    assert (ours["event"], ours["level"], ours["logger"], ours["entries"]) == ("base.compared", "info", "bot.house", 3)
    assert theirs["timestamp"].endswith("Z")


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning", "console")
    logging.getLogger("discord").info("Too much.")
    structlog.get_logger("bot").info("Too much.")
    logging.getLogger("discord").warning("Enough.")
    written = capsys.readouterr().err
    assert "Too much." not in written
    assert "Enough." in written


@pytest.mark.parametrize(
    ("code", "is_written"), [(UNKNOWN_INTERACTION, False), (ALREADY_ANSWERED, False), (10008, True)]
)
def test_an_autocomplete_answer_that_came_too_late_is_not_written(
    code: int, is_written: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("debug", "console")
    try:
        raise discord.NotFound(Response(), {"code": code, "message": "Unknown"})
    except discord.NotFound:
        logging.getLogger("discord.app_commands.tree").exception(
            "Ignoring exception in autocomplete for %r", "position"
        )
    assert ("Ignoring exception" in capsys.readouterr().err) == is_written


def _line(line: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(line)
    return content
