"""From a command to the desk."""

from typing import Any

import discord
from discord import app_commands

from handlers.views import desk_of
from knowledge.requests import Request

REQUEST = "parley.request"
Commands = tuple[app_commands.Command[Any, ..., None], ...]
"""What a file of commands gives to the tree."""


async def ask(interaction: discord.Interaction, request: Request) -> None:
    """Answers the request; leaves it on the interaction, so that the error door can offer corrections of it."""
    interaction.extras[REQUEST] = request
    await desk_of(interaction).open(interaction, request)


async def on_command_error(interaction: discord.Interaction, error: BaseException) -> None:
    """The error door of the command tree."""
    await desk_of(interaction).fail(interaction, error, interaction.extras.get(REQUEST))
