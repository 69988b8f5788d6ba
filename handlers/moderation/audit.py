"""The audit channel: every change of a server, in order, each batch once, with *Undo*."""

import asyncio
from weakref import WeakValueDictionary

import discord
import structlog

from handlers.render.layout import PageView
from handlers.render.moderation.changes import render_changes
from handlers.render.paging import pages
from knowledge.model import Scope
from knowledge.moderation.service import ModerationService

log = structlog.get_logger(__name__)
_locks: WeakValueDictionary[Scope, asyncio.Lock] = WeakValueDictionary()


async def post_audit(client: discord.Client, service: ModerationService, scope: Scope) -> None:
    """Posts what the audit channel of a server has not been told yet.

    What cannot be posted now stays and is told at the next change or start. Without a channel nothing waits for one.
    """
    lock = _locks.setdefault(scope, asyncio.Lock())  # two moderators at once must not post the same batch twice
    async with lock:
        while (found := await service.unposted(scope)).batches:
            for batch in found.batches:
                if found.channel is not None:
                    page = pages(render_changes(batch, found.who))[0]
                    if not await _posted(client, found.channel, PageView(page)):
                        return
                await service.mark_posted(scope, batch[-1].position)


async def catch_up(client: discord.Client, service: ModerationService) -> None:
    """Posts what a crash has left untold, in all servers."""
    for scope in await service.scopes_behind():
        await post_audit(client, service, scope)


async def _posted(client: discord.Client, channel_id: int, view: PageView) -> bool:
    try:
        await client.get_partial_messageable(channel_id).send(view=view)
    except (discord.HTTPException, OSError) as error:  # the change is made, and is told later
        log.warning("audit.not_told", channel=channel_id, reason=str(error))
        return False
    return True
