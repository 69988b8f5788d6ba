"""The publisher: looks for what is due, and sends it. Any number of them can work on one database."""

import asyncio
import contextvars
import os
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

import discord
import structlog
from aiolimiter import AsyncLimiter

from handlers.briefing.delivering import Errand, Patience, Tools
from handlers.briefing.publishing import Crossposts
from handlers.briefing.reporting import report_failures
from knowledge.briefing.claiming import Job
from knowledge.briefing.service import BriefingService

log = structlog.get_logger(__name__)

RATE = 48.0
"""Requests a second; Discord allows a bot 50, and answers to commands do not count."""
BURST = 2
"""So many at once after a pause: with more, the first second would pass the limit."""
BATCH = 200
"""So many deliveries are claimed at a time: about four seconds of work, much less than a lease."""
AT_ONCE = 50
"""So many are on their way at the same time."""
LAST_WORDS = 5.0
"""Seconds that a part on its way may take when the process ends."""
TIDY_EVERY = timedelta(hours=24)


class Publisher:
    """One for each process. ``rate`` is the most requests a second."""

    def __init__(
        self,
        client: discord.Client,
        service: BriefingService,
        *,
        patience: Patience | None = None,
        rate: float = RATE,
    ) -> None:
        limiter = AsyncLimiter(BURST, BURST / rate)
        patience = patience or Patience.within(service.pace.lease)
        self._tools = Tools(client, service, limiter, patience, asyncio.Event())
        self._service = service
        self._crossposts = Crossposts()
        self._one_round = asyncio.Lock()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._rounds: set[asyncio.Task[None]] = set()
        self._is_woken = False
        self._claims = count(1)
        self._name = f"{os.getpid()}-{secrets.token_hex(8)}"
        self._tidied_at: datetime | None = None

    async def run_once(self) -> None:
        """Sends all that is due, and tells moderators of what failed. Rounds of one process follow one another."""
        async with self._one_round:
            self._is_woken = False
            async with asyncio.TaskGroup() as errands:
                failure = await self._send_out(errands)
            if failure:
                raise failure
            if not self._tools.stopping.is_set():
                await report_failures(self._tools)
                await self._tidy()

    def wake(self) -> None:
        """Looks for work at once or, while a round is going on, after that; nobody waits for it."""
        if self._tools.stopping.is_set() or self._is_woken:
            return
        self._is_woken = True
        # in a context of its own: whoever wakes it (a command) is not to wait for what is sent
        task = contextvars.Context().run(asyncio.create_task, self._woken())
        self._rounds.add(task)
        task.add_done_callback(self._rounds.discard)

    async def close(self, patience: float = LAST_WORDS) -> None:
        """Lets parts on their way arrive, for so many seconds, and gives the other deliveries back."""
        self._tools.stopping.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience), self._one_round:
                return
        for task in self._rounds:
            task.cancel()

    async def _send_out(self, errands: asyncio.TaskGroup) -> Exception | None:
        """Begins all there is; returned, not raised, is what ends it: those on their way are to arrive."""
        try:
            while not self._tools.stopping.is_set() and (jobs := await self._due()):
                for job in jobs:
                    await self._room.acquire()
                    errands.create_task(self._errand(job))
        except Exception as error:
            return error
        return None

    async def _due(self) -> list[Job]:
        await self._service.plan()
        return await self._service.claim(f"{self._name}-{next(self._claims)}", BATCH)

    async def _errand(self, job: Job) -> None:
        try:
            errand = Errand(self._tools, job)
            if await errand.run() and job.subscription.publish:
                await self._crossposts.publish(self._tools, errand.messages)
        finally:
            self._room.release()

    async def _woken(self) -> None:
        try:
            await self.run_once()
        except Exception:  # the next tick tries again
            log.exception("briefings.round_failed")

    async def _tidy(self) -> None:
        now = self._service.now()
        if self._tidied_at is None or now - self._tidied_at > TIDY_EVERY:
            await self._service.tidy()
            self._tidied_at = now
