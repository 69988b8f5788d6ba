"""The command tree: where commands may be used, and the one error door."""

import discord
from discord import app_commands

from bot import timing
from bot.metrics import Metrics
from handlers import ask, listings, overviews, positions
from handlers.asking import on_command_error
from handlers.briefing import commands as briefings
from handlers.briefing import sending
from handlers.moderation import aliases, auditing, entries, importing, privacy, reviewing, settings, suggesting
from handlers.moderation.groups import GROUPS
from handlers.views import desk_of

COMMANDS = (
    *positions.COMMANDS,
    *overviews.COMMANDS,
    *listings.COMMANDS,
    *ask.COMMANDS,
    *suggesting.COMMANDS,
)
GROUPED = (aliases, auditing, briefings, entries, importing, privacy, reviewing, sending, settings)
"""Importing these has put their commands into ``GROUPS``."""
MENUS = (*ask.CONTEXT_MENUS, *suggesting.CONTEXT_MENUS)


class ParleyTree(app_commands.CommandTree[discord.Client]):
    """All commands, in servers, DMs and private channels, for servers and for people who installed the app."""

    def __init__(self, client: discord.Client, metrics: Metrics) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._metrics = metrics
        for command in COMMANDS:
            self.add_command(command)
        for menu in MENUS:
            self.add_command(menu)
        for group in GROUPS:
            self.add_command(group)

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Slows down who is too fast, alone; what is offered while somebody types costs nothing."""
        timing.begin(interaction)
        if interaction.type is not discord.InteractionType.autocomplete:
            desk_of(interaction).pace.note(interaction.user.id, interaction.created_at)
        return True

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tells the user, kindly; logs the trace."""
        await on_command_error(interaction, error)
        timing.end(self._metrics, interaction, timing.outcome_of(error))
