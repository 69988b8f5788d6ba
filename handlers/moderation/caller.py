"""Who clicked or typed, as the interaction says at this moment: roles may have changed since the button was made."""

import discord
from discord import app_commands

from knowledge.model import Scope
from knowledge.moderation.model import Caller


def caller_of(interaction: discord.Interaction) -> Caller:
    """The caller, with the roles and the permission that Discord sent along."""
    user = interaction.user
    roles = frozenset(role.id for role in user.roles) if isinstance(user, discord.Member) else frozenset()
    allowed = interaction.permissions
    return Caller(user.id, roles, allowed.manage_guild or allowed.administrator)


def server_of(interaction: discord.Interaction) -> Scope:
    """The server of an interaction.

    Raises:
        app_commands.NoPrivateMessage: it comes from a DM, where there is nothing to moderate.
    """
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    return Scope(interaction.guild_id)
