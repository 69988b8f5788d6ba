"""How long a delivery is tried, when it is tried again, and when it is too late for it. Pure."""

from datetime import datetime, timedelta

from knowledge.briefing.cadence import Cadence
from knowledge.briefing.context import Pace
from knowledge.briefing.model import Delivery, DeliveryKind, Subscription
from knowledge.briefing.slots import next_slot

TRIED_FOR = timedelta(hours=24)
"""How long a delivery is tried that no next slot ends: one on change, or one that a moderator asked for."""
_DOUBLINGS = 16
"""More would only make numbers large."""


def may_have_arrived(delivery: Delivery) -> bool:
    """Whether something of it was sent, or may have been: then it has to be finished, however late."""
    return bool(delivery.parts) or delivery.thread is not None or delivery.touched_at is not None


def given_up_at(delivery: Delivery, subscription: Subscription) -> datetime:
    """When a delivery fails of which nothing has arrived: the next one, or a later change, tells what it would have."""
    if delivery.kind is DeliveryKind.SCHEDULED and subscription.schedule.cadence is not Cadence.ON_CHANGE:
        return next_slot(subscription.schedule, delivery.slot)
    return delivery.slot + TRIED_FOR


def is_missed(delivery: Delivery, subscription: Subscription, pace: Pace, now: datetime) -> bool:
    """Whether a planned delivery is not worth beginning any more: nobody could see to it in its time."""
    if delivery.kind is not DeliveryKind.SCHEDULED or may_have_arrived(delivery):
        return False
    return now - delivery.slot > pace.stale or now >= given_up_at(delivery, subscription)


def retry_at(delivery: Delivery, pace: Pace, now: datetime) -> datetime:
    """When to try again: the longer, the more often it was tried."""
    doublings = min(max(delivery.attempts - 1, 0), _DOUBLINGS)
    wait: timedelta = pace.again * 2**doublings
    return now + min(wait, pace.again_at_most)
