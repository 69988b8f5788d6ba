"""Documents, their excerpts, and the few values of state, in SQL."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.model import BASE, Citation, Document, Scope
from knowledge.storage.inserting import insert_into
from knowledge.storage.rows import document_from_row, document_to_values
from knowledge.storage.tables import DocumentRow, ExcerptRow, StateRow


class SqlDocuments:
    """``knowledge.ports.Documents`` on a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def replace(self, documents: Sequence[Document], scope: Scope = BASE) -> None:
        """See the port."""
        await self._session.execute(delete(DocumentRow).where(DocumentRow.scope == scope.id))
        if documents:
            await self._session.execute(insert(DocumentRow), [document_to_values(each, scope) for each in documents])

    async def put(self, document: Document, scope: Scope) -> None:
        """See the port."""
        await self._session.merge(DocumentRow(**document_to_values(document, scope)))
        await self._session.flush()

    async def all(self, scope: Scope) -> list[Document]:
        """See the port."""
        statement = (
            select(DocumentRow)
            .where(DocumentRow.scope.in_({BASE.id, scope.id}))
            .order_by(DocumentRow.id, DocumentRow.scope)
        )
        return [document_from_row(row) for row in await self._session.scalars(statement)]

    async def put_excerpts(self, excerpts: Mapping[Citation, str]) -> None:
        """See the port."""
        known = await self.excerpts(list(excerpts))
        for citation, words in excerpts.items():
            if known.get(citation) != words:
                row = ExcerptRow(document=citation.document, locator=citation.locator, words=words)
                await self._session.merge(row)
        await self._session.flush()

    async def excerpts(self, citations: Sequence[Citation]) -> dict[Citation, str]:
        """See the port."""
        places = [(each.document, each.locator) for each in citations]
        statement = select(ExcerptRow).where(tuple_(ExcerptRow.document, ExcerptRow.locator).in_(places))
        return {Citation(row.document, row.locator): row.words for row in await self._session.scalars(statement)}


class SqlState:
    """``knowledge.ports.State`` on a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, key: str) -> str | None:
        """See the port."""
        return await self._session.scalar(select(StateRow.value).where(StateRow.key == key))

    async def put(self, key: str, value: str) -> None:
        """See the port."""
        adding = insert_into(self._session, StateRow).values(key=key, value=value)
        await self._session.execute(
            adding.on_conflict_do_update(index_elements=[StateRow.key], set_={"value": adding.excluded.value})
        )
