"""``/entry supersede``, ``retract`` and ``restore``: whether an entry stands, with the reason."""

import discord
from discord import app_commands

from handlers.asking import Commands
from handlers.moderation import groups
from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.completion import entries
from handlers.moderation.forms import Form, open_form
from handlers.moderation.options import ENTRY, EntryId
from handlers.moderation.starting import to_edit
from handlers.render.moderation.forms import TITLES, claim_note, form_title
from handlers.views import desk_of
from knowledge.model import Status
from knowledge.moderation.drafts import Draft
from knowledge.moderation.outcomes import Outcome


@groups.entry.command(description="Mark an entry as no longer held, in this server only")
@app_commands.describe(entry=ENTRY)
@app_commands.autocomplete(entry=entries)
async def supersede(interaction: discord.Interaction, entry: EntryId) -> None:
    """Asks for the reason, then marks the entry as no longer held."""
    await _open_status(interaction, entry, Status.SUPERSEDED)


@groups.entry.command(description="Take back an entry that was wrongly recorded, in this server only")
@app_commands.describe(entry=ENTRY)
@app_commands.autocomplete(entry=entries)
async def retract(interaction: discord.Interaction, entry: EntryId) -> None:
    """Asks for the reason, then retracts the entry."""
    await _open_status(interaction, entry, Status.RETRACTED)


@groups.entry.command(description="Let an entry stand again, in this server only")
@app_commands.describe(entry=ENTRY)
@app_commands.autocomplete(entry=entries)
async def restore(interaction: discord.Interaction, entry: EntryId) -> None:
    """Asks for the reason, then lets the entry stand again."""
    await _open_status(interaction, entry, Status.ACTIVE)


async def _open_status(interaction: discord.Interaction, entry_id: str, status: Status) -> None:
    revision = (await to_edit(interaction, entry_id)).revision
    key, version = revision.entry.id, revision.sequence

    async def work(interaction: discord.Interaction, draft: Draft) -> Outcome:
        service, scope = desk_of(interaction).moderation, server_of(interaction)
        return await service.set_status(scope, caller_of(interaction), key, version, status, draft.reason)

    form = Form(
        name=f"{status}:{key}:{version}",
        title=form_title(TITLES[status], key),
        draft=Draft(revision.entry.claim),
        fields=("reason",),
        required=frozenset({"reason"}),
        work=work,
        note=claim_note(revision.entry.claim),
    )
    await open_form(interaction, form)


COMMANDS: Commands = (supersede, retract, restore)
