"""Who wants to be told, in SQL."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.briefing.cadence import Cadence, Schedule
from knowledge.briefing.model import Subscription, SubscriptionState, WhenQuiet
from knowledge.model import Scope
from knowledge.storage.briefing.statements import execute, read, taken
from knowledge.storage.inserting import insert_into
from knowledge.storage.tables import SubscriptionRow

_ACTIVE = SubscriptionRow.state == SubscriptionState.ACTIVE.value


class SqlSubscriptions:
    """``knowledge.briefing.ports.Subscriptions`` on a session."""

    def __init__(self, session: AsyncSession, writes: bool) -> None:
        self._session = session
        self._writes = writes

    async def put(self, *subscriptions: Subscription) -> None:
        """See the port."""
        if not subscriptions:
            return
        adding = insert_into(self._session, SubscriptionRow)
        new = {column.name: column for column in adding.excluded if not column.primary_key}
        statement = adding.on_conflict_do_update(index_elements=[SubscriptionRow.id], set_=new)
        await execute(self._session, statement, [_to_values(each) for each in subscriptions])

    async def get(self, scope: Scope, subscription_id: str) -> Subscription | None:
        """See the port. Locked in a transaction that writes: no cursor moves between reading and replacing one."""
        wanted = _theirs(scope).where(SubscriptionRow.id == subscription_id)
        found = await read(self._session, wanted.with_for_update() if self._writes else wanted)
        return _from_row(found[0]) if found else None

    async def of(self, scope: Scope) -> list[Subscription]:
        """See the port. Never locked: who locks many could wait for somebody who waits for one of them."""
        ordered = _theirs(scope).order_by(SubscriptionRow.created_at, SubscriptionRow.id)
        return [_from_row(row) for row in await read(self._session, ordered)]

    async def by_ids(self, ids: Collection[str]) -> dict[str, Subscription]:
        """See the port."""
        found = await read(self._session, select(SubscriptionRow).where(SubscriptionRow.id.in_(ids)))
        return {row.id: _from_row(row) for row in found}

    async def due(self, now: datetime, limit: int) -> list[Subscription]:
        """See the port."""
        statement = select(SubscriptionRow).where(_ACTIVE, SubscriptionRow.next_slot <= now)
        earliest = statement.order_by(SubscriptionRow.next_slot, SubscriptionRow.cursor, SubscriptionRow.id)
        return [_from_row(row) for row in await read(self._session, taken(earliest.limit(limit), self._writes))]

    async def waiting_for_change(self, upto: int, limit: int) -> list[Subscription]:
        """See the port."""
        statement = select(SubscriptionRow).where(
            _ACTIVE,
            SubscriptionRow.next_slot.is_(None),
            SubscriptionRow.cadence == Cadence.ON_CHANGE.value,
            SubscriptionRow.cursor < upto,
        )
        behind = statement.order_by(SubscriptionRow.cursor, SubscriptionRow.id)
        return [_from_row(row) for row in await read(self._session, taken(behind.limit(limit), self._writes))]

    async def move(self, subscription_id: str, cursor: int, note: str | None) -> None:
        """See the port."""
        farther = case((SubscriptionRow.cursor < cursor, cursor), else_=SubscriptionRow.cursor)
        statement = update(SubscriptionRow).where(SubscriptionRow.id == subscription_id)
        statement = statement.values(cursor=farther, note=note)
        await self._session.execute(statement.execution_options(synchronize_session=False))

    async def remove(self, scope: Scope, subscription_id: str) -> None:
        """See the port. The database deletes the deliveries with it."""
        statement = delete(SubscriptionRow).where(SubscriptionRow.id == subscription_id)
        statement = statement.where(SubscriptionRow.scope == scope.id)
        await self._session.execute(statement.execution_options(synchronize_session=False))


def _theirs(scope: Scope) -> Select[SubscriptionRow]:
    return select(SubscriptionRow).where(SubscriptionRow.scope == scope.id)


def _to_values(subscription: Subscription) -> dict[str, object]:
    schedule = subscription.schedule
    return {
        "id": subscription.id,
        "scope": subscription.scope.id,
        "channel": subscription.channel,
        "cadence": schedule.cadence.value,
        "at": schedule.at,
        "zone": schedule.zone,
        "day": schedule.day,
        "cursor": subscription.cursor,
        "created_at": subscription.created_at,
        "parties": list(subscription.parties),
        "topics": list(subscription.topics),
        "role": subscription.role,
        "when_quiet": subscription.when_quiet.value,
        "publish": subscription.publish,
        "state": subscription.state.value,
        "next_slot": subscription.next_slot,
        "reason": subscription.reason,
        "note": subscription.note,
    }


def _from_row(row: SubscriptionRow) -> Subscription:
    return Subscription(
        id=row.id,
        scope=Scope(row.scope),
        channel=row.channel,
        schedule=Schedule(Cadence(row.cadence), row.at, row.zone, row.day),
        cursor=row.cursor,
        created_at=row.created_at,
        parties=tuple(row.parties),
        topics=tuple(row.topics),
        role=row.role,
        when_quiet=WhenQuiet(row.when_quiet),
        publish=row.publish,
        state=SubscriptionState(row.state),
        next_slot=row.next_slot,
        reason=row.reason,
        note=row.note,
    )
