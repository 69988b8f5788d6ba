"""The command tree: where commands may be used, and the one error door."""

import discord
from discord import app_commands

from handlers import ask, listings, overviews, positions
from handlers.asking import on_command_error

COMMANDS = (*positions.COMMANDS, *overviews.COMMANDS, *listings.COMMANDS, *ask.COMMANDS)


class ParleyTree(app_commands.CommandTree[discord.Client]):
    """All commands, in servers, DMs and private channels, for servers and for people who installed the app."""

    def __init__(self, client: discord.Client) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        for command in COMMANDS:
            self.add_command(command)
        for menu in ask.CONTEXT_MENUS:
            self.add_command(menu)

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tells the user, kindly; logs the trace."""
        await on_command_error(interaction, error)
