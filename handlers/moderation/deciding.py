"""What follows a decision on a proposal: the message shows it, the audit channel and the proposer are told."""

from collections.abc import Awaitable

import discord
import structlog

from handlers.moderation.caller import server_of
from handlers.moderation.replacing import in_place
from handlers.moderation.telling import reply, tell_channels
from handlers.render.card import Card
from handlers.render.moderation.outcomes import render_overtaken
from handlers.render.moderation.proposals import render_decided, render_proposal
from handlers.render.moderation.reviews import told_words
from handlers.views import desk_of
from knowledge.moderation.errors import AlreadyDecided
from knowledge.moderation.outcomes import Decided, Overtaken, Submitted

log = structlog.get_logger(__name__)


async def decide(interaction: discord.Interaction, decision: Awaitable[Decided]) -> None:
    """Decides; also if somebody was faster, the message that was clicked then shows what became of the proposal."""
    await interaction.response.defer()
    try:
        decided = await decision
    except AlreadyDecided as late:
        await in_place(interaction, _decided_card(interaction, Decided(late.proposal, who=late.who)))
        raise
    await tell_decided(interaction, decided)


async def tell_decided(interaction: discord.Interaction, decided: Decided) -> None:
    """Shows a decision in place of the message that was clicked (its click is acknowledged), and tells it."""
    match decided.outcome:
        case Overtaken() as late:
            await reply(interaction, render_overtaken(late))
        case Submitted(proposal, _, who, heads):
            await in_place(interaction, render_proposal(proposal, heads, who))
        case _:
            await in_place(interaction, _decided_card(interaction, decided))
            await tell_channels(interaction.client, desk_of(interaction), server_of(interaction), decided.outcome)
            await _tell_proposer(interaction, decided)


def _decided_card(interaction: discord.Interaction, decided: Decided) -> Card:
    """In a message that nobody else sees, with a way on."""
    is_own = interaction.message is not None and interaction.message.flags.ephemeral
    return render_decided(decided, goes_on=is_own)


async def _tell_proposer(interaction: discord.Interaction, decided: Decided) -> None:
    """In plain text, since a message of components shows nothing on a lock screen."""
    if decided.tell is None:
        return
    words = told_words(decided.proposal, interaction.guild.name if interaction.guild else "")
    try:
        channel = await interaction.client.create_dm(discord.Object(decided.tell))
        await channel.send(words, suppress_embeds=True)
    except discord.Forbidden as error:
        log.info("proposer.not_told", code=error.code)
