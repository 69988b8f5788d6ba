"""What becomes of a claimed delivery: sent part by part, tried again later, failed, or stopped with its channel."""

from dataclasses import replace

from knowledge.briefing.claiming import Job
from knowledge.briefing.context import Briefings
from knowledge.briefing.model import Delivery, DeliveryState, SubscriptionState
from knowledge.briefing.patience import given_up_at, may_have_arrived, retry_at
from knowledge.ports import UnitOfWork


class LeaseLost(Exception):
    """Another process has taken the delivery over; ours must not send any more."""


def in_doubt(job: Job) -> Job:
    """After an attempt of which nobody knows how it ended: the part may have arrived, or may still."""
    return replace(job, in_doubt_since=job.in_doubt_since or job.delivery.touched_at)


async def begin(briefings: Briefings, job: Job, total: int) -> Job:
    """Notes, before a part is sent, that it may arrive from now on; keeps the lease.

    Where it may have arrived since an earlier moment, that moment stays: whoever looks for it has to look from there.

    Raises:
        LeaseLost: nothing may be sent.
    """
    now = briefings.clock()
    if job.delivery.lease_until is None or now >= job.delivery.lease_until:
        raise LeaseLost
    touched = replace(
        job.delivery,
        total=total,
        touched_at=job.in_doubt_since or now,
        lease_until=now + briefings.pace.lease,
    )
    return await _keep(briefings, job, touched)


async def sent(briefings: Briefings, job: Job, message: int, thread: int | None = None) -> Job:
    """Notes that a part has been sent; with the last one the delivery is done and the cursor moves, both or neither.

    Raises:
        LeaseLost: another process goes on from here; it will find the message.
    """
    parts = (*job.delivery.parts, message)
    delivery = replace(job.delivery, parts=parts, thread=thread or job.delivery.thread, touched_at=None)
    one_more = replace(job, delivery=delivery, in_doubt_since=None)
    if len(parts) == delivery.total:
        return await finish(briefings, one_more)
    return await _keep(briefings, one_more, delivery)


async def finish(briefings: Briefings, job: Job) -> Job:
    """Notes that nothing is left to send; raises LeaseLost."""
    now = briefings.clock()
    done = replace(job.delivery, state=DeliveryState.DONE, finished_at=now, lease_until=None, error=None)
    async with briefings.storage.writing() as work:
        await _hold(work, job, done)
        await work.subscriptions.move(job.subscription.id, done.upto or 0, None)
        await work.commit()
    return replace(job, delivery=done)


async def postpone(briefings: Briefings, job: Job, error: str) -> Delivery:
    """Lets a delivery be tried again later; one that cannot have arrived, and whose time is over before that, fails."""
    later = retry_at(job.delivery, briefings.pace, briefings.clock())
    laid = replace(_laid_down(job), retry_at=later, error=error)
    if not may_have_arrived(laid) and later >= given_up_at(job.delivery, job.subscription):
        return await fail(briefings, job, error)
    return (await _keep(briefings, job, laid)).delivery


async def release(briefings: Briefings, job: Job) -> None:
    """Lets others take a delivery at once, when this process ends."""
    await _keep(briefings, job, _laid_down(job))


async def fail(briefings: Briefings, job: Job, error: str) -> Delivery:
    """Ends a delivery that will never be taken; what may have arrived in part is tried again instead."""
    if may_have_arrived(_laid_down(job)):
        return await postpone(briefings, job, error)
    failed = _failed(briefings, job, error)
    async with briefings.storage.writing() as work:
        await _hold(work, job, failed)
        await work.subscriptions.move(job.subscription.id, 0, error)
        await work.commit()
    return failed


async def stop(briefings: Briefings, job: Job, reason: str) -> Delivery:
    """Stops a subscription whose channel cannot be posted in, and lets a moderator be told; both or neither.

    What was sent in part goes on when it is resumed. If the channel is another one by now, only the delivery is
    tried again.

    Raises:
        LeaseLost: another process goes on from here; it will find the same.
    """
    laid = _laid_down(job)
    async with briefings.storage.writing() as work:
        subscription = await work.subscriptions.get(job.delivery.scope, job.subscription.id)
        if subscription is None or subscription.channel != job.subscription.channel:
            ended = laid
        else:
            ended = _untold(laid, reason) if may_have_arrived(laid) else _failed(briefings, job, reason)
            stopped = replace(subscription, state=SubscriptionState.STOPPED, next_slot=None, reason=reason, note=reason)
            await work.subscriptions.put(stopped)
        await _hold(work, job, ended)
        await work.commit()
    return ended


def _laid_down(job: Job) -> Delivery:
    """For somebody else to take up; a part of which we know that it did not arrive is not in doubt."""
    return replace(job.delivery, state=DeliveryState.PLANNED, lease_until=None, touched_at=job.in_doubt_since)


def _untold(delivery: Delivery, error: str) -> Delivery:
    return replace(delivery, error=error, told=False)


def _failed(briefings: Briefings, job: Job, error: str) -> Delivery:
    ended = replace(_laid_down(job), state=DeliveryState.FAILED, finished_at=briefings.clock())
    return _untold(ended, error)


async def _keep(briefings: Briefings, job: Job, delivery: Delivery) -> Job:
    async with briefings.storage.writing() as work:
        await _hold(work, job, delivery)
        await work.commit()
    return replace(job, delivery=delivery)


async def _hold(work: UnitOfWork, job: Job, delivery: Delivery) -> None:
    if not await work.deliveries.hold(delivery, job.delivery.worker or ""):
        raise LeaseLost
