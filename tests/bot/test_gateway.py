"""What comes in from the gateway, before discord.py sees it."""

from typing import Any

import pytest
from structlog.contextvars import get_contextvars

from bot.gateway import Intake, Parser, marks_of

COMMAND: dict[str, Any] = {"id": "4295032834", "type": 2, "user": {"id": "4"}, "data": {"name": "about"}}
SHORT = "00010002"


def taken(event: str, data: Any, parser: Parser | None = None) -> tuple[list[Any], int]:
    """What the parser got, and how often something was malformed."""
    got: list[Any] = []
    malformed: list[None] = []
    parsers: dict[str, Parser] = {event: parser or got.append}
    Intake(parsers, lambda: malformed.append(None))
    parsers[event](data)
    return got, len(malformed)


def test_an_event_reaches_its_parser_as_it_is() -> None:
    assert taken("INTERACTION_CREATE", COMMAND) == ([COMMAND], 0)
    assert taken("GUILD_CREATE", {"id": "1"}) == ([{"id": "1"}], 0)


@pytest.mark.parametrize("missing", ["id", "type", "user", "data"])
def test_an_interaction_that_lacks_something_is_dropped(missing: str) -> None:
    data = {key: value for key, value in COMMAND.items() if key != missing}
    assert taken("INTERACTION_CREATE", data) == ([], 1)


def test_what_a_parser_cannot_read_ends_nothing() -> None:
    def fails(_: Any) -> None:
        raise LookupError("shards")

    assert taken("CHANNEL_UPDATE", {}, fails) == ([], 1)


def test_a_session_that_cannot_be_read_is_no_session() -> None:
    def fails(_: Any) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        taken("READY", {}, fails)


def test_once_closed_nothing_is_taken() -> None:
    got: list[Any] = []
    parsers: dict[str, Parser] = {"INTERACTION_CREATE": got.append}
    intake = Intake(parsers, lambda: None)
    intake.close()
    parsers["INTERACTION_CREATE"](COMMAND)
    parsers["INTERACTION_CREATE"]({})
    assert not got


def test_marks_last_for_the_work_and_no_longer() -> None:
    seen: list[dict[str, Any]] = []
    taken("INTERACTION_CREATE", COMMAND, lambda _: seen.append(get_contextvars()))
    assert seen == [{"request": SHORT, "kind": "application_command", "guild": None, "command": "about"}]
    assert not get_contextvars()


def test_marks_name_the_whole_command_and_nothing_that_was_typed() -> None:
    inner = {"name": "add", "type": 1, "options": [{"name": "word", "type": 3, "value": "secret"}]}
    group = {**COMMAND, "guild_id": "7", "data": {"name": "alias", "options": [inner]}}
    assert marks_of("INTERACTION_CREATE", group)["command"] == "alias add"
    assert "secret" not in str(marks_of("INTERACTION_CREATE", group))
    click = {**COMMAND, "type": 3, "data": {"custom_id": "typed words"}}
    assert marks_of("INTERACTION_CREATE", click) == {"request": SHORT, "kind": "component", "guild": None}
    message = {"id": "4295032834", "guild_id": "7", "content": "typed words"}
    assert marks_of("MESSAGE_CREATE", message) == {"request": SHORT, "kind": "message", "guild": "7"}
