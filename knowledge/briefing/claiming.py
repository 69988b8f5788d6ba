"""Taking deliveries to work on them: one process at a time, for as long as its lease lasts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.briefing.context import Briefings
from knowledge.briefing.digest import Digest, Item, changes_between, covers, grouped
from knowledge.briefing.model import Delivery, DeliveryKind, DeliveryState, Subscription, WhenQuiet
from knowledge.briefing.patience import is_missed
from knowledge.model import BASE, Scope
from knowledge.ports import Selection, UnitOfWork
from knowledge.service.context import library
from knowledge.service.naming import Naming

Window = tuple[Scope, int, int]
"""Whose history, after which sequence number, up to which: deliveries with the same one share their reading."""
NOTHING_NEW = "nothing has changed since the last briefing"


MISSED = "missed while I was not running; its content is in the next briefing"


@dataclass(frozen=True, slots=True)
class _Taken:
    """A delivery as it was just put down, claimed or ended, with its subscription."""

    delivery: Delivery
    subscription: Subscription


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery that this process has claimed. ``digest`` is None where there is nothing to tell.

    ``in_doubt_since`` is when somebody before us last tried to send the part that comes next: it may have arrived.
    """

    delivery: Delivery
    subscription: Subscription
    digest: Digest | None
    naming: Naming
    in_doubt_since: datetime | None = None


async def claim(briefings: Briefings, worker: str, limit: int) -> list[Job]:
    """At most ``limit`` deliveries that can be worked on now, claimed for ``worker``; empty only if there is none.

    ``worker`` must be new for each call: it is how a process that comes late is told from the one that went on.
    Quiet ones are finished already, and those that were missed are skipped.
    """
    while True:
        claimed = await _take(briefings, worker, limit)
        jobs = await _jobs(briefings, [each for each in claimed if each.delivery.state is DeliveryState.CLAIMED])
        await _finish_quiet(briefings, [job for job in jobs if is_quiet(job)])
        wanted = [job for job in jobs if not is_quiet(job)]
        if wanted or not claimed:
            return wanted


def is_quiet(job: Job) -> bool:
    """Whether nothing is to be posted."""
    wants_line = job.subscription.when_quiet is WhenQuiet.LINE and job.delivery.kind is DeliveryKind.SCHEDULED
    return job.digest is None and not wants_line


async def digest_for(
    work: UnitOfWork, naming: Naming, subscription: Subscription, since: int, upto: int
) -> Digest | None:
    """What a subscription is told of a part of the history."""
    items = await read_window(work, (subscription.scope, since, upto))
    return await _digest(work, naming, subscription, items, since, upto)


async def read_window(work: UnitOfWork, window: Window) -> list[Item]:
    """What became of all entries that a server sees."""
    scope, since, upto = window
    touched = {revision.entry.id for revision in await work.revisions.touched(scope, since, upto)}
    if not touched:
        return []
    ids = frozenset(touched)
    before = await work.revisions.select(scope, Selection(ids=ids, upto=since, active_only=False))
    after = await work.revisions.select(scope, Selection(ids=ids, upto=upto, active_only=False))
    return changes_between(before, after)


async def _take(briefings: Briefings, worker: str, limit: int) -> list[_Taken]:
    now = briefings.clock()
    async with briefings.storage.writing() as work:
        found = await work.deliveries.claimable(now, limit)
        subscriptions = await work.subscriptions.by_ids({each.subscription for each in found})
        latest = await work.revisions.latest()
        taken = [_taken(briefings, each, subscriptions[each.subscription], worker, latest, now) for each in found]
        if taken:
            await work.deliveries.put(*(each.delivery for each in taken))
            for each in taken:
                if each.delivery.finished_at:
                    await work.subscriptions.move(each.subscription.id, 0, each.delivery.error)
            await work.commit()
    return taken


async def _jobs(briefings: Briefings, claimed: Sequence[_Taken]) -> list[Job]:
    if not claimed:
        return []
    async with briefings.storage.reading() as work:
        overlaid = await work.revisions.overlaid({each.subscription.scope for each in claimed})
        windows: dict[Window, list[Item]] = {}
        jobs = []
        for each in claimed:
            delivery, subscription = each.delivery, each.subscription
            window = _window(delivery, subscription, overlaid)
            if window not in windows:
                windows[window] = await read_window(work, window)
            naming = Naming(await briefings.contexts.of(subscription.scope))
            digest = await _digest(work, naming, subscription, windows[window], window[1], window[2])
            jobs.append(Job(delivery, subscription, digest, naming, delivery.touched_at))
    return jobs


def _window(delivery: Delivery, subscription: Subscription, overlaid: set[Scope]) -> Window:
    """Servers without entries of their own see the base, so they share one reading of it."""
    scope = subscription.scope if subscription.scope in overlaid else BASE
    return scope, delivery.since or 0, delivery.upto or 0


async def _digest(
    work: UnitOfWork, naming: Naming, subscription: Subscription, items: Iterable[Item], since: int, upto: int
) -> Digest | None:
    told = [item for item in items if covers(item, subscription.parties, subscription.topics)]
    if not told:
        return None
    taxonomy = naming.context.taxonomy
    topics, parties = [each.slug for each in taxonomy.topics], [each.slug for each in taxonomy.parties]
    cited = await library(work, subscription.scope, [item.entry for item in told])
    return Digest(since, upto, grouped(told, topics, parties), cited)


def _taken(
    briefings: Briefings, delivery: Delivery, subscription: Subscription, worker: str, latest: int, now: datetime
) -> _Taken:
    if is_missed(delivery, subscription, briefings.pace, now):
        return _Taken(_ended(delivery, now), subscription)
    claimed = replace(
        delivery,
        state=DeliveryState.CLAIMED,
        worker=worker,
        lease_until=now + briefings.pace.lease,
        attempts=delivery.attempts + 1,
        since=subscription.cursor if delivery.since is None else delivery.since,
        upto=latest if delivery.upto is None else delivery.upto,
        delayed=delivery.delayed or now - delivery.slot > briefings.pace.late,
        retry_at=None,
    )
    return _Taken(claimed, subscription)


def _ended(delivery: Delivery, now: datetime) -> Delivery:
    """One that was missed; it has failed, and a moderator is told, if somebody tried to send it."""
    if delivery.error:
        return replace(delivery, state=DeliveryState.FAILED, finished_at=now, lease_until=None, told=False)
    return replace(delivery, state=DeliveryState.SKIPPED, finished_at=now, lease_until=None, error=MISSED)


async def _finish_quiet(briefings: Briefings, jobs: Sequence[Job]) -> None:
    if not jobs:
        return
    now = briefings.clock()
    async with briefings.storage.writing() as work:
        for job in jobs:
            quiet = replace(job.delivery, state=DeliveryState.QUIET, finished_at=now, lease_until=None)
            if await work.deliveries.hold(quiet, job.delivery.worker or ""):
                await work.subscriptions.move(job.subscription.id, job.delivery.upto or 0, NOTHING_NEW)
        await work.commit()
