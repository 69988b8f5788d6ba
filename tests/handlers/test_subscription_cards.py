"""What editors are told of subscriptions: in words, and within one message however much there is."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from handlers.render.paging import pages
from handlers.render.subscriptions import (
    render_status,
    render_subscription,
    render_subscriptions,
    schedule_words,
    subscription_label,
)
from knowledge.briefing.cadence import Cadence, Schedule
from knowledge.briefing.model import DeliveryState, Subscription, SubscriptionState
from knowledge.briefing.subscribing import MOST_SUBSCRIPTIONS, SHOWN, Status
from knowledge.service.context import Context
from tests.fakes.digests import DELIVERY, SLOT, SUBSCRIPTION, LongNames

LONGEST = Schedule(Cadence.MONTHLY, time(9), "America/Argentina/ComodRivadavia", "last")
LONG = replace(
    SUBSCRIPTION,
    channel=10**19,
    schedule=LONGEST,
    parties=("x",) * 90,
    topics=("y",) * 90,
    role=10**19,
    next_slot=SLOT,
    note="*" * 2_000,
)


@pytest.mark.parametrize(
    ("cadence", "day", "words"),
    [
        (Cadence.DAILY, "", "daily at 09:00 Europe/Kyiv"),
        (Cadence.WEEKDAYS, "", "on weekdays at 09:00 Europe/Kyiv"),
        (Cadence.WEEKLY, "friday", "weekly on Friday at 09:00 Europe/Kyiv"),
        (Cadence.MONTHLY, "31", "monthly on day 31 at 09:00 Europe/Kyiv"),
        (Cadence.MONTHLY, "last", "monthly on the last day at 09:00 Europe/Kyiv"),
        (Cadence.ON_CHANGE, "", "when something changes"),
    ],
)
def test_a_schedule_is_told_in_words(cadence: Cadence, day: str, words: str) -> None:
    assert schedule_words(Schedule(cadence, time(9), "Europe/Kyiv", day)) == words


def test_a_label_names_the_channel_or_its_id_and_says_if_it_rests() -> None:
    paused = replace(SUBSCRIPTION, state=SubscriptionState.PAUSED)

    assert subscription_label(SUBSCRIPTION, "news") == "#news · daily at 09:00 Europe/Kyiv"
    assert subscription_label(paused, None) == "#1 · daily at 09:00 Europe/Kyiv (paused)"


def test_as_many_as_a_server_can_have_fit_one_message() -> None:
    [page] = pages(render_subscriptions([LONG] * MOST_SUBSCRIPTIONS))

    assert page.texts[1].count(LONG.id) == MOST_SUBSCRIPTIONS


def test_all_of_one_fits_one_message(context: Context) -> None:
    [page] = pages(render_subscription("Subscription", LONG, LongNames(context)))

    assert "78 more" in page.texts[1]


@pytest.mark.parametrize("state", DeliveryState)
def test_a_status_fits_one_message_whatever_became_of_the_slots(state: DeliveryState) -> None:
    late = replace(DELIVERY, state=state, delayed=True, error="*" * 2_000, retry_at=SLOT, parts=(1, 2))
    stopped = replace(LONG, state=SubscriptionState.STOPPED, reason="_" * 2_000)

    assert len(pages(render_status(Status(stopped, [late] * SHOWN)))) == 1


def test_a_status_says_what_became_of_each_slot_and_the_last_error() -> None:
    failed = replace(DELIVERY, state=DeliveryState.FAILED, error="Discord was down")
    skipped = replace(DELIVERY, slot=SLOT - timedelta(days=1), state=DeliveryState.SKIPPED, error="missed")
    [page] = pages(render_status(Status(replace(SUBSCRIPTION, next_slot=SLOT), [failed, skipped])))
    text = "\n".join(page.texts)

    stamp = int(SLOT.timestamp())
    assert f"**Next**: <t:{stamp}:F> (<t:{stamp}:R>)" in text
    assert "**Last error**: Discord was down" in text
    assert f"• <t:{stamp}:f> (scheduled): **not posted**; its content goes into the next one · Discord was down" in text
    assert "skipped; its content goes into the next one · missed" in text


def test_a_stopped_one_says_why_and_what_to_do(context: Context) -> None:
    stopped: Subscription = replace(SUBSCRIPTION, state=SubscriptionState.STOPPED, reason="I may not post there")
    [page] = pages(render_subscription("Subscription", stopped, LongNames(context)))

    assert "stopped: I may not post there. When that is mended, `/briefing resume` goes on" in page.texts[1]
