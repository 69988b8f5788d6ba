"""What becomes of a claimed delivery, whatever happens between two steps."""

from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.briefing import working
from knowledge.briefing.claiming import Job
from knowledge.briefing.model import DeliveryState, SubscriptionState
from knowledge.briefing.service import BriefingService
from knowledge.briefing.working import LeaseLost
from tests.knowledge.briefing.making import DAY, SEVEN, Desk
from tests.knowledge.samples import stance

SECOND = timedelta(seconds=1)


@pytest.fixture
async def desk() -> Desk:
    """At the first slot, with something to tell."""
    made = Desk()
    await made.learn(stance("a"))
    await made.subscribe()
    return made


@pytest.fixture
async def job(desk: Desk) -> Job:
    """Claimed."""
    [made] = await desk.claim()
    return made


async def test_the_last_part_ends_it_and_moves_the_cursor(desk: Desk, job: Job) -> None:
    job = await working.sent(desk.briefings, await working.begin(desk.briefings, job, 2), 71)
    assert desk.kept().cursor == 0
    await working.sent(desk.briefings, await working.begin(desk.briefings, job, 2), 72)
    assert desk.deliveries()[0].parts == (71, 72)
    assert desk.deliveries()[0].state is DeliveryState.DONE
    assert desk.kept().cursor == 1


async def test_after_the_lease_nothing_is_sent(desk: Desk, job: Job) -> None:
    desk.now += timedelta(seconds=60)
    with pytest.raises(LeaseLost):
        await working.begin(desk.briefings, job, 1)


async def test_who_comes_late_changes_nothing_any_more(desk: Desk, job: Job) -> None:
    job = await working.begin(desk.briefings, job, 1)
    desk.now += timedelta(seconds=60)
    [other] = await desk.claim("two")
    for late in (
        working.sent(desk.briefings, job, 71),
        working.postpone(desk.briefings, job, "late"),
        working.stop(desk.briefings, job, "late"),
        working.release(desk.briefings, job),
    ):
        with pytest.raises(LeaseLost):
            await late
    assert desk.deliveries() == [other.delivery]
    assert desk.kept().state is SubscriptionState.ACTIVE


async def test_a_part_in_doubt_is_looked_for_from_the_first_attempt_on(desk: Desk, job: Job) -> None:
    await working.begin(desk.briefings, job, 1)
    for number in range(1, 4):
        desk.now = SEVEN + number * timedelta(seconds=61)
        [job] = await desk.claim(f"worker {number}")
        assert job.in_doubt_since == SEVEN
        await working.begin(desk.briefings, job, 1)


async def test_it_is_tried_again_less_and_less_often(desk: Desk, job: Job) -> None:
    waits = []
    for number in range(7):
        later = await working.postpone(desk.briefings, replace(job, in_doubt_since=SEVEN), "no")
        assert later.retry_at is not None
        waits.append((later.retry_at - desk.now).total_seconds())
        desk.now = later.retry_at
        [job] = await desk.claim(f"worker {number}")
    assert waits == [30, 60, 120, 240, 480, 600, 600]


async def test_it_fails_when_its_time_is_over_and_is_reported_once(desk: Desk, job: Job) -> None:
    desk.now = SEVEN + DAY - SECOND
    failed = await working.postpone(desk.briefings, job, "no")
    assert failed.state is DeliveryState.FAILED
    assert desk.kept().cursor == 0
    service = BriefingService(desk.briefings)
    assert [each for each, _, _ in await service.untold()] == [failed]
    await service.mark_told(failed)
    assert not await service.untold()


async def test_what_may_have_arrived_does_not_fail(desk: Desk, job: Job) -> None:
    job = working.in_doubt(await working.begin(desk.briefings, job, 1))
    desk.now = SEVEN + 2 * DAY
    assert (await working.postpone(desk.briefings, job, "no")).state is DeliveryState.PLANNED
    assert desk.deliveries()[0].touched_at == SEVEN


async def test_what_discord_has_refused_is_not_in_doubt(desk: Desk, job: Job) -> None:
    begun = await working.begin(desk.briefings, job, 1)
    assert (await working.postpone(desk.briefings, begun, "no")).touched_at is None


async def test_a_stop_halfway_is_reported_and_goes_on_after_a_resume(desk: Desk, job: Job) -> None:
    job = await working.sent(desk.briefings, await working.begin(desk.briefings, job, 2), 71)
    await working.stop(desk.briefings, await working.begin(desk.briefings, job, 2), "closed")
    assert desk.kept().state is SubscriptionState.STOPPED
    assert len(await BriefingService(desk.briefings).untold()) == 1
    assert not await desk.claim("two")

    desk.storage.tables.subscriptions["aaaaaaaa"] = replace(desk.kept(), state=SubscriptionState.ACTIVE)
    [again] = await desk.claim("two")
    assert again.delivery.parts == (71,)


async def test_a_stop_before_the_first_part_fails_it(desk: Desk, job: Job) -> None:
    await working.stop(desk.briefings, await working.begin(desk.briefings, job, 1), "closed")
    assert desk.deliveries()[0].state is DeliveryState.FAILED
    assert desk.kept().reason == "closed"
    assert desk.kept().next_slot is None


async def test_another_channel_is_not_stopped_for_what_the_old_one_lacked(desk: Desk, job: Job) -> None:
    desk.storage.tables.subscriptions["aaaaaaaa"] = replace(desk.kept(), channel=11)
    await working.stop(desk.briefings, job, "closed")
    assert desk.kept().state is SubscriptionState.ACTIVE
    [again] = await desk.claim("two")
    assert again.subscription.channel == 11


async def test_what_is_released_can_be_taken_at_once(desk: Desk, job: Job) -> None:
    await working.release(desk.briefings, job)
    [again] = await desk.claim("two")
    assert again.in_doubt_since is None


async def test_one_of_which_nothing_is_left_to_send_is_done(desk: Desk, job: Job) -> None:
    await working.finish(desk.briefings, job)
    assert desk.deliveries()[0].state is DeliveryState.DONE
    assert desk.kept().cursor == 1
