"""``/entry show``, ``history`` and ``diff``: for everyone."""

import discord
from discord import app_commands

from handlers.asking import Commands, ask
from handlers.moderation import groups
from handlers.moderation.completion import entries
from handlers.moderation.options import ENTRY, EntryId
from knowledge.requests import EntryDiffRequest, EntryHistoryRequest, EntryRequest


@groups.entry.command(description="One entry with everything that is known about it")
@app_commands.describe(entry=ENTRY)
@app_commands.autocomplete(entry=entries)
async def show(interaction: discord.Interaction, entry: EntryId) -> None:
    """Shows an entry."""
    await ask(interaction, EntryRequest(entry))


@groups.entry.command(description="Every change of an entry: who, when, why and what")
@app_commands.describe(entry=ENTRY)
@app_commands.autocomplete(entry=entries)
async def history(interaction: discord.Interaction, entry: EntryId) -> None:
    """Shows the revisions of an entry."""
    await ask(interaction, EntryHistoryRequest(entry))


@groups.entry.command(description="What differs between two versions of an entry")
@app_commands.describe(
    entry=ENTRY, first="The number of the one version in the history", second="The number of the other; the last one"
)
@app_commands.autocomplete(entry=entries)
async def diff(
    interaction: discord.Interaction,
    entry: EntryId,
    first: app_commands.Range[int, 1] | None = None,
    second: app_commands.Range[int, 1] | None = None,
) -> None:
    """Shows what differs between two revisions."""
    await ask(interaction, EntryDiffRequest(entry, str(first or ""), str(second or "")))


COMMANDS: Commands = (show, history, diff)
