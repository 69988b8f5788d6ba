"""``/position`` and ``/compare``."""

import discord
from discord import app_commands

from handlers import completion
from handlers.asking import Commands, ask
from knowledge.requests import ComparisonRequest, PositionRequest


@app_commands.command(description="Where a party stands on a topic, with sources")
@app_commands.describe(
    party="Who? A party, a capital, a person: Russia, kremlin, Putin …",
    topic="On what? A topic or a word for it: territory, Crimea, army …",
    as_of="As recorded by a date (2026-11-22, 2026-11), or as said by one (said 2022)",
)
@app_commands.autocomplete(party=completion.parties, topic=completion.topics)
async def position(
    interaction: discord.Interaction,
    party: app_commands.Range[str, 1, 200],
    topic: app_commands.Range[str, 1, 200],
    as_of: app_commands.Range[str, 1, 40] | None = None,
) -> None:
    """Where a party stands on a topic."""
    await ask(interaction, PositionRequest(party, topic, as_of or ""))


@app_commands.command(description="Two parties side by side on a topic: what they agree and differ on")
@app_commands.describe(
    topic="On what? A topic or a word for it",
    first="The one party (the principal ones, if you name none)",
    second="The other party",
)
@app_commands.autocomplete(topic=completion.topics, first=completion.parties, second=completion.parties)
async def compare(
    interaction: discord.Interaction,
    topic: app_commands.Range[str, 1, 200],
    first: app_commands.Range[str, 1, 200] | None = None,
    second: app_commands.Range[str, 1, 200] | None = None,
) -> None:
    """Two parties side by side."""
    await ask(interaction, ComparisonRequest(topic, first or "", second or ""))


COMMANDS: Commands = (position, compare)
