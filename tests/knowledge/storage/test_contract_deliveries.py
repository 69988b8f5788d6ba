"""What every store keeps of what became of the slots."""

from datetime import datetime

import pytest

from knowledge.briefing.model import Delivery, DeliveryKind, DeliveryState
from knowledge.ports import Storage
from tests.knowledge.samples import OTHER_SERVER, SERVER
from tests.knowledge.storage.briefing import (
    DAY,
    MINUTE,
    NINE,
    claimed,
    delivery,
    finished,
    plan,
    subscribe,
    subscription,
)

FAILED = DeliveryState.FAILED
FULL = Delivery(
    subscription="a",
    scope=SERVER,
    slot=NINE,
    kind=DeliveryKind.CHANGE,
    state=DeliveryState.CLAIMED,
    delayed=True,
    worker="w" * 64,
    lease_until=NINE + MINUTE,
    since=2**40,
    upto=2**41,
    total=3,
    parts=(2**62, 2**62 + 1),
    thread=2**61,
    attempts=4,
    touched_at=NINE,
    retry_at=NINE + DAY,
    finished_at=NINE + 2 * DAY,
    error="Немає доступу",
    told=False,
)


@pytest.fixture(autouse=True)
async def subscriptions(store: Storage) -> None:
    """Those whose slots are planned below."""
    await subscribe(store, subscription("a"), subscription("b"), subscription("c", OTHER_SERVER))


async def test_a_delivery_comes_back_whole(store: Storage) -> None:
    await plan(store, FULL, delivery("b"))

    async with store.reading() as work:
        assert await work.deliveries.get("a", NINE) == FULL
        assert await work.deliveries.get("b", NINE) == delivery("b")
        assert await work.deliveries.get("a", NINE + MINUTE) is None
        assert await work.deliveries.get("c", NINE) is None


async def test_a_slot_that_is_planned_again_stays_as_it_is(store: Storage) -> None:
    async with store.writing() as work:
        await work.deliveries.plan()
        await work.deliveries.plan(claimed("a"))
        await work.deliveries.plan(delivery("a"), delivery("b"), delivery("b", delayed=True))
        await work.commit()
    await plan(store, delivery("a"), delivery("a", NINE + DAY), delivery("b", kind=DeliveryKind.MANUAL))

    async with store.reading() as work:
        assert await work.deliveries.last("a", 9) == [delivery("a", NINE + DAY), claimed("a")]
        assert await work.deliveries.last("b", 9) == [delivery("b")]


async def test_deliveries_are_replaced_together_and_none_is_added(store: Storage) -> None:
    await plan(store, delivery("a"), delivery("b"), delivery("c"))
    async with store.writing() as work:
        assert await work.deliveries.get("a", NINE) == delivery("a")
        await work.deliveries.put()
        await work.deliveries.put(FULL, finished("b"), finished("b", NINE + DAY))
        await work.deliveries.put(finished("c", NINE + DAY))
        assert await work.deliveries.get("a", NINE) == FULL
        await work.commit()

    async with store.reading() as work:
        assert await work.deliveries.last("a", 9) == [FULL]
        assert await work.deliveries.last("b", 9) == [finished("b")]
        assert await work.deliveries.last("c", 9) == [delivery("c")]


async def test_the_last_ones_come_newest_first(store: Storage) -> None:
    await plan(store, finished("a", NINE - DAY), delivery("a", NINE + DAY), claimed("a"), delivery("b"))

    async with store.reading() as work:
        assert await work.deliveries.last("a", 2) == [delivery("a", NINE + DAY), claimed("a")]
        assert await work.deliveries.last("c", 2) == []


async def test_unfinished_are_those_planned_and_claimed_earliest_first(store: Storage) -> None:
    states = [DeliveryState.DONE, DeliveryState.QUIET, FAILED, DeliveryState.SKIPPED]
    over = [finished("a", NINE - (place + 2) * DAY, state=state) for place, state in enumerate(states)]
    await plan(store, delivery("a", NINE + DAY), *over, claimed("a"), delivery("a", NINE - DAY), delivery("b"))

    async with store.reading() as work:
        unfinished = await work.deliveries.unfinished("a")
        assert unfinished == [delivery("a", NINE - DAY), claimed("a"), delivery("a", NINE + DAY)]


async def test_untold_are_failures_and_those_stopped_halfway_that_no_moderator_knows(store: Storage) -> None:
    def failed(name: str, slot: datetime = NINE) -> Delivery:
        return finished(name, slot, state=FAILED, told=False)

    earlier, halfway = failed("b", NINE - DAY), delivery("b", NINE + DAY, parts=(1,), told=False)
    others = [finished("a", NINE - DAY, state=FAILED), finished("b", told=False), claimed("c", NINE + DAY, told=False)]
    await plan(store, halfway, failed("c"), failed("a"), *others, earlier)

    async with store.reading() as work:
        assert await work.deliveries.untold(9) == [earlier, failed("a"), failed("c"), halfway]
        assert await work.deliveries.untold(2) == [earlier, failed("a")]


async def test_only_who_holds_a_delivery_replaces_it(store: Storage) -> None:
    done = finished("a", worker="ann", parts=(1, 2))
    await plan(store, claimed("a"), claimed("b"), claimed("a", NINE + DAY))
    async with store.writing() as work:
        assert not await work.deliveries.hold(done, "bob")
        assert await work.deliveries.get("a", NINE) == claimed("a")
        assert await work.deliveries.hold(done, "ann")
        assert await work.deliveries.get("a", NINE) == done
        assert not await work.deliveries.hold(done, "ann")
        assert not await work.deliveries.hold(finished("c"), "ann")
        await work.commit()

    async with store.reading() as work:
        assert await work.deliveries.last("a", 9) == [claimed("a", NINE + DAY), done]
        assert await work.deliveries.last("b", 9) == [claimed("b")]


async def test_a_delivery_that_was_taken_over_is_lost_for_who_held_it(store: Storage) -> None:
    await plan(store, claimed("a"))
    theirs = claimed("a", worker="bob", lease_until=NINE + 2 * MINUTE)
    async with store.writing() as work:
        await work.deliveries.put(theirs)
        await work.commit()

    async with store.writing() as work:
        assert not await work.deliveries.hold(finished("a", worker="ann"), "ann")
        assert await work.deliveries.get("a", NINE) == theirs


async def test_a_delivery_whose_subscription_is_gone_is_held_by_nobody(store: Storage) -> None:
    await plan(store, claimed("a"))
    async with store.writing() as work:
        await work.subscriptions.remove(SERVER, "a")
        assert not await work.deliveries.hold(finished("a"), "ann")
        await work.deliveries.put(finished("a"))
        assert await work.deliveries.get("a", NINE) is None


async def test_deliveries_are_counted_by_state(store: Storage) -> None:
    async with store.reading() as work:
        assert await work.deliveries.counts() == {}
    await plan(store, delivery("a"), delivery("c"), claimed("b"), finished("a", NINE - DAY, state=FAILED))

    async with store.reading() as work:
        assert await work.deliveries.counts() == {"planned": 2, "claimed": 1, "failed": 1}


async def test_what_was_finished_before_a_moment_is_forgotten_but_for_the_last_of_each(store: Storage) -> None:
    old = [finished("a", NINE - days * DAY, state=FAILED, told=False) for days in (5, 4, 3)]
    just = [finished("b", NINE - 4 * DAY), finished("b", NINE - 3 * DAY, finished_at=NINE - DAY), finished("b", NINE)]
    await plan(store, *old, *just, delivery("a", NINE - 9 * DAY), delivery("a"), claimed("c", NINE - 9 * DAY))
    async with store.writing() as work:
        await work.deliveries.forget(NINE - DAY)
        await work.commit()

    async with store.reading() as work:
        assert await work.deliveries.last("a", 9) == [delivery("a"), old[2], delivery("a", NINE - 9 * DAY)]
        assert await work.deliveries.last("b", 9) == [just[2], just[1]]
        assert await work.deliveries.last("c", 9) == [claimed("c", NINE - 9 * DAY)]
