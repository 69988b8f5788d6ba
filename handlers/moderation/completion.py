"""Autocomplete of entries: over ids and the words of claims."""

import discord
import structlog
from discord import app_commands

from handlers.completion import Choices
from handlers.moderation.caller import server_of
from handlers.render.paging import OPTION_LABEL_LIMIT
from handlers.render.text import clip
from handlers.views import desk_of

log = structlog.get_logger(__name__)


async def entries(interaction: discord.Interaction, current: str) -> Choices:
    """Entries of which the id or words of the claim are being typed."""
    try:
        found = await desk_of(interaction).moderation.find_entries(server_of(interaction), current)
    except Exception:  # a hint that fails must not be in the way of typing on
        log.exception("autocomplete.failed", slot="entry")
        return []
    return [
        app_commands.Choice(name=clip(f"{each.entry.id} · {each.entry.claim}", OPTION_LABEL_LIMIT), value=each.entry.id)
        for each in found
    ]
