"""Who wants to be told and what became of the slots, in the fake store."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from knowledge.briefing.cadence import Cadence
from knowledge.briefing.model import Delivery, DeliveryKind, DeliveryState, Subscription, SubscriptionState
from knowledge.model import Scope
from tests.fakes.storage.tables import Tables


class MemorySubscriptions:
    """``knowledge.briefing.ports.Subscriptions``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(self, *subscriptions: Subscription) -> None:
        """See the port."""
        self._tables.subscriptions.update({each.id: each for each in subscriptions})

    async def get(self, scope: Scope, subscription_id: str) -> Subscription | None:
        """See the port."""
        found = self._tables.subscriptions.get(subscription_id)
        return found if found and found.scope == scope else None

    async def of(self, scope: Scope) -> list[Subscription]:
        """See the port."""
        found = [each for each in self._tables.subscriptions.values() if each.scope == scope]
        return sorted(found, key=lambda each: (each.created_at, each.id))

    async def by_ids(self, ids: Collection[str]) -> dict[str, Subscription]:
        """See the port."""
        return {name: each for name, each in self._tables.subscriptions.items() if name in ids}

    async def due(self, now: datetime, limit: int) -> list[Subscription]:
        """See the port."""
        found = [(each.next_slot, each) for each in self._active() if each.next_slot and each.next_slot <= now]
        found.sort(key=lambda pair: (pair[0], pair[1].cursor, pair[1].id))
        return [each for _, each in found][:limit]

    async def waiting_for_change(self, upto: int, limit: int) -> list[Subscription]:
        """See the port."""
        on_change = [each for each in self._active() if each.schedule.cadence is Cadence.ON_CHANGE]
        found = [each for each in on_change if each.next_slot is None and each.cursor < upto]
        return sorted(found, key=lambda each: (each.cursor, each.id))[:limit]

    async def move(self, subscription_id: str, cursor: int, note: str | None) -> None:
        """See the port."""
        found = self._tables.subscriptions.get(subscription_id)
        if found:
            self._tables.subscriptions[found.id] = replace(found, cursor=max(found.cursor, cursor), note=note)

    async def remove(self, scope: Scope, subscription_id: str) -> None:
        """See the port."""
        if await self.get(scope, subscription_id):
            del self._tables.subscriptions[subscription_id]
            kept = self._tables.deliveries.items()
            self._tables.deliveries = {key: each for key, each in kept if each.subscription != subscription_id}

    def _active(self) -> list[Subscription]:
        return [each for each in self._tables.subscriptions.values() if each.state is SubscriptionState.ACTIVE]


class MemoryDeliveries:
    """``knowledge.briefing.ports.Deliveries``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def plan(self, *deliveries: Delivery) -> None:
        """See the port."""
        for each in deliveries:
            self._tables.deliveries.setdefault(_key(each), each)

    async def claimable(self, now: datetime, limit: int) -> list[Delivery]:
        """See the port."""
        earliest: dict[str, Delivery] = {}
        for each in self._by_slot():
            if _is_unfinished(each):
                earliest.setdefault(each.subscription, each)
        held = {each.subscription for each in self._by_slot() if _is_held(each, now)}
        free = (each for name, each in earliest.items() if name not in held and self._is_wanted(each))
        return [each for each in free if each.retry_at is None or each.retry_at <= now][:limit]

    async def put(self, *deliveries: Delivery) -> None:
        """See the port."""
        there = self._tables.deliveries
        there.update({_key(each): each for each in deliveries if _key(each) in there})

    async def get(self, subscription_id: str, slot: datetime) -> Delivery | None:
        """See the port."""
        return self._tables.deliveries.get((subscription_id, slot))

    async def last(self, subscription_id: str, limit: int) -> list[Delivery]:
        """See the port."""
        return self._of(subscription_id)[::-1][:limit]

    async def unfinished(self, subscription_id: str) -> list[Delivery]:
        """See the port."""
        return [each for each in self._of(subscription_id) if _is_unfinished(each)]

    async def untold(self, limit: int) -> list[Delivery]:
        """See the port."""
        ended = {DeliveryState.FAILED, DeliveryState.PLANNED}
        return [each for each in self._by_slot() if each.state in ended and not each.told][:limit]

    async def hold(self, delivery: Delivery, worker: str) -> bool:
        """See the port."""
        there = self._tables.deliveries.get(_key(delivery))
        if there is None or there.state is not DeliveryState.CLAIMED or there.worker != worker:
            return False
        self._tables.deliveries[_key(delivery)] = delivery
        return True

    async def counts(self) -> dict[str, int]:
        """See the port."""
        return dict(Counter(each.state.value for each in self._tables.deliveries.values()))

    async def forget(self, before: datetime) -> None:
        """See the port."""
        last = {each.subscription: each for each in self._by_slot() if each.finished_at}
        self._tables.deliveries = {
            key: each
            for key, each in self._tables.deliveries.items()
            if each.finished_at is None or each.finished_at >= before or each == last[each.subscription]
        }

    def _by_slot(self) -> list[Delivery]:
        return sorted(self._tables.deliveries.values(), key=lambda each: (each.slot, each.subscription))

    def _of(self, subscription_id: str) -> list[Delivery]:
        return [each for each in self._by_slot() if each.subscription == subscription_id]

    def _is_wanted(self, delivery: Delivery) -> bool:
        state = self._tables.subscriptions[delivery.subscription].state
        asked = delivery.kind is DeliveryKind.MANUAL and state is SubscriptionState.PAUSED
        return asked or state is SubscriptionState.ACTIVE


def _key(delivery: Delivery) -> tuple[str, datetime]:
    return delivery.subscription, delivery.slot


def _is_unfinished(delivery: Delivery) -> bool:
    return delivery.state in {DeliveryState.PLANNED, DeliveryState.CLAIMED}


def _is_held(delivery: Delivery, now: datetime) -> bool:
    claimed = delivery.state is DeliveryState.CLAIMED
    return claimed and delivery.lease_until is not None and delivery.lease_until > now
