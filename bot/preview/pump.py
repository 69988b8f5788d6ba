"""The pump: it keeps the world's clock on the wall clock and shows on the pages what has changed."""

import asyncio
import contextlib
import logging
import time
from typing import Final

from bot.preview.world import World

BEAT: Final = 0.25  # seconds between two looks at the world
REFRESH: Final = 20.0  # seconds after which "5 minutes ago" is worth a new look

log = logging.getLogger(__name__)


async def run(world: World, stop: asyncio.Event) -> None:
    """Pump until ``stop`` is set. A failing beat is logged and the next one tries again."""
    shown, shown_at = -1, 0.0
    while not await _stopped(stop):
        async with world.gate:
            try:
                await world.env.tick()
                changes, old = world.env.live.changes, time.monotonic() - shown_at > REFRESH
                if changes != shown or old:
                    await _show(world, again=old)
                    shown, shown_at = changes, time.monotonic() if old else shown_at
            except Exception:
                log.exception("the preview could not show the present state")


async def _stopped(stop: asyncio.Event) -> bool:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), BEAT)
    return stop.is_set()


async def _show(world: World, *, again: bool) -> None:
    world.env.live.prune()
    for page in list(world.pages.values()):  # new ones may open meanwhile
        page.catch_up(again=again)
        await asyncio.sleep(0)  # a page takes a while to make; let others in between
