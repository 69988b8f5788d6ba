"""What comes in from the gateway: marked for the log, dropped where malformed, not taken once the bot stops."""

from collections.abc import Callable, Mapping, MutableMapping
from functools import partial
from typing import Any

import discord
import structlog
from structlog.contextvars import bound_contextvars

log = structlog.get_logger(__name__)

Data = Mapping[str, Any]
Parser = Callable[[Any], None]
SESSION = "READY"
"""Without it there is no session: a malformed one has to end the process, so that somebody notices."""
COMMAND, AUTOCOMPLETE = discord.InteractionType.application_command.value, discord.InteractionType.autocomplete.value
FORMS = (discord.InteractionType.component.value, discord.InteractionType.modal_submit.value)
GROUPS = (discord.AppCommandOptionType.subcommand_group.value, discord.AppCommandOptionType.subcommand.value)


class Intake:
    """Stands before discord.py's parsers of events: what one of them raises would end the whole connection."""

    def __init__(self, parsers: MutableMapping[str, Parser], on_malformed: Callable[[], None]) -> None:
        self.is_open, self._on_malformed = True, on_malformed
        for event, parser in parsers.items():
            if event != SESSION:
                parsers[event] = partial(self._take, event, parser)

    def close(self) -> None:
        """Takes nothing any more: what comes is for the process that is started instead."""
        self.is_open = False

    def _take(self, event: str, parser: Parser, data: Any) -> None:
        if not self.is_open:
            return
        try:
            with bound_contextvars(**marks_of(event, data)):  # tasks that the parser starts keep them
                parser(data)
        except Exception as error:
            self._on_malformed()
            log.warning("gateway.malformed", event_type=event, reason=type(error).__name__)
            log.debug("gateway.malformed.why", exc_info=True)  # may quote what somebody wrote


def marks_of(event: str, data: Data) -> dict[str, Any]:
    """What every line of the log tells about the work that an event starts; no more than ids and names of commands.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: the event lacks what any of its kind has.
    """
    if event == "INTERACTION_CREATE":
        kind = discord.InteractionType(data["type"])
        _ = data.get("member") or data["user"]  # without either, discord.py would fail later, in a task of its own
        return {"request": short(data["id"]), "kind": kind.name, "guild": data.get("guild_id"), **_command(data)}
    if event == "MESSAGE_CREATE":
        return {"request": short(data["id"]), "kind": "message", "guild": data.get("guild_id")}
    return {}


def short(snowflake: str) -> str:
    """An id as it stands in the log: short, and different for all that happen at about the same time."""
    return f"{int(snowflake) & 0xFFFFFFFF:08x}"


def _command(data: Data) -> dict[str, str]:
    if data["type"] in FORMS:
        _ = data["data"]["custom_id"]  # not told: it may hold what somebody typed
    return {"command": _name(data["data"])} if data["type"] in (COMMAND, AUTOCOMPLETE) else {}


def _name(command: Data) -> str:
    inner = next((each for each in command.get("options", []) if each.get("type") in GROUPS), None)
    return f"{command['name']} {_name(inner)}" if inner else str(command["name"])
