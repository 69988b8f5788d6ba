"""``/privacy``: what is stored about who asks, in this server or (in a DM) in all, and how to be forgotten."""

import discord

from handlers.desk import scope_of
from handlers.moderation.groups import privacy
from handlers.moderation.replacing import in_place
from handlers.moderation.telling import reply, soon
from handlers.render.moderation.privacy import render_asked, render_export, render_forgotten, render_stored
from handlers.views import desk_of


@privacy.command(name="show", description="What is stored about you here; in a DM, everywhere")
async def show(interaction: discord.Interaction) -> None:
    """Shows what is stored about who asks."""
    stored = desk_of(interaction).moderation.stored_about(scope_of(interaction), interaction.user.id)
    await reply(interaction, render_stored(await soon(interaction, stored), _names(interaction)))


@privacy.command(name="export", description="What is stored about you, as a file")
async def export(interaction: discord.Interaction) -> None:
    """The same as a file."""
    exported = desk_of(interaction).moderation.privacy_export(scope_of(interaction), interaction.user.id)
    await reply(interaction, render_export(await soon(interaction, exported)))


@privacy.command(name="forget-me", description="Makes what you did here the work of a pseudonym; asks before it does")
async def forget_me(interaction: discord.Interaction) -> None:
    """Says what forgetting means, and asks."""
    stored = desk_of(interaction).moderation.stored_about(scope_of(interaction), interaction.user.id)
    await reply(interaction, render_asked(await soon(interaction, stored), _names(interaction)))


async def forget(interaction: discord.Interaction, _: str) -> None:
    """Forgets who stands behind the handles of who clicked."""
    await interaction.response.defer()
    handles = await desk_of(interaction).moderation.forget(scope_of(interaction), interaction.user.id)
    await in_place(interaction, render_forgotten(handles))


def _names(interaction: discord.Interaction) -> dict[int, str]:
    return {guild.id: guild.name for guild in interaction.client.guilds}
