"""Briefings to test with: a clock that can be set, and subscriptions of a small server."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from knowledge.briefing.cadence import Cadence, Schedule
from knowledge.briefing.claiming import Job, claim
from knowledge.briefing.context import Briefings, Pace
from knowledge.briefing.model import Delivery, DeliveryKind, Subscription
from knowledge.briefing.planning import plan, plan_changes
from knowledge.matching.additions import Additions
from knowledge.model import Entry, Scope
from knowledge.ports import Storage
from knowledge.service.context import make_context
from knowledge.service.scoped import ScopedContexts
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import LETTER, TAXONOMY, TREATY, record, step

SERVER = Scope(3_000)
CHANNEL = 10
AT_SEVEN = Schedule(Cadence.DAILY, time(7), "UTC")
ON_CHANGE = Schedule(Cadence.ON_CHANGE, time(0), "UTC")
START = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
"""When subscriptions are made."""
SEVEN = datetime.fromisoformat("2026-11-21T07:00:00+00:00")
"""The first slot after that."""
DAY = timedelta(days=1)


def briefings_on(storage: Storage, clock: Callable[[], datetime], pace: Pace | None = None) -> Briefings:
    """What the service works with."""
    context = make_context(storage, TAXONOMY, [TREATY, LETTER], clock)

    async def nothing_added(_: Scope) -> Additions:
        return Additions()

    return Briefings(storage, ScopedContexts(context, nothing_added), clock, pace or Pace())


def subscription(name: str, channel: int = CHANNEL, schedule: Schedule = AT_SEVEN, **fields: Any) -> Subscription:
    """One that was made at the start; its name has eight characters."""
    slot = SEVEN if schedule == AT_SEVEN else None
    plain: dict[str, Any] = {"cursor": 0, "created_at": START, "next_slot": slot}
    return Subscription(name, SERVER, channel, schedule, **{**plain, **fields})


@dataclass
class Desk:
    """Briefings on a fake store; ``now`` is what their clock shows, at first the first slot."""

    now: datetime = SEVEN
    storage: MemoryStorage = field(default_factory=MemoryStorage)
    briefings: Briefings = field(init=False)

    def __post_init__(self) -> None:
        self.briefings = briefings_on(self.storage, lambda: self.now)

    async def subscribe(self, name: str = "aaaaaaaa", schedule: Schedule = AT_SEVEN, **fields: Any) -> Subscription:
        """A subscription."""
        made = subscription(name, schedule=schedule, **fields)
        async with self.storage.writing() as work:
            await work.subscriptions.put(made)
            await work.commit()
        return made

    async def learn(self, *entries: Entry, at: datetime = START + timedelta(hours=1)) -> None:
        """Records what is new."""
        await record(self.storage, *(step(each, at=at) for each in entries))

    async def plan(self) -> None:
        """Plans all that is due."""
        await plan_changes(self.briefings)
        await plan(self.briefings)

    async def claim(self, worker: str = "one", limit: int = 10) -> list[Job]:
        """Plans and claims."""
        await self.plan()
        return await claim(self.briefings, worker, limit)

    def kept(self, name: str = "aaaaaaaa") -> Subscription:
        """The subscription as it is now."""
        return self.storage.tables.subscriptions[name]

    def deliveries(self, name: str = "aaaaaaaa") -> list[Delivery]:
        """What became of its slots, the earliest first."""
        found = (each for each in self.storage.tables.deliveries.values() if each.subscription == name)
        return sorted(found, key=lambda each: each.slot)

    def change(self, delivery: Delivery, **fields: Any) -> None:
        """Puts a delivery into another state."""
        key = delivery.subscription, delivery.slot
        self.storage.tables.deliveries[key] = replace(delivery, **fields)


def planned(slot: datetime = SEVEN, kind: DeliveryKind = DeliveryKind.SCHEDULED, **fields: Any) -> Delivery:
    """A delivery of the subscription."""
    return Delivery("aaaaaaaa", SERVER, slot, kind, **fields)
