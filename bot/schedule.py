"""The ticker: APScheduler wakes the publisher every few seconds. What is due, and what was done, the database knows."""

import contextvars
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.briefing.publisher import Publisher


@asynccontextmanager
async def ticking(
    publisher: Publisher, is_ready: Callable[[], bool], seconds: float
) -> AsyncIterator[Callable[[], float]]:
    """While the block runs, wakes the publisher every so many seconds; not before the client is ready.

    Gives what tells how many seconds ago the last tick was.

    A tick that comes late is not worth less, so none is dropped for that; several that are late are one.
    """
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it tells of every tick otherwise
    scheduler = AsyncIOScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1})

    last = time.monotonic()

    async def tick() -> None:
        nonlocal last
        last = time.monotonic()
        if is_ready():
            publisher.wake()

    scheduler.add_job(tick, "interval", seconds=seconds)
    # in a context of its own: the preview waits for all that is begun in its own
    contextvars.Context().run(scheduler.start)
    try:
        yield lambda: time.monotonic() - last
    finally:
        scheduler.shutdown(wait=False)
