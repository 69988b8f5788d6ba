"""What the tests of the briefings' part of a store have in common."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from knowledge.briefing.cadence import Cadence, Schedule
from knowledge.briefing.model import Delivery, DeliveryKind, DeliveryState, Subscription
from knowledge.model import Scope
from knowledge.ports import Storage
from tests.knowledge.samples import MONDAY, SERVER

NINE = datetime(2026, 11, 16, 9, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
DAILY = Schedule(Cadence.DAILY, time(9), "Europe/Kyiv")
ON_CHANGE = Schedule(Cadence.ON_CHANGE, time(9), "UTC")


def subscription(name: str, scope: Scope = SERVER, **fields: Any) -> Subscription:
    """One that is due at nine each day; what is not given is plain."""
    plain: dict[str, Any] = {"channel": 1, "schedule": DAILY, "cursor": 0, "created_at": MONDAY, "next_slot": NINE}
    return Subscription(id=name, scope=scope, **{**plain, **fields})


def delivery(name: str, slot: datetime = NINE, scope: Scope = SERVER, **fields: Any) -> Delivery:
    """A slot that is planned; what is not given is plain."""
    return Delivery(name, scope, slot, **{"kind": DeliveryKind.SCHEDULED, **fields})


def claimed(name: str, slot: datetime = NINE, worker: str = "ann", **fields: Any) -> Delivery:
    """A slot on which a worker works until a minute past nine."""
    lease = {"state": DeliveryState.CLAIMED, "worker": worker, "lease_until": NINE + MINUTE}
    return delivery(name, slot, **{**lease, **fields})


def finished(name: str, slot: datetime = NINE, **fields: Any) -> Delivery:
    """A slot that was finished at once."""
    return delivery(name, slot, **{"state": DeliveryState.DONE, "finished_at": slot, **fields})


async def subscribe(store: Storage, *subscriptions: Subscription) -> None:
    """Puts all in one transaction."""
    async with store.writing() as work:
        await work.subscriptions.put(*subscriptions)
        await work.commit()


async def plan(store: Storage, *deliveries: Delivery) -> None:
    """Plans all in one transaction, for subscriptions that are there."""
    async with store.writing() as work:
        await work.deliveries.plan(*deliveries)
        await work.commit()


async def claimable(store: Storage, now: datetime = NINE, limit: int = 9) -> list[tuple[str, datetime]]:
    """Which slots of which subscriptions can be worked on."""
    async with store.reading() as work:
        return [(each.subscription, each.slot) for each in await work.deliveries.claimable(now, limit)]
