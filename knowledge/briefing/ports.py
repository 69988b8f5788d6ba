"""What briefings need of a store; part of a unit of work (``knowledge/ports.py``)."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from knowledge.briefing.model import Delivery, Subscription
from knowledge.model import Scope


class Subscriptions(Protocol):
    """Who wants to be told."""

    async def put(self, *subscriptions: Subscription) -> None:
        """Adds or replaces them."""
        ...

    async def get(self, scope: Scope, subscription_id: str) -> Subscription | None:
        """One of exactly this scope, or None."""
        ...

    async def of(self, scope: Scope) -> list[Subscription]:
        """All of a scope, the oldest first."""
        ...

    async def by_ids(self, ids: Collection[str]) -> dict[str, Subscription]:
        """These, of whatever scope, by id."""
        ...

    async def due(self, now: datetime, limit: int) -> list[Subscription]:
        """Active ones whose ``next_slot`` has come, the earliest first; in a transaction that writes, nobody else gets
        the same until it ends."""
        ...

    async def waiting_for_change(self, upto: int, limit: int) -> list[Subscription]:
        """Active ones on change, without a ``next_slot``, whose cursor is before ``upto``."""
        ...

    async def move(self, subscription_id: str, cursor: int, note: str | None) -> None:
        """Moves a cursor forward, never back, and sets the note."""
        ...

    async def remove(self, scope: Scope, subscription_id: str) -> None:
        """Deletes one with its deliveries."""
        ...


class Deliveries(Protocol):
    """What became of the slots."""

    async def plan(self, *deliveries: Delivery) -> None:
        """Adds those whose subscription and slot are not there yet; the others stay as they are."""
        ...

    async def claimable(self, now: datetime, limit: int) -> list[Delivery]:
        """What can be worked on now, the earliest slot first: planned, or claimed with a lease that is over, and not
        before ``retry_at``.

        Of each subscription at most the one with the earliest slot that is not finished, if nobody holds a lease on
        one of it. Only of active subscriptions. In a transaction that writes, nobody else gets the same until it ends.
        """
        ...

    async def put(self, *deliveries: Delivery) -> None:
        """Replaces them."""
        ...

    async def get(self, subscription_id: str, slot: datetime) -> Delivery | None:
        """One, or None; locked in a transaction that writes."""
        ...

    async def last(self, subscription_id: str, limit: int) -> list[Delivery]:
        """The latest ones of a subscription, the newest slot first."""
        ...

    async def unfinished(self, subscription_id: str) -> list[Delivery]:
        """Those that are planned or claimed, the earliest slot first."""
        ...

    async def untold(self, limit: int) -> list[Delivery]:
        """Those that failed, or were stopped halfway, and of which no moderator knows yet."""
        ...

    async def hold(self, delivery: Delivery, worker: str) -> bool:
        """Replaces a delivery if it is still claimed by ``worker``; False, and nothing changes, if it is not."""
        ...

    async def counts(self) -> dict[str, int]:
        """How many deliveries there are in each state."""
        ...

    async def forget(self, before: datetime) -> None:
        """Deletes what was finished before that moment."""
        ...


class Briefing(Protocol):
    """The part of a unit of work that briefings add."""

    @property
    def subscriptions(self) -> Subscriptions:
        """Who wants to be told."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """What became of the slots."""
        ...
