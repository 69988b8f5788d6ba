"""What became of the slots, in SQL."""

from datetime import datetime

from sqlalchemy import Select, bindparam, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from knowledge.briefing.model import Delivery, DeliveryState
from knowledge.storage.briefing.claimable import claimable, is_unfinished, with_subscription
from knowledge.storage.briefing.rows import delivery_from_row, delivery_to_values
from knowledge.storage.briefing.statements import execute, read, taken
from knowledge.storage.inserting import insert_into
from knowledge.storage.tables import DeliveryRow, SubscriptionRow

_REPLACE = update(DeliveryRow).where(DeliveryRow.subscription == bindparam("of"), DeliveryRow.slot == bindparam("at"))


class SqlDeliveries:
    """``knowledge.briefing.ports.Deliveries`` on a session."""

    def __init__(self, session: AsyncSession, writes: bool) -> None:
        self._session = session
        self._writes = writes

    async def plan(self, *deliveries: Delivery) -> None:
        """See the port."""
        if deliveries:
            statement = insert_into(self._session, DeliveryRow).on_conflict_do_nothing()
            await execute(self._session, statement, [delivery_to_values(each) for each in deliveries])

    async def claimable(self, now: datetime, limit: int) -> list[Delivery]:
        """See the port."""
        found = claimable(now).limit(limit)
        return await self._read(taken(with_subscription(found), True) if self._writes else found)

    async def put(self, *deliveries: Delivery) -> None:
        """See the port."""
        if deliveries:
            await execute(self._session, _REPLACE, [_to_replace(each) for each in deliveries])

    async def get(self, subscription_id: str, slot: datetime) -> Delivery | None:
        """See the port."""
        statement = _of(subscription_id).where(DeliveryRow.slot == slot)
        found = await self._read(statement.with_for_update() if self._writes else statement)
        return found[0] if found else None

    async def last(self, subscription_id: str, limit: int) -> list[Delivery]:
        """See the port."""
        return await self._read(_of(subscription_id).order_by(DeliveryRow.slot.desc()).limit(limit))

    async def unfinished(self, subscription_id: str) -> list[Delivery]:
        """See the port."""
        return await self._read(_of(subscription_id).where(is_unfinished(DeliveryRow)).order_by(DeliveryRow.slot))

    async def untold(self, limit: int) -> list[Delivery]:
        """See the port."""
        ended = (DeliveryState.FAILED.value, DeliveryState.PLANNED.value)
        untold = select(DeliveryRow).where(DeliveryRow.state.in_(ended), ~DeliveryRow.told)
        return await self._read(untold.order_by(DeliveryRow.slot, DeliveryRow.subscription).limit(limit))

    async def hold(self, delivery: Delivery, worker: str) -> bool:
        """See the port."""
        await self._lock_subscription(delivery.subscription)
        claimed = DeliveryRow.state == DeliveryState.CLAIMED.value
        held = _REPLACE.where(claimed, DeliveryRow.worker == worker)
        return await execute(self._session, held, [_to_replace(delivery)]) == 1

    async def counts(self) -> dict[str, int]:
        """See the port."""
        statement = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
        return dict((await self._session.execute(statement)).all())

    async def forget(self, before: datetime) -> None:
        """See the port. The last one of a subscription stays, to tell what became of it."""
        later = aliased(DeliveryRow)
        followed = exists().where(
            later.subscription == DeliveryRow.subscription,
            later.slot > DeliveryRow.slot,
            later.finished_at.is_not(None),
        )
        statement = delete(DeliveryRow).where(DeliveryRow.finished_at < before, followed)
        await self._session.execute(statement.execution_options(synchronize_session=False))

    async def _lock_subscription(self, subscription: str) -> None:
        """Before its deliveries, as all do who lock both: or two could wait for each other."""
        theirs = select(SubscriptionRow.id).where(SubscriptionRow.id == subscription)
        await self._session.execute(theirs.with_for_update())

    async def _read(self, statement: Select[DeliveryRow]) -> list[Delivery]:
        return [delivery_from_row(row) for row in await read(self._session, statement)]


def _to_replace(delivery: Delivery) -> dict[str, object]:
    return {**delivery_to_values(delivery), "of": delivery.subscription, "at": delivery.slot}


def _of(subscription_id: str) -> Select[DeliveryRow]:
    return select(DeliveryRow).where(DeliveryRow.subscription == subscription_id)
