"""Which deliveries can be worked on, as a statement: at a cost that does not grow with how many there are."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from knowledge.briefing.model import DeliveryKind, DeliveryState, SubscriptionState
from knowledge.storage.tables import UNFINISHED, DeliveryRow, SubscriptionRow


def claimable(now: datetime) -> Select[DeliveryRow]:
    """What ``Deliveries.claimable`` gives, without a limit."""
    # a row that another transaction has changed meanwhile is looked at once more after it has been locked, and then
    # only by its own columns: they must say by themselves that its lease is over
    conditions = [is_unfinished(DeliveryRow), ~_is_held(DeliveryRow, now), _may_be_tried(now), _is_wanted()]
    statement = select(DeliveryRow).where(*conditions, ~_has_to_wait(now))
    return statement.order_by(DeliveryRow.slot, DeliveryRow.subscription)


def with_subscription(statement: Select[DeliveryRow]) -> Select[DeliveryRow]:
    """The same, so that a lock is one on the subscription too: all who lock both take that one before its deliveries,
    and here nobody waits."""
    theirs = aliased(SubscriptionRow)
    return statement.join(theirs, theirs.id == DeliveryRow.subscription)


def is_unfinished(row: type[DeliveryRow]) -> ColumnElement[bool]:
    """Whether a delivery is planned or claimed.

    With the values in the text of the statement, or no database would see that an index of such rows is enough.
    """
    return row.state.in_(bindparam(None, UNFINISHED, String(), expanding=True, literal_execute=True))


def _is_held(row: type[DeliveryRow], now: datetime) -> ColumnElement[bool]:
    live = and_(row.lease_until.is_not(None), row.lease_until > now)
    return and_(row.state == DeliveryState.CLAIMED.value, live)


def _may_be_tried(now: datetime) -> ColumnElement[bool]:
    return or_(DeliveryRow.retry_at.is_(None), DeliveryRow.retry_at <= now)


def _has_to_wait(now: datetime) -> ColumnElement[bool]:
    """Whether an earlier delivery of the subscription is not finished, or somebody works on another one of it."""
    other = aliased(DeliveryRow)
    first = or_(other.slot < DeliveryRow.slot, _is_held(other, now))
    return exists().where(other.subscription == DeliveryRow.subscription, is_unfinished(other), first)


def _is_wanted() -> ColumnElement[bool]:
    """Of an active subscription; what a moderator asked for also of one that is paused."""
    state = SubscriptionRow.state
    asked = and_(DeliveryRow.kind == DeliveryKind.MANUAL.value, state == SubscriptionState.PAUSED.value)
    wanted = or_(state == SubscriptionState.ACTIVE.value, asked)
    return exists().where(SubscriptionRow.id == DeliveryRow.subscription, wanted)
