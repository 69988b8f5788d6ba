"""Tells moderators, once, of briefings that were not posted: in the audit channel, else the owner by DM."""

from functools import partial

import discord
import structlog

from handlers.briefing.delivering import Tools
from handlers.briefing.refusals import Refusal, refusal
from handlers.render.refusals import failure_notice
from knowledge.briefing.model import Delivery, Subscription
from knowledge.moderation.model import Settings

log = structlog.get_logger(__name__)


async def report_failures(tools: Tools) -> None:
    """Tells what is untold; what cannot be told now is told at the next call.

    The nonce keeps two processes, or one that was cut between telling and noting, from telling twice.
    """
    for delivery, subscription, settings in await tools.service.untold():
        try:
            await _tell(tools, delivery, subscription, settings)
        except Exception as error:
            if refusal(error) is None:
                raise
            log.warning("briefing.failure_not_told_yet", subscription=subscription.id, reason=str(error))
            return


async def _tell(tools: Tools, delivery: Delivery, subscription: Subscription, settings: Settings) -> None:
    notice, nonce = failure_notice(subscription, delivery), _nonce(delivery)
    if not await _in_channel(tools, settings.audit_channel, notice, nonce) and not await _to_owner(
        tools, subscription.scope.id, notice, nonce
    ):
        # `/briefing status` shows it; to try for ever would help nobody
        log.error("briefing.nobody_to_tell", server=subscription.scope.id, subscription=subscription.id)
    await tools.service.mark_told(delivery)


async def _in_channel(tools: Tools, channel: int | None, notice: str, nonce: str) -> bool:
    if channel is None:
        return False
    return await _sent(tools, tools.client.get_partial_messageable(channel), notice, nonce)


async def _to_owner(tools: Tools, server: int, notice: str, nonce: str) -> bool:
    try:
        guild = tools.client.get_guild(server)
        if guild is None:
            guild = await tools.request(partial(tools.client.fetch_guild, server, with_counts=False))
        owner = await tools.request(partial(tools.client.fetch_user, guild.owner_id or 0))
    except Exception as error:
        return _never(error)
    return await _sent(tools, owner, notice, nonce)


async def _sent(tools: Tools, to: discord.abc.Messageable, notice: str, nonce: str) -> bool:
    try:
        await tools.request(lambda: to.send(notice, nonce=nonce, allowed_mentions=discord.AllowedMentions.none()))
    except Exception as error:
        return _never(error)
    return True


def _never(error: Exception) -> bool:
    """False, for "not told", where it never will be; raises what may pass."""
    if refusal(error) in (Refusal.STOP, Refusal.NEVER):
        return False
    raise error


def _nonce(delivery: Delivery) -> str:
    return f"{delivery.subscription}{int(delivery.slot.timestamp()):x}!"
