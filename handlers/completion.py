"""Autocomplete: a help while typing, from memory; what is sent is resolved again all the same."""

import discord
import structlog
from discord import app_commands

from handlers.desk import scope_of
from handlers.render.paging import OPTION_LABEL_LIMIT, OPTION_LIMIT
from handlers.render.text import clip
from handlers.views import desk_of
from knowledge.errors import Slot
from knowledge.zones import zones_like

log = structlog.get_logger(__name__)
Choices = list[app_commands.Choice[str]]


async def parties(interaction: discord.Interaction, current: str) -> Choices:
    """Parties, principal ones first."""
    return await _choices(interaction, Slot.PARTY, current)


async def topics(interaction: discord.Interaction, current: str) -> Choices:
    """Topics."""
    return await _choices(interaction, Slot.TOPIC, current)


async def documents(interaction: discord.Interaction, current: str) -> Choices:
    """Documents."""
    return await _choices(interaction, Slot.DOCUMENT, current)


async def time_zones(_: discord.Interaction, current: str) -> Choices:
    """IANA names of time zones."""
    return [app_commands.Choice(name=name, value=name) for name in zones_like(current, OPTION_LIMIT)]


async def _choices(interaction: discord.Interaction, slot: Slot, current: str) -> Choices:
    try:
        found = await desk_of(interaction).complete(scope_of(interaction), slot, current)
    except Exception:  # a hint that fails must not be in the way of typing on
        log.exception("autocomplete.failed", slot=slot)
        return []
    return [app_commands.Choice(name=clip(name, OPTION_LABEL_LIMIT), value=slug) for name, slug in found]
