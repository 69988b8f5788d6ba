"""``/timeline``, ``/obstacles``, ``/proposals``, ``/sources`` and ``/about``."""

import discord
from discord import app_commands

from handlers import completion
from handlers.asking import Commands, ask
from knowledge.requests import AboutRequest, ObstaclesRequest, ProposalsRequest, SourcesRequest, TimelineRequest


@app_commands.command(description="What happened, in order, dated as precisely as the sources allow")
@app_commands.describe(party="Only events with this party", topic="Only events on this topic")
@app_commands.autocomplete(party=completion.parties, topic=completion.topics)
async def timeline(
    interaction: discord.Interaction,
    party: app_commands.Range[str, 1, 200] | None = None,
    topic: app_commands.Range[str, 1, 200] | None = None,
) -> None:
    """Events in order."""
    await ask(interaction, TimelineRequest(party or "", topic or ""))


@app_commands.command(description="What blocks a settlement")
async def obstacles(interaction: discord.Interaction) -> None:
    """What blocks a settlement."""
    await ask(interaction, ObstaclesRequest())


@app_commands.command(description="Ways out that were suggested, and by whom")
async def proposals(interaction: discord.Interaction) -> None:
    """Ways out that were suggested."""
    await ask(interaction, ProposalsRequest())


@app_commands.command(description="The documents behind the answers, and what was taken from each")
@app_commands.describe(document="One document, by number or title")
@app_commands.autocomplete(document=completion.documents)
async def sources(interaction: discord.Interaction, document: app_commands.Range[str, 1, 200] | None = None) -> None:
    """The documents, or what was taken from one."""
    await ask(interaction, SourcesRequest(document or ""))


@app_commands.command(description="What I am, what I know, and how to ask me")
async def about(interaction: discord.Interaction) -> None:
    """What the bot is."""
    await ask(interaction, AboutRequest())


COMMANDS: Commands = (timeline, obstacles, proposals, sources, about)
