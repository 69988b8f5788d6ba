"""A client on a stand-in: what a process of the bot has of Discord, without the gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord

from bot import endpoints
from handlers.briefing.delivering import Patience
from handlers.briefing.unrepeated import with_unrepeated
from tests.fakes.discord_stub import TOKEN
from tests.harness.stand_in import StandIn

QUICK = Patience(request=2.0, tries=1.0, pause=0.01, note=5.0)


@asynccontextmanager
async def logged_in(there: StandIn) -> AsyncIterator[discord.Client]:
    """A client that can make requests; without a gateway it is told of no channel, so it asks for each."""
    endpoints.use_api(there.url)
    client = discord.Client(
        intents=discord.Intents.none(),
        allowed_mentions=discord.AllowedMentions.none(),
        http_trace=with_unrepeated(aiohttp.TraceConfig()),
    )
    async with client:
        await client.login(TOKEN)
        yield client
