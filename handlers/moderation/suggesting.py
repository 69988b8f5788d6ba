"""``/suggest`` and the menus of messages: what everyone may put before the approvers."""

from dataclasses import replace

import discord
from discord import app_commands

from handlers import completion
from handlers.asking import Commands
from handlers.moderation import entries
from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.forms import Form, Work, for_everyone, open_form
from handlers.moderation.options import PARTY, TOPIC, Name
from handlers.moderation.starting import from_message, new_form
from handlers.views import desk_of
from knowledge.moderation.drafts import Draft
from knowledge.moderation.outcomes import Submitted

RATE, SECONDS = 3, 60.0
unhurried = app_commands.checks.cooldown(
    RATE, SECONDS, key=lambda interaction: (interaction.client, interaction.user.id)
)
"""A member, wherever they are, may open so many forms in so many seconds; others are never kept waiting by that."""


@app_commands.command(description="Suggest an entry; the moderators of this server decide")
@app_commands.describe(
    party=PARTY,
    topic=TOPIC,
    notify="Tell you by a direct message what became of it",
)
@app_commands.autocomplete(party=completion.parties, topic=completion.topics)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
@unhurried
async def suggest(
    interaction: discord.Interaction, party: Name | None = None, topic: Name | None = None, notify: bool = False
) -> None:
    """Opens the form for a suggestion."""
    draft = Draft("", party=party or "", topic=topic or "")
    await open_form(interaction, await _form(interaction, draft, _sending(None, notify=notify)))


@app_commands.context_menu(name="Suggest from this message")
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
@unhurried
async def suggest_message(interaction: discord.Interaction, message: discord.Message) -> None:
    """Opens the form for a suggestion with a message's words."""
    work = _sending(message.jump_url, notify=False)
    await open_form(interaction, await _form(interaction, from_message(message), work))


async def _form(interaction: discord.Interaction, draft: Draft, work: Work) -> Form:
    return replace(await new_form(interaction, "suggest", draft, work), gate=for_everyone)


def _sending(message_url: str | None, *, notify: bool) -> Work:
    async def work(interaction: discord.Interaction, draft: Draft) -> Submitted:
        service, caller = desk_of(interaction).moderation, caller_of(interaction)
        return await service.suggest(server_of(interaction), caller, draft, message_url, notify=notify)

    return work


COMMANDS: Commands = (suggest,)
CONTEXT_MENUS = (suggest_message, *entries.CONTEXT_MENUS)
