"""What every store keeps of those who want to be told."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from knowledge.briefing.cadence import Cadence, Schedule
from knowledge.briefing.model import Subscription, SubscriptionState, WhenQuiet
from knowledge.model import BASE
from knowledge.ports import Storage
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER, TUESDAY
from tests.knowledge.storage.briefing import (
    DAY,
    MINUTE,
    NINE,
    ON_CHANGE,
    delivery,
    finished,
    plan,
    subscribe,
    subscription,
)

PAUSED, STOPPED = SubscriptionState.PAUSED, SubscriptionState.STOPPED
FULL = Subscription(
    id="abcdefgh",
    scope=SERVER,
    channel=2**63 - 1,
    schedule=Schedule(Cadence.MONTHLY, time(23, 59), "America/Argentina/ComodRivadavia", "last"),
    cursor=2**40,
    created_at=MONDAY,
    parties=("uplands", "lowlands"),
    topics=("dam",),
    role=2**62,
    when_quiet=WhenQuiet.LINE,
    publish=True,
    state=STOPPED,
    next_slot=TUESDAY,
    reason="Немає доступу",
    note="nothing new",
)


async def test_a_subscription_comes_back_whole(store: Storage) -> None:
    await subscribe(store, FULL, subscription("plain"))

    async with store.reading() as work:
        assert await work.subscriptions.get(SERVER, FULL.id) == FULL
        assert await work.subscriptions.get(SERVER, "plain") == subscription("plain")


async def test_a_subscription_is_there_in_its_scope_alone(store: Storage) -> None:
    ours, later = subscription("b"), subscription("a", created_at=TUESDAY)
    theirs, twin = subscription("c", OTHER_SERVER), subscription("0")
    await subscribe(store, later, theirs, ours, twin)

    async with store.reading() as work:
        assert await work.subscriptions.of(SERVER) == [twin, ours, later]
        assert await work.subscriptions.of(OTHER_SERVER) == [theirs]
        assert await work.subscriptions.of(BASE) == []
        assert await work.subscriptions.get(OTHER_SERVER, "b") is None
        assert await work.subscriptions.get(SERVER, "never-was") is None
        assert await work.subscriptions.by_ids({"a", "c", "never-was"}) == {"a": later, "c": theirs}
        assert await work.subscriptions.by_ids([]) == {}


async def test_subscriptions_are_added_and_replaced_together(store: Storage) -> None:
    await subscribe(store, subscription("a", note="old"), subscription("b"))
    await plan(store, delivery("a"))
    changed = replace(FULL, id="a")
    async with store.writing() as work:
        await work.subscriptions.put()
        assert await work.subscriptions.get(SERVER, "a") == subscription("a", note="old")
        await work.subscriptions.put(changed, subscription("c", next_slot=None))
        assert await work.subscriptions.get(SERVER, "a") == changed
        await work.commit()

    async with store.reading() as work:
        known = await work.subscriptions.of(SERVER)
        assert known == [changed, subscription("b"), subscription("c", next_slot=None)]
        assert await work.deliveries.get("a", NINE) == delivery("a")


async def test_nothing_is_put_without_a_commit(store: Storage) -> None:
    async with store.writing() as work:
        await work.subscriptions.put(subscription("a"))

    async with store.reading() as work:
        assert await work.subscriptions.of(SERVER) == []


async def test_due_are_the_active_ones_whose_slot_has_come_earliest_first(store: Storage) -> None:
    late, due = subscription("late", next_slot=NINE - DAY), subscription("due", OTHER_SERVER, cursor=1)
    behind, on_change = subscription("z"), subscription("y", cursor=1, schedule=ON_CHANGE)
    others = [
        subscription("soon", next_slot=NINE + MINUTE),
        subscription("paused", state=PAUSED),
        subscription("stopped", state=STOPPED),
        subscription("none", next_slot=None),
    ]
    await subscribe(store, on_change, *others, behind, due, late)

    for transaction in (store.reading, store.writing):
        async with transaction() as work:
            assert await work.subscriptions.due(NINE, 9) == [late, behind, due, on_change]
            assert await work.subscriptions.due(NINE, 2) == [late, behind]
            assert await work.subscriptions.due(NINE - 2 * DAY, 9) == []


async def test_waiting_for_change_are_active_ones_on_change_that_are_behind_and_have_no_slot(store: Storage) -> None:
    def on_change(name: str, **fields: Any) -> Subscription:
        return subscription(name, schedule=ON_CHANGE, **{"next_slot": None, **fields})

    behind, far_behind = on_change("a", cursor=6), on_change("b", cursor=2)
    others = [
        on_change("told", cursor=7),
        on_change("paused", state=PAUSED),
        on_change("set", next_slot=NINE),
        subscription("daily", next_slot=None),
    ]
    await subscribe(store, behind, *others, far_behind)

    for transaction in (store.reading, store.writing):
        async with transaction() as work:
            assert await work.subscriptions.waiting_for_change(7, 9) == [far_behind, behind]
            assert await work.subscriptions.waiting_for_change(7, 1) == [far_behind]
            assert await work.subscriptions.waiting_for_change(2, 9) == []


@pytest.mark.parametrize(("to", "cursor"), [(9, 9), (5, 5), (3, 5), (0, 5)])
async def test_a_cursor_moves_forward_only_and_the_note_is_set(store: Storage, to: int, cursor: int) -> None:
    before = subscription("a", cursor=5, note="old", reason="kept")
    await subscribe(store, before, subscription("b", cursor=1))
    async with store.writing() as work:
        assert await work.subscriptions.get(SERVER, "a") == before
        await work.subscriptions.move("a", to, "new")
        await work.subscriptions.move("never-was", to, "new")
        assert await work.subscriptions.get(SERVER, "a") == replace(before, cursor=cursor, note="new")
        await work.subscriptions.move("a", 0, None)
        await work.commit()

    async with store.reading() as work:
        known = await work.subscriptions.of(SERVER)
        assert known == [replace(before, cursor=cursor, note=None), subscription("b", cursor=1)]


async def test_a_subscription_goes_with_its_deliveries_in_its_scope_alone(store: Storage) -> None:
    await subscribe(store, subscription("a"), subscription("b"))
    await plan(store, delivery("a"), finished("a", NINE - DAY), delivery("b"))
    async with store.writing() as work:
        await work.subscriptions.remove(OTHER_SERVER, "a")
        await work.subscriptions.remove(SERVER, "never-was")
        assert await work.deliveries.get("a", NINE) == delivery("a")
        await work.subscriptions.remove(SERVER, "a")
        assert await work.deliveries.last("a", 9) == []
        await work.commit()

    async with store.reading() as work:
        assert await work.subscriptions.of(SERVER) == [subscription("b")]
        assert await work.deliveries.last("a", 9) == []
        assert await work.deliveries.counts() == {"planned": 1}
