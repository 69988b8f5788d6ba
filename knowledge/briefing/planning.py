"""From schedules to deliveries: what is due becomes a delivery, once, whichever process looks first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from knowledge.briefing.cadence import Cadence
from knowledge.briefing.claiming import MISSED
from knowledge.briefing.context import Briefings
from knowledge.briefing.model import Delivery, DeliveryKind, DeliveryState, Subscription
from knowledge.briefing.slots import latest_slot, next_slot
from knowledge.ports import UnitOfWork

AT_ONCE = 500
"""How many subscriptions one transaction plans."""
PATIENCE = 4
"""A subscription on change waits for at most so many times its debounce, however often something changes."""


async def plan(briefings: Briefings) -> int:
    """Makes deliveries of what is due; returns how many subscriptions were looked at, to be called until it is 0.

    Of slots that were missed, only the latest becomes a delivery, if it is not too old; the others are skipped, and
    their content goes into the next one.
    """
    now = briefings.clock()
    async with briefings.storage.writing() as work:
        due = [await _debounced(briefings, work, each) for each in await work.subscriptions.due(now, AT_ONCE)]
        if due:
            ripe = [(each, slot) for each in due if (slot := each.next_slot) and slot <= now]
            made = (delivery for each, slot in ripe for delivery in _deliveries(briefings, each, slot, now))
            await work.deliveries.plan(*made)
            waiting = [each for each in due if each.next_slot and each.next_slot > now]
            await work.subscriptions.put(*waiting, *(_moved_on(each, now) for each, _ in ripe))
            await work.commit()
    return len(due)


async def plan_changes(briefings: Briefings) -> int:
    """Gives those subscriptions on change a slot for which something has changed; returns how many."""
    async with briefings.storage.reading() as work:
        latest = await work.revisions.latest()
        waiting = await work.subscriptions.waiting_for_change(latest, AT_ONCE)
    if not waiting:
        return 0
    async with briefings.storage.writing() as work:
        again = await work.subscriptions.waiting_for_change(latest, AT_ONCE)
        moved = [found for each in again if (found := await _concerned(briefings, work, each, latest))]
        await work.subscriptions.put(*moved)
        await work.commit()
    return sum(each.next_slot is not None for each in moved)


def first_slot(subscription: Subscription, now: datetime) -> datetime | None:
    """The next slot after a moment; None for one on change, which has none until something changes."""
    if subscription.schedule.cadence is Cadence.ON_CHANGE:
        return None
    return next_slot(subscription.schedule, now)


async def _concerned(briefings: Briefings, work: UnitOfWork, waiting: Subscription, latest: int) -> Subscription | None:
    """With a slot, or with a later cursor where nothing was changed that its server sees.

    None where an earlier briefing is still on its way: only after that is it known what is new.
    """
    if await work.deliveries.unfinished(waiting.id):
        return None
    slot = await _slot(briefings, work, waiting, latest)
    if slot is None:
        return replace(waiting, cursor=latest)
    if await work.deliveries.get(waiting.id, slot):  # that one has failed, and what it had to tell is still to be told
        slot = briefings.clock().replace(microsecond=0)
    return replace(waiting, next_slot=slot)


def _deliveries(briefings: Briefings, due: Subscription, slot: datetime, now: datetime) -> Sequence[Delivery]:
    if due.schedule.cadence is Cadence.ON_CHANGE:
        return [_delivery(briefings, due, slot, DeliveryKind.CHANGE, now)]
    latest = latest_slot(due.schedule, slot, now) or slot
    missed = [_skipped(due, slot, now)] if latest != slot else []
    return [*missed, _delivery(briefings, due, latest, DeliveryKind.SCHEDULED, now)]


def _delivery(briefings: Briefings, due: Subscription, slot: datetime, kind: DeliveryKind, now: datetime) -> Delivery:
    if now - slot > briefings.pace.stale and kind is DeliveryKind.SCHEDULED:
        return _skipped(due, slot, now)
    return Delivery(due.id, due.scope, slot, kind, delayed=now - slot > briefings.pace.late)


def _skipped(due: Subscription, slot: datetime, now: datetime) -> Delivery:
    state = DeliveryState.SKIPPED
    return Delivery(due.id, due.scope, slot, DeliveryKind.SCHEDULED, state, finished_at=now, error=MISSED)


def _moved_on(due: Subscription, now: datetime) -> Subscription:
    return replace(due, next_slot=first_slot(due, now))


async def _debounced(briefings: Briefings, work: UnitOfWork, due: Subscription) -> Subscription:
    """One on change waits on, where something has changed again since its slot was set."""
    if due.schedule.cadence is not Cadence.ON_CHANGE or due.next_slot is None:
        return due
    slot = await _slot(briefings, work, due, await work.revisions.latest())
    return replace(due, next_slot=max(slot or due.next_slot, due.next_slot))


async def _slot(briefings: Briefings, work: UnitOfWork, waiting: Subscription, latest: int) -> datetime | None:
    """When a subscription on change comes due: after a pause in the changes, or when that takes too long."""
    touched = await work.revisions.touched(waiting.scope, waiting.cursor, latest)
    if not touched:
        return None
    debounce = briefings.pace.debounce
    return min(touched[-1].recorded_at + debounce, touched[0].recorded_at + PATIENCE * debounce).replace(microsecond=0)
