"""The one door to briefings: for editors, and for the process that publishes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.briefing import claiming, planning, subscribing, working
from knowledge.briefing.claiming import Job
from knowledge.briefing.context import Briefings, Pace
from knowledge.briefing.model import Delivery, Subscription
from knowledge.briefing.subscribing import Preview, Status, Wish
from knowledge.model import Scope
from knowledge.moderation.context import settings_of
from knowledge.moderation.model import Caller, Settings

KEPT = timedelta(days=90)
"""How long finished deliveries are kept."""
REPORTED = 100
"""How many failures are reported at a time."""


class BriefingService:
    """Subscriptions, and the work of publishing them. Holds no connection; safe to share between tasks.

    What raises is said at the use cases; ``Forbidden`` can come from each that takes a caller. ``typed`` names a
    subscription by its id or by its channel.
    """

    def __init__(self, briefings: Briefings) -> None:
        self._briefings = briefings

    async def subscribe(self, scope: Scope, caller: Caller, wish: Wish) -> Subscription:
        """A new subscription."""
        return await subscribing.subscribe(self._briefings, scope, caller, wish)

    async def edit(self, scope: Scope, caller: Caller, typed: str, wish: Wish) -> Subscription:
        """Changes one."""
        return await subscribing.edit(self._briefings, scope, caller, typed, wish)

    async def pause(self, scope: Scope, caller: Caller, typed: str) -> Subscription:
        """Lets no slot come due."""
        return await subscribing.pause(self._briefings, scope, caller, typed)

    async def resume(self, scope: Scope, caller: Caller, typed: str) -> Subscription:
        """Goes on at the next slot."""
        return await subscribing.resume(self._briefings, scope, caller, typed)

    async def unsubscribe(self, scope: Scope, caller: Caller, typed: str) -> Subscription:
        """Ends one."""
        return await subscribing.unsubscribe(self._briefings, scope, caller, typed)

    async def send_now(self, scope: Scope, caller: Caller, typed: str) -> Delivery:
        """Plans what is new for now."""
        return await subscribing.send_now(self._briefings, scope, caller, typed)

    async def preview(self, scope: Scope, caller: Caller, typed: str) -> Preview:
        """What would go out now."""
        return await subscribing.preview(self._briefings, scope, caller, typed)

    async def status(self, scope: Scope, caller: Caller, typed: str) -> Status:
        """How one is doing."""
        return await subscribing.status(self._briefings, scope, caller, typed)

    async def subscriptions(self, scope: Scope, caller: Caller) -> list[Subscription]:
        """All of a server."""
        return await subscribing.listed(self._briefings, scope, caller)

    async def plan(self) -> None:
        """Makes deliveries of all that is due."""
        await planning.plan_changes(self._briefings)
        while await planning.plan(self._briefings) == planning.AT_ONCE:
            continue

    async def claim(self, worker: str, limit: int) -> list[Job]:
        """Deliveries to work on; those with nothing to post are finished already."""
        return await claiming.claim(self._briefings, worker, limit)

    async def begin(self, job: Job, total: int) -> Job:
        """Before a part is sent; raises LeaseLost."""
        return await working.begin(self._briefings, job, total)

    async def sent(self, job: Job, message: int, thread: int | None = None) -> Job:
        """After a part was sent; raises LeaseLost."""
        return await working.sent(self._briefings, job, message, thread)

    async def finish(self, job: Job) -> Job:
        """Where nothing is left to send; raises LeaseLost."""
        return await working.finish(self._briefings, job)

    async def postpone(self, job: Job, error: str) -> Delivery:
        """Later again, or failed; raises LeaseLost."""
        return await working.postpone(self._briefings, job, error)

    async def fail(self, job: Job, error: str) -> Delivery:
        """Failed for good; raises LeaseLost."""
        return await working.fail(self._briefings, job, error)

    async def release(self, job: Job) -> None:
        """For others, at once; raises LeaseLost."""
        await working.release(self._briefings, job)

    async def stop(self, job: Job, reason: str) -> Delivery:
        """Stops the subscription; raises LeaseLost."""
        return await working.stop(self._briefings, job, reason)

    async def untold(self) -> Sequence[tuple[Delivery, Subscription, Settings]]:
        """Failures of which no moderator knows yet, with what says where to tell them."""
        async with self._briefings.storage.reading() as work:
            failed = await work.deliveries.untold(REPORTED)
            by_id = await work.subscriptions.by_ids({each.subscription for each in failed})
            known = [(each, by_id[each.subscription]) for each in failed if each.subscription in by_id]
            return [(each, subscription, await settings_of(work, each.scope)) for each, subscription in known]

    async def mark_told(self, delivery: Delivery) -> None:
        """Remembers that a moderator knows."""
        async with self._briefings.storage.writing() as work:
            current = await work.deliveries.get(delivery.subscription, delivery.slot)
            if current is not None:
                await work.deliveries.put(replace(current, told=True))
                await work.commit()

    async def tidy(self) -> None:
        """Forgets what was finished long ago."""
        async with self._briefings.storage.writing() as work:
            await work.deliveries.forget(self._briefings.clock() - KEPT)
            await work.commit()

    @property
    def pace(self) -> Pace:
        """How patient briefings are."""
        return self._briefings.pace

    def now(self) -> datetime:
        """The present moment of the clock that briefings go by."""
        return self._briefings.clock()
