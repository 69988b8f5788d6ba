"""Which deliveries every store gives to be worked on, also where several workers ask."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from knowledge.briefing.model import DeliveryKind, DeliveryState, SubscriptionState
from knowledge.ports import Storage
from tests.knowledge.samples import OTHER_SERVER
from tests.knowledge.storage.briefing import (
    DAY,
    MINUTE,
    NINE,
    claimable,
    claimed,
    delivery,
    finished,
    plan,
    subscribe,
    subscription,
)

MANUAL = DeliveryKind.MANUAL
TICK = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
async def subscriptions(store: Storage) -> None:
    """Those whose slots are planned below."""
    await subscribe(
        store,
        *(subscription(name) for name in ("a", "b")),
        subscription("c", OTHER_SERVER),
        subscription("paused", state=SubscriptionState.PAUSED),
        subscription("stopped", state=SubscriptionState.STOPPED),
    )


async def claim(store: Storage, worker: str, now: datetime = NINE, limit: int = 9) -> list[str]:
    """Takes what there is, for a minute."""
    async with store.writing() as work:
        found = await work.deliveries.claimable(now, limit)
        taken: dict[str, Any] = {"state": DeliveryState.CLAIMED, "worker": worker, "lease_until": now + MINUTE}
        await work.deliveries.put(*(replace(each, **taken) for each in found))
        await work.commit()
    return [each.subscription for each in found]


async def test_planned_ones_come_earliest_first(store: Storage) -> None:
    await plan(store, delivery("c"), delivery("b", NINE - DAY), delivery("a"), finished("a", NINE - DAY))

    assert await claimable(store) == [("b", NINE - DAY), ("a", NINE), ("c", NINE)]
    assert await claimable(store, limit=2) == [("b", NINE - DAY), ("a", NINE)]


async def test_of_each_subscription_only_the_earliest_comes(store: Storage) -> None:
    await plan(store, delivery("a", NINE + DAY), delivery("a"), delivery("b", NINE + DAY), finished("b"))

    assert await claimable(store) == [("a", NINE), ("b", NINE + DAY)]


@pytest.mark.parametrize(
    ("retry_at", "comes"), [(None, True), (NINE - DAY, True), (NINE, True), (NINE + TICK, False), (NINE + DAY, False)]
)
async def test_one_to_be_tried_again_waits_and_so_do_those_behind_it(
    store: Storage, retry_at: datetime | None, comes: bool
) -> None:
    await plan(store, delivery("a", retry_at=retry_at), delivery("a", NINE + DAY))

    assert await claimable(store) == ([("a", NINE)] if comes else [])


@pytest.mark.parametrize(("lease", "comes"), [(NINE - DAY, True), (NINE, True), (NINE + TICK, False), (None, True)])
async def test_a_claimed_one_comes_once_its_lease_is_over(store: Storage, lease: datetime | None, comes: bool) -> None:
    await plan(store, claimed("a", lease_until=lease), delivery("a", NINE + DAY))

    assert await claimable(store) == ([("a", NINE)] if comes else [])


async def test_nothing_of_a_subscription_comes_while_somebody_works_on_another_of_it(store: Storage) -> None:
    await plan(store, delivery("a", NINE - DAY), claimed("a"), delivery("b"))

    assert await claimable(store) == [("b", NINE)]
    assert await claimable(store, NINE + MINUTE) == [("a", NINE - DAY), ("b", NINE)]


async def test_a_lease_that_is_left_on_what_is_finished_or_planned_counts_no_more(store: Storage) -> None:
    lease: dict[str, Any] = {"worker": "ann", "lease_until": NINE + DAY}
    await plan(store, finished("a", NINE - DAY, **lease), delivery("a", **lease))

    assert await claimable(store) == [("a", NINE)]


async def test_of_subscriptions_that_are_not_active_only_what_was_asked_for_while_paused(store: Storage) -> None:
    await plan(store, delivery("paused"), delivery("stopped"), delivery("stopped", NINE + DAY, kind=MANUAL))
    assert await claimable(store) == []

    async with store.writing() as work:
        await work.deliveries.put(finished("paused"), finished("stopped"))
        await work.commit()
    await plan(store, delivery("paused", NINE + DAY, kind=MANUAL), delivery("paused", NINE + 2 * DAY))
    assert await claimable(store) == [("paused", NINE + DAY)]


async def test_what_was_asked_for_waits_behind_an_earlier_one(store: Storage) -> None:
    await plan(store, delivery("paused"), delivery("paused", NINE + MINUTE, kind=MANUAL))
    await plan(store, delivery("a"), delivery("a", NINE + MINUTE, kind=MANUAL))

    assert await claimable(store) == [("a", NINE)]


async def test_no_two_workers_get_the_same(store: Storage) -> None:
    names = [f"s-{number:02}" for number in range(20)]
    await subscribe(store, *map(subscription, names))
    await plan(store, *map(delivery, names), *(delivery(name, NINE + DAY) for name in names))

    found = await asyncio.gather(*(claim(store, f"worker-{number}", limit=3) for number in range(9)))

    assert sorted(name for each in found for name in each) == names


async def test_a_worker_takes_over_when_the_lease_of_another_is_over(store: Storage) -> None:
    await plan(store, delivery("a"))

    assert await claim(store, "ann") == ["a"]
    assert await claim(store, "bob", NINE + MINUTE - TICK) == []
    assert await claim(store, "bob", NINE + MINUTE) == ["a"]
    assert await claim(store, "ann", NINE + MINUTE) == []
    async with store.writing() as work:
        assert not await work.deliveries.hold(finished("a"), "ann")
        assert await work.deliveries.hold(finished("a"), "bob")


async def test_what_was_claimed_without_a_commit_is_still_there(store: Storage) -> None:
    await plan(store, delivery("a"))
    async with store.writing() as work:
        await work.deliveries.put(claimed("a"))
        assert await work.deliveries.claimable(NINE, 9) == []

    assert await claimable(store) == [("a", NINE)]


async def test_the_next_one_comes_after_the_first_is_finished(store: Storage) -> None:
    await plan(store, claimed("a"), delivery("a", NINE + DAY))
    async with store.writing() as work:
        assert await work.deliveries.hold(finished("a", state=DeliveryState.QUIET), "ann")
        assert [each.slot for each in await work.deliveries.claimable(NINE, 9)] == [NINE + DAY]
