"""What editors do with subscriptions."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from knowledge.briefing.cadence import Schedule
from knowledge.briefing.claiming import digest_for
from knowledge.briefing.context import Briefings
from knowledge.briefing.digest import Digest
from knowledge.briefing.errors import NoSuchSubscription, StillStopped, TooManySubscriptions
from knowledge.briefing.model import (
    ID_LENGTH,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Subscription,
    SubscriptionState,
    WhenQuiet,
)
from knowledge.briefing.patience import may_have_arrived
from knowledge.briefing.planning import first_slot
from knowledge.model import Scope
from knowledge.moderation.context import settings_of
from knowledge.moderation.model import Caller, Level
from knowledge.moderation.rights import require
from knowledge.ports import UnitOfWork
from knowledge.service.naming import Naming

MOST_SUBSCRIPTIONS = 25
"""The most subscriptions of a server (and of an autocomplete answer)."""
LEFT_OUT = "the briefing was paused before it was due"
SHOWN = 5
"""So many of the latest slots are shown."""
NO_ROLE = 0
"""Wished for, it takes the role away that is pinged."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an editor asks for; names as they were typed. In an edit, None leaves a field as it is."""

    channel: int | None = None
    schedule: Schedule | None = None
    parties: Sequence[str] | None = None
    topics: Sequence[str] | None = None
    role: int | None = None
    when_quiet: WhenQuiet | None = None
    publish: bool | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A subscription with its latest deliveries, the newest slot first."""

    subscription: Subscription
    deliveries: Sequence[Delivery] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go out now; ``digest`` is None where nothing has changed."""

    subscription: Subscription
    digest: Digest | None
    naming: Naming


async def subscribe(briefings: Briefings, scope: Scope, caller: Caller, wish: Wish) -> Subscription:
    """A new subscription: told of everything from now on, first at the next slot.

    Raises:
        Forbidden, UnknownName, AmbiguousName, TooManySubscriptions: there is none.
    """
    async with _editing(briefings, scope, caller) as work:
        if len(await work.subscriptions.of(scope)) >= MOST_SUBSCRIPTIONS:
            raise TooManySubscriptions(MOST_SUBSCRIPTIONS)
        if wish.channel is None or wish.schedule is None:
            raise ValueError(wish)
        now = briefings.clock()
        blank = Subscription(
            id=briefings.new_id(ID_LENGTH),
            scope=scope,
            channel=wish.channel,
            schedule=wish.schedule,
            cursor=await work.revisions.latest(),
            created_at=now,
        )
        made = await _wished(briefings, blank, wish)
        made = replace(made, next_slot=first_slot(made, now))
        await work.subscriptions.put(made)
    return made


async def edit(briefings: Briefings, scope: Scope, caller: Caller, typed: str, wish: Wish) -> Subscription:
    """Changes what ``wish`` names; the cursor stays, so nothing is left out or repeated. Raises as ``subscribe``."""
    async with _editing(briefings, scope, caller) as work:
        before = await _taken(work, scope, typed)
        changed = _rescheduled(before, await _wished(briefings, before, wish), briefings.clock())
        if changed.channel != before.channel:
            await _leave_where_begun(work, before)
        await work.subscriptions.put(changed)
    return changed


async def pause(briefings: Briefings, scope: Scope, caller: Caller, typed: str) -> Subscription:
    """Lets no slot come due until it is resumed; what was planned and not begun is left out."""
    async with _editing(briefings, scope, caller) as work:
        paused = replace(await _taken(work, scope, typed), state=SubscriptionState.PAUSED, next_slot=None)
        await work.subscriptions.put(paused)
        await work.deliveries.put(*(_left_out(each, briefings.clock()) for each in await _not_begun(work, paused)))
    return paused


async def resume(briefings: Briefings, scope: Scope, caller: Caller, typed: str) -> Subscription:
    """Goes on at the next slot; what changed meanwhile is told there, once.

    Raises:
        Forbidden, NoSuchSubscription: nothing changes.
    """
    async with _editing(briefings, scope, caller) as work:
        resumed = await _taken(work, scope, typed)
        if resumed.state is not SubscriptionState.ACTIVE:
            resumed = replace(resumed, state=SubscriptionState.ACTIVE, reason=None)
            resumed = replace(resumed, next_slot=first_slot(resumed, briefings.clock()))
            await work.subscriptions.put(resumed)
    return resumed


async def unsubscribe(briefings: Briefings, scope: Scope, caller: Caller, typed: str) -> Subscription:
    """Ends a subscription."""
    async with _editing(briefings, scope, caller) as work:
        ended = await found(work, scope, typed)
        await work.subscriptions.remove(scope, ended.id)
    return ended


async def send_now(briefings: Briefings, scope: Scope, caller: Caller, typed: str) -> Delivery:
    """Plans a delivery of what is new, for now; whoever looks for work next sends it. The schedule stays.

    Raises:
        Forbidden, NoSuchSubscription, StillStopped: there is none.
    """
    async with _editing(briefings, scope, caller) as work:
        subscription = await found(work, scope, typed)
        if subscription.state is SubscriptionState.STOPPED:
            raise StillStopped(subscription)
        delivery = Delivery(subscription.id, scope, _second(briefings.clock()), DeliveryKind.MANUAL)
        await work.deliveries.plan(delivery)
    return delivery


async def preview(briefings: Briefings, scope: Scope, caller: Caller, typed: str) -> Preview:
    """What would go out now."""
    naming = Naming(await briefings.contexts.of(scope))
    async with briefings.storage.reading() as work:
        require(caller, await settings_of(work, scope), Level.EDITOR)
        subscription = await found(work, scope, typed)
        latest = await work.revisions.latest()
        digest = await digest_for(work, naming, subscription, subscription.cursor, latest)
    return Preview(subscription, digest, naming)


async def status(briefings: Briefings, scope: Scope, caller: Caller, typed: str) -> Status:
    """How a subscription is doing."""
    async with briefings.storage.reading() as work:
        require(caller, await settings_of(work, scope), Level.EDITOR)
        subscription = await found(work, scope, typed)
        return Status(subscription, await work.deliveries.last(subscription.id, SHOWN))


async def listed(briefings: Briefings, scope: Scope, caller: Caller) -> list[Subscription]:
    """All subscriptions of a server; raises Forbidden for who is no editor."""
    async with briefings.storage.reading() as work:
        require(caller, await settings_of(work, scope), Level.EDITOR)
        return await work.subscriptions.of(scope)


async def found(work: UnitOfWork, scope: Scope, typed: str) -> Subscription:
    """The subscription with this id or, if it is the only one there, in this channel.

    Raises:
        NoSuchSubscription: none or several are meant.
    """
    here = await work.subscriptions.of(scope)
    wanted = typed.strip().strip("<#>")
    meant = [each for each in here if each.id == wanted] or [each for each in here if str(each.channel) == wanted]
    if len(meant) != 1:
        raise NoSuchSubscription(typed, [each.id for each in meant or here])
    return meant[0]


async def _taken(work: UnitOfWork, scope: Scope, typed: str) -> Subscription:
    """The one that ``found`` finds, locked: what a publisher notes of it meanwhile must not be overwritten."""
    taken = await work.subscriptions.get(scope, (await found(work, scope, typed)).id)
    if taken is None:
        raise NoSuchSubscription(typed)
    return taken


async def _leave_where_begun(work: UnitOfWork, before: Subscription) -> None:
    """What has begun in the old channel ends there: in the new one nobody would look for what has arrived."""
    for each in await work.deliveries.unfinished(before.id):
        begun = await work.deliveries.get(before.id, each.slot)
        if begun is not None and may_have_arrived(begun) and begun.thread is None:
            await work.deliveries.put(replace(begun, thread=before.channel))


def _rescheduled(before: Subscription, changed: Subscription, now: datetime) -> Subscription:
    """With the next slot of a new schedule; one that has come already, and is not planned yet, is not lost."""
    is_due = before.next_slot is not None and before.next_slot <= now
    if changed.state is not SubscriptionState.ACTIVE or changed.schedule == before.schedule or is_due:
        return changed
    return replace(changed, next_slot=first_slot(changed, now))


async def _wished(briefings: Briefings, subscription: Subscription, wish: Wish) -> Subscription:
    context = await briefings.contexts.of(subscription.scope)
    given: dict[str, Any] = {
        "channel": wish.channel,
        "schedule": wish.schedule,
        "parties": None if wish.parties is None else _once(context.party(each).slug for each in wish.parties),
        "topics": None if wish.topics is None else _once(context.topic(each).slug for each in wish.topics),
        "role": wish.role,
        "when_quiet": wish.when_quiet,
        "publish": wish.publish,
    }
    wished = replace(subscription, **{name: value for name, value in given.items() if value is not None})
    return replace(wished, role=wished.role or None)


@asynccontextmanager
async def _editing(briefings: Briefings, scope: Scope, caller: Caller) -> AsyncIterator[UnitOfWork]:
    """A transaction for an editor, committed at its end; raises Forbidden for others."""
    async with briefings.storage.writing() as work:
        require(caller, await settings_of(work, scope), Level.EDITOR)
        yield work
        await work.commit()


async def _not_begun(work: UnitOfWork, subscription: Subscription) -> list[Delivery]:
    waiting = await work.deliveries.unfinished(subscription.id)
    return [each for each in waiting if each.state is DeliveryState.PLANNED and not each.parts and not each.touched_at]


def _left_out(delivery: Delivery, now: datetime) -> Delivery:
    return replace(delivery, state=DeliveryState.SKIPPED, finished_at=now, error=LEFT_OUT)


def _once(slugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slugs))


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
