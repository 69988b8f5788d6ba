"""How the bot stops: it takes nothing new, finishes what it has begun, and says goodbye to the gateway."""

import asyncio
import time
from contextlib import suppress

import structlog

from bot.client import ParleyClient

log = structlog.get_logger(__name__)

PATIENCE = 6.5
"""Seconds that begun work may take; with the goodbye it stays below the ten after which supervisors kill."""
GOODBYE = 1.0
"""Seconds that the gateway has to confirm; discord.py would wait for thirty."""
BEGUN = ("CommandTree-invoker", "discord-ui-", "discord.py: on_")
"""How discord.py names the tasks in which it runs handlers of commands, of controls and forms, and of events."""


async def finish(client: ParleyClient) -> None:
    """Lets what has begun come to its end: answers as well as briefings."""
    client.intake.close()
    await asyncio.gather(finish_work(), client.publisher.close())


async def finish_work(patience: float = PATIENCE) -> None:
    """Waits for the handlers that run, and for what they start; cancels what has not ended after ``patience``."""
    end = time.monotonic() + patience
    while (begun := _begun()) and (left := end - time.monotonic()) > 0:
        await asyncio.wait(begun, timeout=left)
    for task in begun:
        task.cancel()
    if begun:
        log.warning("stopping.unfinished", handlers=len(begun))
        await asyncio.wait(begun, timeout=GOODBYE)


async def leave(client: ParleyClient) -> None:
    """Closes the gateway and all else of the client."""
    if client.ws is not None:
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE):
                await client.ws.close(code=1000)
    await client.close()


def _begun() -> set[asyncio.Task[object]]:
    return {task for task in asyncio.all_tasks() if task.get_name().startswith(BEGUN)}
