"""A process that publishes until nothing is left, or until it is killed. ``python -m tests.harness`` starts many."""

import asyncio
import logging
import os
import signal
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from handlers.briefing.delivering import Patience
from handlers.briefing.publisher import Publisher
from knowledge.briefing.claiming import Job
from knowledge.briefing.context import Briefings, Pace
from knowledge.briefing.service import BriefingService
from knowledge.ports import Storage
from knowledge.storage import SqlStorage, make_engine
from tests.harness.rig import logged_in
from tests.harness.stand_in import StandIn
from tests.knowledge.briefing.making import briefings_on
from tests.knowledge.samples import sqlite_url

LEFT_OVER = 3
"""Exit code: something is left that cannot be worked on yet."""
STEPS = ("plan", "planned", "claim", "claimed", "begin", "begun", "send", "sent", "note", "noted")
"""The boundaries at which a process can be killed; ``send`` and ``sent`` are seen by the stand-in."""
PACE = Pace(debounce=timedelta(minutes=30))


@dataclass(frozen=True, slots=True)
class Order:
    """What a process is to do. ``offset`` is what its clock is ahead of the machine's, in seconds.

    ``die_at`` and ``die_after`` kill it the so-manieth time, from 1, that it comes to that step. ``idle`` is how many
    seconds it waits for work of others before it ends.
    """

    database: Path
    port: int
    offset: float
    die_at: str = ""
    die_after: int = 1
    idle: float = 0.0
    patience: Patience = Patience(request=5.0, tries=1.0, pause=0.02, note=40.0)  # noqa: RUF009 - frozen


def work(order: Order) -> None:
    """The life of a process."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.CRITICAL)
    raise SystemExit(asyncio.run(_work(order)))


async def _work(order: Order) -> int:
    engine = make_engine(sqlite_url(order.database))
    storage = SqlStorage(engine)
    ahead = timedelta(seconds=order.offset)
    briefings = briefings_on(storage, lambda: datetime.now(UTC) + ahead, PACE)
    there = StandIn(briefings.clock, 0, port=order.port)
    async with logged_in(there) as client:
        publisher = Publisher(client, Mortal(briefings, order), patience=order.patience, rate=2_000.0)
        code = await _publish(publisher, storage, order.idle)
    await engine.dispose()
    return code


async def _publish(publisher: Publisher, storage: Storage, idle: float) -> int:
    loop = asyncio.get_running_loop()
    end = loop.time() + idle
    while True:
        left = await _round(publisher, storage)
        if left == 0:
            return 0
        if loop.time() >= end:
            return LEFT_OVER
        await asyncio.sleep(0.05)


async def _round(publisher: Publisher, storage: Storage) -> int:
    """How many deliveries are not finished after it; at least 1 where the database is away."""
    try:
        await publisher.run_once()
        async with storage.reading() as reading:
            counts = await reading.deliveries.counts()
    except Exception:
        return 1
    return counts.get("planned", 0) + counts.get("claimed", 0)


class Mortal(BriefingService):
    """The service, of a process that is killed at a step."""

    def __init__(self, briefings: Briefings, order: Order) -> None:
        super().__init__(briefings)
        self._order = order
        self._passed: Counter[str] = Counter()

    async def plan(self) -> None:
        """See there."""
        self._at("plan")
        await super().plan()
        self._at("planned")

    async def claim(self, worker: str, limit: int) -> list[Job]:
        """See there."""
        self._at("claim")
        jobs = await super().claim(worker, limit)
        self._at("claimed")
        return jobs

    async def begin(self, job: Job, total: int) -> Job:
        """See there."""
        self._at("begin")
        begun = await super().begin(job, total)
        self._at("begun")
        return begun

    async def sent(self, job: Job, message: int, thread: int | None = None) -> Job:
        """See there."""
        self._at("note")
        noted = await super().sent(job, message, thread)
        self._at("noted")
        return noted

    def _at(self, step: str) -> None:
        self._passed[step] += 1
        if (step, self._passed[step]) == (self._order.die_at, self._order.die_after):
            os.kill(os.getpid(), signal.SIGKILL)
