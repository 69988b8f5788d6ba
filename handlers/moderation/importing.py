"""``/entry import`` and ``/entry export``: files in, always a dry run first, and out."""

import discord

from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.groups import entry
from handlers.moderation.replacing import in_place
from handlers.moderation.telling import reply, soon, tell_channels
from handlers.render.moderation.files import render_export, render_plan, render_too_large
from handlers.render.moderation.outcomes import render_outcome
from handlers.views import desk_of
from knowledge.moderation.files import Format
from knowledge.moderation.files.forms import FILE_BYTES


@entry.command(name="import", description="Add and change entries from a file: first a dry run")
@discord.app_commands.describe(file="YAML, JSON or CSV, up to 1 MB and 2,000 entries; `/entry export` shows the form")
async def import_file(interaction: discord.Interaction, file: discord.Attachment) -> None:
    """Shows what a file would do; nothing is changed yet."""
    scope, caller = server_of(interaction), caller_of(interaction)
    if file.size > FILE_BYTES:
        await reply(interaction, render_too_large(file.filename, file.size))
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    plan = await desk_of(interaction).moderation.plan_import(scope, caller, await file.read())
    await reply(interaction, render_plan(plan, file.filename))


async def apply(interaction: discord.Interaction, key: str) -> None:
    """Does what a dry run has shown, all or nothing."""
    desk, scope = desk_of(interaction), server_of(interaction)
    await interaction.response.defer()
    outcome = await desk.moderation.apply_import(scope, caller_of(interaction), key)
    await in_place(interaction, render_outcome(outcome))
    await tell_channels(interaction.client, desk, scope, outcome)


@entry.command(name="export", description="All entries of this server and their sources as a file")
@discord.app_commands.describe(format="The form of the file; each can be imported elsewhere")
async def export(interaction: discord.Interaction, format: Format) -> None:
    """All entries that the server sees."""
    exported = desk_of(interaction).moderation.export_entries(server_of(interaction), caller_of(interaction), format)
    await reply(interaction, render_export(await soon(interaction, exported), format))
