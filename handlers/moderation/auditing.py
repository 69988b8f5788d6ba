"""``/audit``: the trail of all changes as a file, and whether it is whole."""

import discord

from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.groups import audit
from handlers.moderation.telling import reply, soon
from handlers.render.moderation.trail import render_trail, render_verified
from handlers.views import desk_of


@audit.command(name="export", description="Every change in this server as a file, one a line")
async def export(interaction: discord.Interaction) -> None:
    """The trail as a file."""
    exported = desk_of(interaction).moderation.audit_export(server_of(interaction), caller_of(interaction))
    await reply(interaction, render_trail(await soon(interaction, exported)))


@audit.command(name="verify", description="Whether the trail of changes is whole")
async def verify(interaction: discord.Interaction) -> None:
    """Follows the chain of changes from the first to the last."""
    verified = desk_of(interaction).moderation.audit_verify(server_of(interaction), caller_of(interaction))
    await reply(interaction, render_verified(await soon(interaction, verified)))
