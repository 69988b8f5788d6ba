"""Autocomplete: a help while typing, from memory; what is sent is resolved again all the same."""

import discord
import structlog
from discord import app_commands

from handlers.render.paging import OPTION_LABEL_LIMIT
from handlers.render.text import clip
from handlers.views import desk_of
from knowledge.errors import Slot

log = structlog.get_logger(__name__)
Choices = list[app_commands.Choice[str]]


async def parties(interaction: discord.Interaction, current: str) -> Choices:
    """Parties, principal ones first."""
    return _choices(interaction, Slot.PARTY, current)


async def topics(interaction: discord.Interaction, current: str) -> Choices:
    """Topics."""
    return _choices(interaction, Slot.TOPIC, current)


async def documents(interaction: discord.Interaction, current: str) -> Choices:
    """Documents."""
    return _choices(interaction, Slot.DOCUMENT, current)


def _choices(interaction: discord.Interaction, slot: Slot, current: str) -> Choices:
    try:
        found = desk_of(interaction).complete(slot, current)
    except Exception:  # a hint that fails must not be in the way of typing on
        log.exception("autocomplete.failed", slot=slot)
        return []
    return [app_commands.Choice(name=clip(name, OPTION_LABEL_LIMIT), value=slug) for name, slug in found]
