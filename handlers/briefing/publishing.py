"""Publishing from announcement channels, so that servers that follow them get the messages: as far as Discord's limit
allows, which is about ten an hour a channel."""

from collections.abc import Sequence

import discord
import structlog
from aiolimiter import AsyncLimiter

from handlers.briefing.delivering import Tools

log = structlog.get_logger(__name__)
AN_HOUR = 10
HOUR = 3_600.0


class Crossposts:
    """Counts for each channel. What is beyond the limit is not published: it would not be news any more when it is."""

    def __init__(self) -> None:
        self._limits: dict[int, AsyncLimiter] = {}

    async def publish(self, tools: Tools, messages: Sequence[discord.Message]) -> None:
        """Publishes messages; what Discord refuses is told in the log alone, as the briefing itself has been posted."""
        for message in messages:
            if not await self._may(message.channel.id):
                log.warning("briefing.not_published", channel=message.channel.id, reason="ten an hour")
                return
            try:
                await tools.request(message.publish)
            except Exception as error:
                log.warning("briefing.not_published", channel=message.channel.id, reason=str(error))
                return

    async def _may(self, channel: int) -> bool:
        limit = self._limits.setdefault(channel, AsyncLimiter(AN_HOUR, HOUR))
        if not limit.has_capacity():
            return False
        await limit.acquire()
        return True
