"""``/entry add`` and ``revise``, and *Add to knowledge*."""

from dataclasses import replace

import discord
from discord import app_commands

from handlers import completion
from handlers.asking import Commands
from handlers.moderation import groups, showing, standing
from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.completion import entries
from handlers.moderation.fields import fields_of_old, required_of
from handlers.moderation.forms import Form, open_form
from handlers.moderation.options import ENTRY, PARTY, TOPIC, EntryId, Name, Note, Speaker
from handlers.moderation.starting import from_message, new_form, to_edit
from handlers.render.claims import KINDS
from handlers.render.moderation.forms import TITLES, form_title
from handlers.views import desk_of
from knowledge.model import Kind
from knowledge.moderation.drafts import Draft, draft_of
from knowledge.moderation.outcomes import Outcome

KIND_CHOICES = [app_commands.Choice(name=name, value=kind.value) for kind, name in KINDS.items()]
NONE = "-"
"""Typed for an option, it means that there is nothing of that."""
_SPEAKER = "Who said it, if not the party as such"
_CONTESTED = "What the sources disagree on about it"


@groups.entry.command(description="Add an entry to this server's knowledge")
@app_commands.describe(
    party=PARTY,
    topic=TOPIC,
    kind="What it tells; a stance if you leave it out",
    speaker=_SPEAKER,
    contested=_CONTESTED,
)
@app_commands.choices(kind=KIND_CHOICES)
@app_commands.autocomplete(party=completion.parties, topic=completion.topics)
async def add(
    interaction: discord.Interaction,
    party: Name | None = None,
    topic: Name | None = None,
    kind: str = Kind.STANCE.value,
    speaker: Speaker | None = None,
    contested: Note | None = None,
) -> None:
    """Opens the form for a new entry."""
    draft = Draft("", kind=kind, party=party or "", topic=topic or "", speaker=speaker or "", contested=contested or "")
    await open_form(interaction, await new_form(interaction, "add", draft, _add))


@groups.entry.command(description="Change what an entry says, in this server only")
@app_commands.describe(
    entry=ENTRY, speaker=f"{_SPEAKER}; {NONE} for nobody", contested=f"{_CONTESTED}; {NONE} for nothing"
)
@app_commands.autocomplete(entry=entries)
async def revise(
    interaction: discord.Interaction, entry: EntryId, speaker: Speaker | None = None, contested: Note | None = None
) -> None:
    """Opens the form of an entry as it is."""
    seen = await to_edit(interaction, entry)
    draft = draft_of(seen)
    draft = replace(draft, speaker=_option(speaker, draft.speaker), contested=_option(contested, draft.contested))
    key, version = seen.revision.entry.id, seen.revision.sequence

    async def work(interaction: discord.Interaction, draft: Draft) -> Outcome:
        service = desk_of(interaction).moderation
        return await service.revise(server_of(interaction), caller_of(interaction), key, version, draft)

    form = Form(
        name=f"revise:{key}:{version}",
        title=form_title(TITLES["revise"], key),
        draft=draft,
        fields=fields_of_old(draft),
        required=required_of(draft),
        work=work,
    )
    await open_form(interaction, form)


@app_commands.context_menu(name="Add to knowledge")
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
async def add_message(interaction: discord.Interaction, message: discord.Message) -> None:
    """Opens the form for a new entry with a message's words."""
    await open_form(interaction, await new_form(interaction, "add", from_message(message), _add))


async def _add(interaction: discord.Interaction, draft: Draft) -> Outcome:
    return await desk_of(interaction).moderation.add(server_of(interaction), caller_of(interaction), draft)


def _option(typed: str | None, before: str) -> str:
    return before if typed is None else "" if typed.strip() == NONE else typed


ENTRY_COMMANDS: Commands = (add, revise, *standing.COMMANDS, *showing.COMMANDS)
"""What the group ``/entry`` has got from here; files and words have files of their own."""
CONTEXT_MENUS = (add_message,)
