"""The options of ``/briefing``, and what is offered while they are typed."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import discord
import structlog
from discord import app_commands

from handlers.completion import Choices
from handlers.desk import scope_of
from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.places import Place
from handlers.render.paging import OPTION_LABEL_LIMIT, OPTION_LIMIT
from handlers.render.subscriptions import subscription_label
from handlers.render.text import clip
from handlers.views import desk_of
from knowledge.briefing.cadence import WEEKDAYS, Cadence
from knowledge.briefing.model import WhenQuiet
from knowledge.errors import ParleyError, Slot

Command = TypeVar("Command", bound=Callable[..., Any])
log = structlog.get_logger(__name__)
Typed = app_commands.Range[str, 1, 100]
Names = app_commands.Range[str, 1, 1_000]
EVERY = [app_commands.Choice(name=each.value, value=each.value) for each in Cadence]
QUIET = [
    app_commands.Choice(name="silent: no message", value=WhenQuiet.SILENT.value),
    app_commands.Choice(name="line: a line that nothing has changed", value=WhenQuiet.LINE.value),
]
MONTH_DAYS = ("1", "15", "last")
"""The days of a month that are offered; others can be typed."""
WHICH = "Which one? Pick it while typing; the one of this channel if you leave it out"
ALL = ("-", "all")
"""Typed for parties or topics, it means all of them."""


def meant(interaction: discord.Interaction, subscription: str | None, channel: Place | None) -> str:
    """What names a subscription: its own option, or a channel, or where the command is used."""
    return subscription or str(channel.id if channel else interaction.channel_id)


def names_in(typed: str | None) -> Sequence[str] | None:
    """The names of a list with commas; none for all, None where nothing was typed."""
    if typed is None:
        return None
    names = [name for part in re.split(r"[,;\n]", typed) if (name := part.strip())]
    return [name for name in names if name.casefold() not in ALL]


async def subscriptions(interaction: discord.Interaction, current: str) -> Choices:
    """The server's subscriptions, by channel and cadence, for its editors."""
    try:
        found = await desk_of(interaction).briefings.subscriptions(server_of(interaction), caller_of(interaction))
    except ParleyError:  # for editors
        return []
    except Exception:  # a hint that fails must not be in the way of typing on
        log.exception("autocomplete.failed", option="subscription")
        return []
    labels = [(subscription_label(each, _channel_name(interaction, each.channel)), each.id) for each in found]
    wanted = current.strip().casefold()
    offered = [(label, key) for label, key in labels if wanted in label.casefold() or wanted == key]
    return [
        app_commands.Choice(name=clip(label, OPTION_LABEL_LIMIT), value=key) for label, key in offered[:OPTION_LIMIT]
    ]


def naming_one(command: Command) -> Command:
    """Describes the two options by which a command names a subscription, and offers what they can be."""
    described = app_commands.describe(subscription=WHICH, channel="Or its channel")(command)
    return app_commands.autocomplete(subscription=subscriptions)(described)


async def days(_: discord.Interaction, current: str) -> Choices:
    """Weekdays, and days of a month."""
    wanted = current.strip().casefold()
    found = [day for day in (*WEEKDAYS, *MONTH_DAYS) if day.startswith(wanted)]
    return [app_commands.Choice(name=day.capitalize(), value=day) for day in found]


async def parties(interaction: discord.Interaction, current: str) -> Choices:
    """Parties, for the last name of a list."""
    return await _last_of(interaction, Slot.PARTY, current)


async def topics(interaction: discord.Interaction, current: str) -> Choices:
    """Topics, for the last name of a list."""
    return await _last_of(interaction, Slot.TOPIC, current)


async def _last_of(interaction: discord.Interaction, slot: Slot, current: str) -> Choices:
    head, comma, last = current.rpartition(",")
    before = f"{head.strip()}, " if comma else ""
    try:
        found = await desk_of(interaction).complete(scope_of(interaction), slot, last.strip())
    except Exception:  # as above
        log.exception("autocomplete.failed", slot=slot)
        return []
    offered = [(f"{before}{name}", f"{before}{slug}") for name, slug in found]
    return [
        app_commands.Choice(name=clip(name, OPTION_LABEL_LIMIT), value=value)
        for name, value in offered
        if len(value) <= OPTION_LABEL_LIMIT
    ]


def _channel_name(interaction: discord.Interaction, channel: int) -> str | None:
    found = interaction.guild.get_channel_or_thread(channel) if interaction.guild else None
    return found.name if found else None
