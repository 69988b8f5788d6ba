"""Revisions in SQL."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from knowledge.codec import entry_from_dict, entry_to_dict
from knowledge.errors import StaleRevision
from knowledge.model import BASE, POSITIONS, Action, Revision, Scope, Status
from knowledge.ports import Selection
from knowledge.storage.tables import CitationRow, HeadRow, RevisionRow


class SqlRevisions:
    """``knowledge.ports.Revisions`` on a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def append(self, revision: Revision) -> Revision:
        """See the port."""
        row = _to_row(revision)
        try:
            async with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            raise StaleRevision(revision.entry.id, revision.number) from None
        await self._move_head(row)
        await self._cite(row.sequence, revision)
        return _from_row(row)

    async def select(self, scope: Scope, selection: Selection) -> list[Revision]:
        """See the port."""
        statement = _visible_then(scope, selection.recorded_by) if selection.recorded_by else _visible_now(scope)
        by = RevisionRow if selection.recorded_by else HeadRow
        statement = statement.where(*_conditions(selection, by)).order_by(RevisionRow.sequence)
        return [_from_row(row) for row in await self._session.scalars(statement)]

    async def history(self, scope: Scope, entry_id: str) -> list[Revision]:
        """See the port."""
        statement = (
            select(RevisionRow)
            .where(RevisionRow.scope.in_(_scopes(scope)), RevisionRow.entry_id == entry_id)
            .order_by(RevisionRow.sequence)
        )
        return [_from_row(row) for row in await self._session.scalars(statement)]

    async def heads(self, scope: Scope) -> dict[str, Revision]:
        """See the port."""
        statement = select(RevisionRow).join(HeadRow, HeadRow.sequence == RevisionRow.sequence)
        rows = await self._session.scalars(statement.where(HeadRow.scope == scope.id))
        return {row.entry_id: _from_row(row) for row in rows}

    async def topics_of(self, scope: Scope, party: str) -> set[str]:
        """See the port."""
        wanted = Selection(kinds=POSITIONS, party=party)
        statement = _visible_now(scope).where(*_conditions(wanted, HeadRow)).with_only_columns(HeadRow.topic).distinct()
        return {topic for topic in await self._session.scalars(statement) if topic is not None}

    async def began(self, scope: Scope) -> datetime | None:
        """See the port."""
        statement = select(func.min(RevisionRow.recorded_at)).where(RevisionRow.scope.in_(_scopes(scope)))
        return await self._session.scalar(statement)

    async def _move_head(self, row: RevisionRow) -> None:
        head = await self._session.get(HeadRow, (row.scope, row.entry_id))
        if head is None:
            head = HeadRow(scope=row.scope, entry_id=row.entry_id)
            self._session.add(head)
        head.sequence, head.party, head.topic, head.kind = row.sequence, row.party, row.topic, row.kind
        await self._session.flush()

    async def _cite(self, sequence: int, revision: Revision) -> None:
        documents = dict.fromkeys(each.document for each in revision.entry.citations)
        if documents:
            rows = [{"sequence": sequence, "document": document} for document in documents]
            await self._session.execute(insert(CitationRow), rows)


def _scopes(scope: Scope) -> tuple[int, ...]:
    return tuple({BASE.id, scope.id})


def _visible_now(scope: Scope) -> Select[RevisionRow]:
    statement = select(RevisionRow).join(HeadRow, HeadRow.sequence == RevisionRow.sequence)
    if scope.is_base:
        return statement.where(HeadRow.scope == BASE.id)
    over = aliased(HeadRow)
    hidden = exists().where(over.scope == scope.id, over.entry_id == HeadRow.entry_id)
    return statement.where(HeadRow.scope.in_(_scopes(scope)), or_(HeadRow.scope == scope.id, ~hidden))


def _visible_then(scope: Scope, moment: datetime) -> Select[RevisionRow]:
    """Without the heads, which know only the present: the last revision of each entry up to then."""
    latest = (
        select(func.max(RevisionRow.sequence))
        .where(RevisionRow.scope.in_(_scopes(scope)), RevisionRow.recorded_at <= moment)
        .group_by(RevisionRow.scope, RevisionRow.entry_id)
    )
    over = aliased(RevisionRow)
    hidden = exists().where(over.scope == scope.id, over.entry_id == RevisionRow.entry_id, over.recorded_at <= moment)
    return select(RevisionRow).where(RevisionRow.sequence.in_(latest), or_(RevisionRow.scope == scope.id, ~hidden))


def _conditions(selection: Selection, by: type[HeadRow | RevisionRow]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if selection.kinds is not None:
        found.append(by.kind.in_([kind.value for kind in selection.kinds]))
    if selection.party is not None:
        found.append(by.party == selection.party)
    if selection.topic is not None:
        found.append(by.topic == selection.topic)
    if selection.document is not None:
        cites = exists().where(CitationRow.sequence == RevisionRow.sequence, CitationRow.document == selection.document)
        found.append(cites)
    if selection.active_only:
        found.append(RevisionRow.status == Status.ACTIVE.value)
    return found


def _to_row(revision: Revision) -> RevisionRow:
    entry = revision.entry
    return RevisionRow(
        scope=revision.scope.id,
        entry_id=entry.id,
        number=revision.number,
        action=revision.action.value,
        kind=entry.kind.value,
        party=entry.party,
        topic=entry.topic,
        status=entry.status.value,
        content=entry_to_dict(entry),
        actor=revision.actor,
        reason=revision.reason,
        recorded_at=revision.recorded_at,
    )


def _from_row(row: RevisionRow) -> Revision:
    return Revision(
        scope=Scope(row.scope),
        number=row.number,
        action=Action(row.action),
        entry=entry_from_dict(row.content),
        recorded_at=row.recorded_at,
        actor=row.actor,
        reason=row.reason,
        sequence=row.sequence,
    )
