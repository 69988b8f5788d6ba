"""One delivery on its way: its parts in order, each sent once, whatever happens between sending and noting."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

import discord
import structlog
from aiolimiter import AsyncLimiter
from tenacity import AsyncRetrying, retry_if_exception, stop_after_delay, wait_random_exponential

from handlers.briefing.recovering import find_part
from handlers.briefing.refusals import Refusal, is_passing, refusal
from handlers.briefing.targets import Target, known_target, open_target, send_part
from handlers.briefing.unrepeated import unrepeated
from handlers.render.briefing import Part, render_briefing
from handlers.render.refusals import refusal_words
from knowledge.briefing.claiming import Job
from knowledge.briefing.model import Delivery, DeliveryState
from knowledge.briefing.service import BriefingService
from knowledge.briefing.working import LeaseLost, in_doubt

log = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. ``request`` is the most that one may take: less than a lease, or it could arrive after the next one's.

    ``tries`` is how long a step is tried before the delivery is put off; the waits between grow from ``pause``.
    ``note`` is how long to try to note in the database what was done.
    """

    request: float = 20.0
    tries: float = 40.0
    pause: float = 1.0
    note: float = 40.0

    @classmethod
    def within(cls, lease: timedelta) -> "Patience":
        """What fits a lease: the last try, begun when the time for tries is over, ends before it."""
        seconds = lease.total_seconds()
        return cls(request=seconds / 3, tries=seconds * 2 / 3, pause=min(1.0, seconds / 20), note=seconds * 2 / 3)


@dataclass(frozen=True, slots=True)
class Tools:
    """What every delivery needs; ``limiter`` keeps all requests together below Discord's limit."""

    client: discord.Client
    service: BriefingService
    limiter: AsyncLimiter
    patience: Patience
    stopping: asyncio.Event

    async def request(self, call: Callable[[], Awaitable[T]]) -> T:
        """One request in its turn and in its time."""
        await self.limiter.acquire()
        try:
            async with asyncio.timeout(self.patience.request):
                with unrepeated():
                    return await call()
        except TimeoutError:
            # discord.py 2.7 holds all requests back while one waits out a global limit, and lets them go only if that
            # one is not cancelled meanwhile
            self.client.http._global_over.set()
            raise


class Errand:
    """A claimed delivery, until it is done, put off, given up or taken over."""

    def __init__(self, tools: Tools, job: Job) -> None:
        self._tools, self._service = tools, tools.service
        self._job = job
        self.messages: list[discord.Message] = []
        """What was sent or found, in order."""

    async def run(self) -> bool:
        """Whether it is done. Raises nothing that one delivery should not do to the others."""
        try:
            return await self._run()
        except LeaseLost:
            log.info("briefing.taken_over", subscription=self._job.subscription.id)
        except Exception:  # its lease ends, and somebody tries again
            log.exception("briefing.failed", subscription=self._job.subscription.id)
        return False

    async def _run(self) -> bool:
        try:
            return await self._send_all()
        except Exception as error:
            if refusal(error) is None:
                raise
            await self._give_back(error)
            return False

    async def _send_all(self) -> bool:
        job = self._job
        if self._tools.stopping.is_set():
            return await self._release()
        parts = render_briefing(job.subscription, job.delivery, job.digest, job.naming)
        target = await self._patiently(self._open)
        for index in range(len(job.delivery.parts), len(parts)):
            if self._tools.stopping.is_set():
                return await self._release()
            step = partial(self._try_part, target, parts[index], index, len(parts))
            target = await self._note(await self._patiently(step), target)
        if self._job.delivery.state is not DeliveryState.DONE:  # what is told has become shorter since it was begun
            await self._service.finish(self._job)
        return True

    async def _release(self) -> bool:
        await self._service.release(self._job)
        return False

    async def _open(self) -> Target:
        number = self._job.delivery.thread or self._job.subscription.channel
        client = self._tools.client
        if known := known_target(client, number):
            return known
        return await self._tools.request(lambda: open_target(client, number))

    async def _try_part(self, target: Target, part: Part, index: int, total: int) -> discord.Message:
        """Looks first whether the part is there already, where somebody may have sent it.

        The nonce, too, keeps it from being sent twice: for some minutes, so also where the message is not seen yet.
        """
        self._job = await self._service.begin(self._job, total)
        if self._job.in_doubt_since and (found := await self._find(target, part)):
            log.info("briefing.found", subscription=self._job.subscription.id, part=index + 1)
            return found
        try:
            nonce = nonce_of(self._job.delivery, index)
            return await self._tools.request(lambda: send_part(target, part, nonce))
        except Exception as error:
            if is_passing(error):
                self._job = in_doubt(self._job)
            raise

    async def _find(self, target: Target, part: Part) -> discord.Message | None:
        since, me = self._job.in_doubt_since, self._tools.client.user
        if since is None or me is None:
            return None
        return await self._tools.request(lambda: find_part(target, part.footer, since, me.id))

    async def _note(self, message: discord.Message, target: Target) -> Target:
        """Notes a part; returns where the next one goes. Only the database can fail here, and gets some time."""
        self.messages.append(message)
        opened = message.channel if isinstance(target, discord.ForumChannel) else target
        post = opened if isinstance(opened, discord.Thread) and opened is not target else None
        note = partial(self._service.sent, self._job, message.id, post.id if post else None)
        patience = self._tools.patience
        self._job = await _again(_is_not_ours, patience.note, patience.pause)(note)
        return post or target

    async def _give_back(self, error: Exception) -> None:
        words, subscription = refusal_words(error), self._job.subscription
        log.warning("briefing.refused", subscription=subscription.id, channel=subscription.channel, reason=str(error))
        match refusal(error):
            case Refusal.STOP:
                await self._service.stop(self._job, words)
            case Refusal.NEVER:
                await self._service.fail(self._job, words)
            case _:
                await self._service.postpone(self._job, words)

    async def _patiently(self, step: Callable[[], Awaitable[T]]) -> T:
        patience = self._tools.patience
        return await _again(is_passing, patience.tries, patience.pause)(step)


def nonce_of(delivery: Delivery, index: int) -> str:
    """The same for a part at any time, and different for any other; at most 25 characters, as Discord wants it."""
    return f"{delivery.subscription}{int(delivery.slot.timestamp()):x}.{index}"


def _is_not_ours(error: BaseException) -> bool:
    """Whether it is a fault of the database, which may pass."""
    return not isinstance(error, LeaseLost)


def _again(if_so: Callable[[BaseException], bool], seconds: float, pause: float) -> AsyncRetrying:
    wait = wait_random_exponential(pause, max=seconds / 3)
    return AsyncRetrying(retry=retry_if_exception(if_so), wait=wait, stop=stop_after_delay(seconds), reraise=True)
