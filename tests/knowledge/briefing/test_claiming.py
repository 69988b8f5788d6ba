"""One process at a time works on a delivery, and whoever goes on after it tells the same."""

from datetime import timedelta

import pytest

from knowledge.briefing.model import DeliveryKind, DeliveryState
from tests.knowledge.briefing.making import DAY, SEVEN, Desk, planned
from tests.knowledge.samples import stance

LEASE = timedelta(seconds=60)


@pytest.fixture
async def desk() -> Desk:
    """At the first slot, with something to tell."""
    made = Desk()
    await made.learn(stance("a"))
    return made


async def test_nobody_else_gets_it_until_the_lease_is_over(desk: Desk) -> None:
    await desk.subscribe()
    [first] = await desk.claim("one")
    desk.now += LEASE - timedelta(seconds=1)
    assert not await desk.claim("two")
    desk.now += timedelta(seconds=1)
    [second] = await desk.claim("two")
    assert (first.delivery.worker, second.delivery.worker) == ("one", "two")
    assert second.delivery.attempts == 2


async def test_whoever_goes_on_tells_what_the_first_would_have_told(desk: Desk) -> None:
    await desk.subscribe()
    await desk.claim("one")
    await desk.learn(stance("b"), at=desk.now)
    desk.now += LEASE
    [job] = await desk.claim("two")
    assert (job.delivery.since, job.delivery.upto) == (0, 1)
    assert job.digest is not None
    assert [item.entry.id for item in job.digest.items] == ["a"]


async def test_quiet_ones_do_not_keep_the_others_from_being_found(desk: Desk) -> None:
    await desk.subscribe("aaaaaaaa", cursor=1)
    await desk.subscribe("bbbbbbbb", cursor=1)
    await desk.subscribe("cccccccc")
    [job] = await desk.claim(limit=1)
    assert job.subscription.id == "cccccccc"
    assert desk.deliveries("bbbbbbbb")[0].state is DeliveryState.QUIET


async def test_one_that_the_next_slot_has_overtaken_is_skipped(desk: Desk) -> None:
    await desk.subscribe()
    await desk.plan()
    desk.now += DAY
    [job] = await desk.claim()
    assert job.delivery.slot == SEVEN + DAY
    assert desk.deliveries()[0].state is DeliveryState.SKIPPED


async def test_one_that_was_tried_and_is_overtaken_has_failed_and_is_to_be_reported(desk: Desk) -> None:
    await desk.subscribe()
    await desk.plan()
    desk.change(desk.deliveries()[0], error="Discord cannot be reached")
    desk.now += DAY
    await desk.claim()
    assert desk.deliveries()[0].state is DeliveryState.FAILED
    assert not desk.deliveries()[0].told
    assert desk.kept().note == "Discord cannot be reached"


async def test_one_that_may_have_arrived_is_gone_on_with_however_late(desk: Desk) -> None:
    await desk.subscribe()
    [first] = await desk.claim()
    desk.change(first.delivery, touched_at=SEVEN)
    desk.now += 3 * DAY
    [job] = await desk.claim("two")
    assert job.delivery.slot == SEVEN
    assert job.in_doubt_since == SEVEN
    assert job.delivery.delayed


async def test_what_a_moderator_asked_for_goes_out_however_late(desk: Desk) -> None:
    await desk.subscribe(next_slot=None)
    async with desk.storage.writing() as work:
        await work.deliveries.plan(planned(kind=DeliveryKind.MANUAL))
        await work.commit()
    desk.now += timedelta(hours=20)
    [job] = await desk.claim()
    assert job.delivery.kind is DeliveryKind.MANUAL
