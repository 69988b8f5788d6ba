"""``/party`` and ``/topic``."""

import discord
from discord import app_commands

from handlers import completion
from handlers.asking import Commands, ask
from knowledge.requests import PartyRequest, TopicRequest


@app_commands.command(description="A party's profile: role, people, and its main claim on each topic")
@app_commands.describe(name="A party, a capital, a person")
@app_commands.autocomplete(name=completion.parties)
async def party(interaction: discord.Interaction, name: app_commands.Range[str, 1, 200]) -> None:
    """A party's profile."""
    await ask(interaction, PartyRequest(name))


@app_commands.command(description="One topic across all parties")
@app_commands.describe(name="A topic or a word for it")
@app_commands.autocomplete(name=completion.topics)
async def topic(interaction: discord.Interaction, name: app_commands.Range[str, 1, 200]) -> None:
    """One topic across all parties."""
    await ask(interaction, TopicRequest(name))


COMMANDS: Commands = (party, topic)
