"""Revisions in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.errors import StaleRevision
from knowledge.model import Revision, Scope
from knowledge.ports import Selection
from knowledge.storage.present import parties_on, topics_of
from knowledge.storage.rows import revision_from_row, revision_to_row
from knowledge.storage.selecting import scopes, selected
from knowledge.storage.tables import CitationRow, CounterRow, HeadRow, RevisionRow
from knowledge.storage.words import find, forget_words, index_words


class SqlRevisions:
    """``knowledge.ports.Revisions`` on a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def append(self, revision: Revision) -> Revision:
        """See the port."""
        try:
            async with self._session.begin_nested():
                row = revision_to_row(revision, await self._next_sequence())
                self._session.add(row)
        except IntegrityError:
            raise StaleRevision(revision.entry.id, revision.number) from None
        await (self._drop_head(revision) if revision.follows_base else self._move_head(row, revision))
        await self._cite(row.sequence, revision)
        return revision_from_row(row)

    async def select(self, scope: Scope, selection: Selection) -> list[Revision]:
        """See the port."""
        return [revision_from_row(row) for row in await self._session.scalars(selected(scope, selection))]

    async def history(self, scope: Scope, entry_id: str) -> list[Revision]:
        """See the port."""
        statement = (
            select(RevisionRow)
            .where(RevisionRow.scope.in_(scopes(scope)), RevisionRow.entry_id == entry_id)
            .order_by(RevisionRow.sequence)
        )
        return [revision_from_row(row) for row in await self._session.scalars(statement)]

    async def find(self, scope: Scope, words: Sequence[str], limit: int) -> list[Revision]:
        """See the port."""
        return [revision_from_row(row) for row in await find(self._session, scope, words, limit)]

    async def touched(self, scope: Scope, after: int, upto: int) -> list[Revision]:
        """See the port."""
        statement = (
            select(RevisionRow)
            .where(RevisionRow.sequence > after, RevisionRow.sequence <= upto, RevisionRow.scope.in_(scopes(scope)))
            .order_by(RevisionRow.sequence)
        )
        return [revision_from_row(row) for row in await self._session.scalars(statement)]

    async def latest(self) -> int:
        """See the port."""
        return (await self._session.scalars(select(CounterRow.value))).one()

    async def overlaid(self, scopes: Collection[Scope]) -> set[Scope]:
        """See the port."""
        theirs = RevisionRow.scope.in_([scope.id for scope in scopes])
        return {Scope(each) for each in await self._session.scalars(select(RevisionRow.scope).where(theirs).distinct())}

    async def heads(self, scope: Scope) -> dict[str, Revision]:
        """See the port."""
        statement = select(RevisionRow).join(HeadRow, HeadRow.sequence == RevisionRow.sequence)
        rows = await self._session.scalars(statement.where(HeadRow.scope == scope.id))
        return {row.entry_id: revision_from_row(row) for row in rows}

    async def topics_of(self, scope: Scope, party: str) -> set[str]:
        """See the port."""
        return await topics_of(self._session, scope, party)

    async def parties_on(self, scope: Scope, topic: str) -> set[str]:
        """See the port."""
        return await parties_on(self._session, scope, topic)

    async def began(self, scope: Scope) -> datetime | None:
        """See the port."""
        statement = select(func.min(RevisionRow.recorded_at)).where(RevisionRow.scope.in_(scopes(scope)))
        return await self._session.scalar(statement)

    async def lock(self) -> None:
        """See the port."""
        await self._session.execute(select(CounterRow.value).with_for_update())

    async def _next_sequence(self) -> int:
        """The next place in the whole history, never given again.

        Whoever takes one holds the counter until their transaction ends, so that places are seen in their order: a
        reader who has read up to one has missed none before it.
        """
        taken = update(CounterRow).values(value=CounterRow.value + 1).returning(CounterRow.value)
        return (await self._session.scalars(taken.execution_options(synchronize_session=False))).one()

    async def _move_head(self, row: RevisionRow, revision: Revision) -> None:
        head = await self._session.get(HeadRow, (row.scope, row.entry_id))
        if head is None:
            head = HeadRow(scope=row.scope, entry_id=row.entry_id)
            self._session.add(head)
        else:
            await forget_words(self._session, revision.scope, revision.entry.id)
        head.sequence, head.party, head.topic, head.kind = row.sequence, row.party, row.topic, row.kind
        await self._session.flush()
        await index_words(self._session, revision.scope, revision.entry)

    async def _drop_head(self, revision: Revision) -> None:
        head = await self._session.get(HeadRow, (revision.scope.id, revision.entry.id))
        if head is not None:
            await self._session.delete(head)
            await self._session.flush()
        await forget_words(self._session, revision.scope, revision.entry.id)

    async def _cite(self, sequence: int, revision: Revision) -> None:
        documents = dict.fromkeys(each.document for each in revision.entry.citations)
        if documents:
            rows = [{"sequence": sequence, "document": document} for document in documents]
            await self._session.execute(insert(CitationRow), rows)
