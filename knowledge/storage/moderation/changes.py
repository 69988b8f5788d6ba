"""The audit trails in SQL."""

from sqlalchemy import Select, and_, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from knowledge.errors import StaleRevision
from knowledge.model import BASE, Action, Scope
from knowledge.moderation.model import JSON, Change, Subject
from knowledge.storage.tables import ChainRow, ChangeRow, RevisionRow

_Trail = Select[ChangeRow, JSON | None, JSON | None]
"""Rows with what an entry was and became."""


class SqlChanges:
    """``knowledge.moderation.ports.Changes`` on a session."""

    def __init__(self, session: AsyncSession, writes: bool) -> None:
        self._session = session
        self._writes = writes

    async def last(self, scope: Scope) -> Change | None:
        """See the port."""
        await self._chain(scope)
        found = await self._read(_of(scope).order_by(ChangeRow.position.desc()).limit(1))
        return found[0] if found else None

    async def head(self, scope: Scope) -> tuple[int, str] | None:
        """See the port."""
        chain = await self._chain(scope)
        return (chain.position, chain.link) if chain else None

    async def append(self, change: Change) -> None:
        """See the port."""
        try:
            async with self._session.begin_nested():
                await self._session.execute(insert(ChangeRow).values(_to_values(change)))
        except IntegrityError:
            raise StaleRevision(change.key, change.position) from None
        chain = await self._chain(change.scope)
        if chain is None:
            chain = ChainRow(scope=change.scope.id, posted=0)
            self._session.add(chain)
        chain.position, chain.link = change.position, change.link
        await self._session.flush()

    async def batch(self, scope: Scope, position: int) -> list[Change]:
        """See the port."""
        return await self._read(_of(scope).where(ChangeRow.batch == position).order_by(ChangeRow.position))

    async def page(self, scope: Scope, after: int, limit: int) -> list[Change]:
        """See the port."""
        return await self._read(_of(scope).where(ChangeRow.position > after).order_by(ChangeRow.position).limit(limit))

    async def posted(self, scope: Scope) -> int:
        """See the port."""
        return await self._session.scalar(select(ChainRow.posted).where(ChainRow.scope == scope.id)) or 0

    async def mark_posted(self, scope: Scope, position: int) -> None:
        """See the port."""
        await self._session.execute(update(ChainRow).where(ChainRow.scope == scope.id).values(posted=position))

    async def scopes_behind(self) -> list[Scope]:
        """See the port."""
        behind = select(ChainRow.scope).where(ChainRow.posted < ChainRow.position).order_by(ChainRow.scope)
        return [Scope(each) for each in await self._session.scalars(behind)]

    async def _chain(self, scope: Scope) -> ChainRow | None:
        """Locked in a transaction that writes: SQLite does that for the whole database, others for this row."""
        return await self._session.get(ChainRow, scope.id, with_for_update=True if self._writes else None)

    async def _read(self, statement: _Trail) -> list[Change]:
        return [_from_row(row, before, after) for row, before, after in await self._session.execute(statement)]


def _of(scope: Scope) -> _Trail:
    """The changes of a scope; of entries with the contents that their revisions hold."""
    became, was = aliased(RevisionRow), aliased(RevisionRow)
    of_entry = ChangeRow.subject == Subject.ENTRY.value
    made = and_(
        of_entry,
        became.scope == ChangeRow.scope,
        became.entry_id == ChangeRow.key,
        became.number == ChangeRow.number,
    )
    seen = and_(of_entry, was.sequence == ChangeRow.previous, was.scope.in_({BASE.id, scope.id}))
    statement = select(ChangeRow, was.content, became.content).outerjoin(became, made).outerjoin(was, seen)
    return statement.where(ChangeRow.scope == scope.id)


def _to_values(change: Change) -> dict[str, object]:
    stored = change.subject is not Subject.ENTRY
    return {
        "scope": change.scope.id,
        "position": change.position,
        "batch": change.batch,
        "subject": change.subject.value,
        "key": change.key,
        "number": change.number,
        "previous": change.previous,
        "action": change.action.value,
        "before": change.before if stored else None,
        "after": change.after if stored else None,
        "actor": change.actor,
        "reason": change.reason,
        "recorded_at": change.recorded_at,
        "link": change.link,
    }


def _from_row(row: ChangeRow, before: JSON | None, after: JSON | None) -> Change:
    subject = Subject(row.subject)
    of_entry = subject is Subject.ENTRY
    return Change(
        scope=Scope(row.scope),
        position=row.position,
        batch=row.batch,
        subject=subject,
        key=row.key,
        action=Action(row.action),
        actor=row.actor,
        recorded_at=row.recorded_at,
        number=row.number,
        previous=row.previous,
        before=before if of_entry else row.before,
        after=after if of_entry else row.after,
        reason=row.reason,
        link=row.link,
    )
