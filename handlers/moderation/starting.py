"""What a form starts with: options of a command, somebody's message, or the entry as it is."""

from dataclasses import replace
from typing import Literal

import discord

from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.fields import fields_of_new, required_of
from handlers.moderation.forms import Form, Work
from handlers.render.moderation.forms import TITLES, form_title, message_source
from handlers.views import desk_of
from knowledge.errors import Slot
from knowledge.model import CLAIM_LENGTH
from knowledge.moderation.drafts import Draft
from knowledge.moderation.model import Visible
from knowledge.moderation.text import characters, visible


async def new_form(interaction: discord.Interaction, name: Literal["add", "suggest"], draft: Draft, work: Work) -> Form:
    """The form for a new entry; it asks for the party and the topic that the draft does not name exactly."""
    party, party_name = await _meant(interaction, Slot.PARTY, draft.party)
    topic, topic_name = await _meant(interaction, Slot.TOPIC, draft.topic)
    draft = replace(draft, party=party, topic=topic)
    return Form(
        name=name,
        title=form_title(TITLES[name], party_name, topic_name),
        draft=draft,
        fields=fields_of_new(draft, is_party_sure=bool(party_name), is_topic_sure=bool(topic_name)),
        required=required_of(draft),
        work=work,
    )


def from_message(message: discord.Message) -> Draft:
    """A draft with the words of a message, cut where they are too long for a claim, and the message as its source."""
    words = " ".join(visible(message.content).split())
    claim = "".join(characters(words)[:CLAIM_LENGTH])
    return Draft(claim, sources=message_source(message.created_at, message.jump_url))


async def to_edit(interaction: discord.Interaction, entry_id: str) -> Visible:
    """An entry as it is, for who may change it."""
    return await desk_of(interaction).moderation.to_edit(server_of(interaction), caller_of(interaction), entry_id)


async def _meant(interaction: discord.Interaction, slot: Slot, typed: str) -> tuple[str, str]:
    """The slug and name that are meant; without the name where it is only likely, so that the form asks."""
    if not typed.strip():
        return "", ""
    found = await desk_of(interaction).moderation.complete_name(server_of(interaction), slot, typed)
    wanted = typed.strip().casefold()
    exact = [(slug, name) for name, slug in found if wanted in (slug, name.casefold())]
    return exact[0] if exact else (found[0][1] if found else typed, "")
