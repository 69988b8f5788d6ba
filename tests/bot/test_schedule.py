"""The ticker wakes the publisher, as soon as the bot is ready and as long as it runs."""

import asyncio
from typing import cast

from bot.schedule import ticking
from handlers.briefing.publisher import Publisher

TICK = 0.02
PATIENCE = 20.0


class Woken:
    """A publisher that only notes that it was woken."""

    def __init__(self) -> None:
        self.times = 0
        self.enough = asyncio.Event()

    def wake(self) -> None:
        """One more."""
        self.times += 1
        if self.times == 3:
            self.enough.set()


async def test_it_ticks_until_the_block_ends() -> None:
    woken = Woken()
    async with ticking(cast(Publisher, woken), lambda: True, TICK) as since, asyncio.timeout(PATIENCE):
        await woken.enough.wait()
        assert since() < PATIENCE


async def test_nobody_is_woken_before_the_bot_is_ready() -> None:
    woken, asked = Woken(), asyncio.Event()

    def is_ready() -> bool:
        if asked.is_set():
            return woken.times < 3
        asked.set()
        return False

    async with ticking(cast(Publisher, woken), is_ready, TICK), asyncio.timeout(PATIENCE):
        await asked.wait()
        assert woken.times == 0
        await woken.enough.wait()
