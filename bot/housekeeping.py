"""What the bot sees to by itself, once a day: the data of servers that removed it, when its time is over."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Set
from contextlib import asynccontextmanager, suppress

import structlog

from knowledge.moderation.purging import compare_servers, purge_due
from knowledge.ports import Clock, Storage

log = structlog.get_logger(__name__)

DAY = 86_400.0
"""Seconds between two rounds. One more or less does not matter: what is due is found by its date."""
Servers = Callable[[], Awaitable[Set[int]]]
"""Returns the servers that the bot is in, as soon as that is known."""


@asynccontextmanager
async def housekeeping(storage: Storage, clock: Clock, servers: Servers, pause: float = DAY) -> AsyncIterator[None]:
    """While the block runs, a round at once and one after each ``pause``; nobody waits for them."""
    rounds = asyncio.create_task(_rounds(storage, clock, servers, pause))
    try:
        yield
    finally:
        rounds.cancel()
        with suppress(asyncio.CancelledError):
            await rounds


async def _rounds(storage: Storage, clock: Clock, servers: Servers, pause: float) -> None:
    while True:
        try:
            await _purge(storage, clock, await servers())
        except Exception:  # a database that is away today is back tomorrow; the bot goes on
            log.exception("servers.not_purged")
        await asyncio.sleep(pause)


async def _purge(storage: Storage, clock: Clock, here: Set[int]) -> None:
    # a server may have come back while the bot was not running: nothing of it must go
    await compare_servers(storage, clock, here, lambda _: True)
    for each in await purge_due(storage, clock):
        log.info("server.purged", server=each.scope.id, entries=each.entries)
