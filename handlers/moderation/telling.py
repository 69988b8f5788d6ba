"""Tells what came of a moderator's doing: to the moderator at once, to the audit and review channels after that."""

from collections.abc import Awaitable
from typing import TypeVar

import discord
import structlog

from handlers.custom_ids import Verb
from handlers.desk import Desk, patiently, send
from handlers.moderation.audit import post_audit
from handlers.render.card import Card
from handlers.render.layout import PageView, files_of
from handlers.render.moderation.outcomes import render_outcome
from handlers.render.moderation.proposals import render_proposal
from handlers.render.paging import pages
from knowledge.model import Scope
from knowledge.moderation.outcomes import Outcome, Submitted

log = structlog.get_logger(__name__)
T = TypeVar("T")


async def reply(interaction: discord.Interaction, card: Card) -> None:
    """Replies with the first page of a card, seen only by who acted."""
    await send(interaction, pages(card)[0], ephemeral=True)


async def soon(interaction: discord.Interaction, work: Awaitable[T]) -> T:
    """What ``work`` returns; if it takes long, Discord is told in time that an answer is coming."""
    return await patiently(interaction, work, Verb.OPEN)


async def tell_outcome(interaction: discord.Interaction, desk: Desk, scope: Scope, outcome: Outcome) -> None:
    """Says what came of a change, and lets those know who should."""
    await reply(interaction, render_outcome(outcome))
    await tell_channels(interaction.client, desk, scope, outcome)


async def tell_channels(client: discord.Client, desk: Desk, scope: Scope, outcome: Outcome | None) -> None:
    """Posts what waits to the review channel, and what was changed to the audit channel."""
    if isinstance(outcome, Submitted):
        await post(
            client, outcome.settings.review_channel, render_proposal(outcome.proposal, outcome.heads, outcome.who)
        )
    await post_audit(client, desk.moderation, scope)


async def post(client: discord.Client, channel_id: int | None, card: Card) -> bool:
    """Posts the first page of a card in a channel; False where there is none or the bot may not."""
    if channel_id is None:
        return False
    page = pages(card)[0]
    try:
        await client.get_partial_messageable(channel_id).send(view=PageView(page), files=files_of(page))
    except (discord.HTTPException, OSError) as error:  # the change is made: who made it must not be told otherwise
        log.warning("channel.not_told", channel=channel_id, reason=str(error))
        return False
    return True
