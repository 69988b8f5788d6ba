"""What is due becomes a delivery, once; of what was missed only the latest; on change after a pause."""

from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.briefing.cadence import parse_schedule
from knowledge.briefing.model import DeliveryState, SubscriptionState
from knowledge.briefing.planning import PATIENCE
from knowledge.briefing.subscribing import Wish, edit, resume
from knowledge.model import Scope
from knowledge.moderation.model import Caller
from tests.knowledge.briefing.making import CHANNEL, DAY, ON_CHANGE, SERVER, SEVEN, START, Desk
from tests.knowledge.samples import record, stance, step

EDITOR = Caller(user=1, manages=True)
DEBOUNCE = timedelta(minutes=15)


@pytest.fixture
def desk() -> Desk:
    """At the first slot."""
    return Desk()


async def test_a_slot_is_planned_once_however_often_somebody_looks(desk: Desk) -> None:
    await desk.subscribe()
    for _ in range(3):
        await desk.plan()
    assert [each.slot for each in desk.deliveries()] == [SEVEN]
    assert desk.kept().next_slot == SEVEN + DAY


async def test_of_missed_slots_the_latest_goes_out_and_the_first_says_that_it_was_missed(desk: Desk) -> None:
    await desk.subscribe()
    desk.now = SEVEN + 5 * DAY + timedelta(hours=2)
    await desk.plan()
    assert [(each.slot, each.state, each.delayed) for each in desk.deliveries()] == [
        (SEVEN, DeliveryState.SKIPPED, False),
        (SEVEN + 5 * DAY, DeliveryState.PLANNED, True),
    ]


async def test_what_was_missed_by_too_much_does_not_go_out(desk: Desk) -> None:
    await desk.subscribe()
    desk.now = SEVEN + timedelta(hours=13)
    await desk.plan()
    assert [each.state for each in desk.deliveries()] == [DeliveryState.SKIPPED]


async def test_on_change_waits_for_a_pause_but_not_for_ever(desk: Desk) -> None:
    await desk.subscribe(schedule=ON_CHANGE)
    await desk.learn(stance("a"), at=START)
    desk.now = START
    await desk.plan()
    assert desk.kept().next_slot == START + DEBOUNCE
    for number in range(1, 9):
        desk.now = START + number * DEBOUNCE - timedelta(minutes=1)
        await desk.learn(stance(f"more-{number}"), at=desk.now)
        desk.now = START + number * DEBOUNCE
        await desk.plan()
    assert [each.slot for each in desk.deliveries()] == [START + PATIENCE * DEBOUNCE]


async def test_what_no_one_here_sees_moves_the_cursor_alone(desk: Desk) -> None:
    await desk.subscribe(schedule=ON_CHANGE)
    await record(desk.storage, step(stance("a"), scope=Scope(99), at=START))
    await desk.plan()
    assert desk.kept().cursor == 1
    assert desk.kept().next_slot is None


async def test_on_change_nothing_is_planned_while_a_briefing_is_on_its_way(desk: Desk) -> None:
    await desk.subscribe(schedule=ON_CHANGE)
    await desk.learn(stance("a"), at=START)
    for _ in range(3):
        await desk.plan()
        desk.now += timedelta(hours=1)
    assert len(desk.deliveries()) == 1
    assert desk.kept().next_slot is None


async def test_on_change_what_a_failed_briefing_had_to_tell_is_planned_again(desk: Desk) -> None:
    await desk.subscribe(schedule=ON_CHANGE)
    await desk.learn(stance("a"), at=START)
    await desk.plan()
    await desk.plan()
    desk.change(desk.deliveries()[0], state=DeliveryState.FAILED, finished_at=desk.now)
    desk.now += DAY

    await desk.plan()

    assert [each.state for each in desk.deliveries()] == [DeliveryState.FAILED, DeliveryState.PLANNED]
    assert desk.deliveries()[1].slot == SEVEN + DAY


async def test_an_edit_does_not_lose_a_slot_that_has_come(desk: Desk) -> None:
    await desk.subscribe()
    later = parse_schedule("daily", "18:00", "UTC", "")
    await edit(desk.briefings, SERVER, EDITOR, "aaaaaaaa", Wish(schedule=later))
    await desk.plan()
    assert [each.slot for each in desk.deliveries()] == [SEVEN]
    assert desk.kept().next_slot == SEVEN + timedelta(hours=11)


async def test_an_edit_of_something_else_and_a_resume_of_what_runs_leave_the_slot(desk: Desk) -> None:
    await desk.subscribe()
    await edit(desk.briefings, SERVER, EDITOR, "aaaaaaaa", Wish(publish=True))
    await resume(desk.briefings, SERVER, EDITOR, "aaaaaaaa")
    assert desk.kept().next_slot == SEVEN
    assert desk.kept().publish


async def test_a_resume_does_not_send_what_was_missed_at_once(desk: Desk) -> None:
    made = await desk.subscribe()
    desk.storage.tables.subscriptions[made.id] = replace(made, state=SubscriptionState.PAUSED, next_slot=None)
    desk.now = SEVEN + 30 * DAY
    await resume(desk.briefings, SERVER, EDITOR, made.id)
    await desk.plan()
    assert not desk.deliveries()
    assert desk.kept().next_slot == SEVEN + 31 * DAY


async def test_what_has_begun_in_a_channel_ends_there(desk: Desk) -> None:
    await desk.subscribe()
    await desk.learn(stance("a"))
    [job] = await desk.claim()
    desk.change(job.delivery, touched_at=desk.now)
    await edit(desk.briefings, SERVER, EDITOR, "aaaaaaaa", Wish(channel=11))
    assert desk.deliveries()[0].thread == CHANNEL
    assert desk.kept().channel == 11
