"""Documents, gaps and state of the fake store."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from knowledge.model import BASE, Citation, Document, Gap, Scope
from tests.fakes.storage.tables import Tables


class MemoryDocuments:
    """``knowledge.ports.Documents``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def replace(self, documents: Sequence[Document], scope: Scope = BASE) -> None:
        """See the port."""
        self._tables.documents[scope] = list(documents)

    async def put(self, document: Document, scope: Scope) -> None:
        """See the port."""
        others = [each for each in self._tables.documents.get(scope, []) if each.id != document.id]
        self._tables.documents[scope] = [*others, document]

    async def all(self, scope: Scope) -> list[Document]:
        """See the port."""
        seen = [each for where in sorted({BASE, scope}) for each in self._tables.documents.get(where, [])]
        return sorted(seen, key=lambda each: each.id)

    async def put_excerpts(self, excerpts: Mapping[Citation, str]) -> None:
        """See the port."""
        self._tables.excerpts.update(excerpts)

    async def excerpts(self, citations: Sequence[Citation]) -> dict[Citation, str]:
        """See the port."""
        return {each: self._tables.excerpts[each] for each in citations if each in self._tables.excerpts}


class MemoryGaps:
    """``knowledge.ports.Gaps``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def note(self, scope: Scope, text: str, now: datetime) -> None:
        """See the port."""
        known = self._tables.gaps.get((scope, text))
        self._tables.gaps[scope, text] = Gap(text, known.times + 1 if known else 1, now)

    async def top(self, scope: Scope | None, limit: int) -> list[Gap]:
        """See the port."""
        counted: dict[str, Gap] = {}
        for (where, text), gap in self._tables.gaps.items():
            if scope in (None, where):
                known = counted.get(text, Gap(text, 0, gap.last_asked))
                counted[text] = Gap(text, known.times + gap.times, max(known.last_asked, gap.last_asked))
        by_text = sorted(counted.values(), key=lambda gap: gap.text)
        return sorted(by_text, key=lambda gap: (gap.times, gap.last_asked), reverse=True)[:limit]

    async def forget(self, before: datetime) -> None:
        """See the port."""
        self._tables.gaps = {key: gap for key, gap in self._tables.gaps.items() if gap.last_asked >= before}


class MemoryState:
    """``knowledge.ports.State``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, key: str) -> str | None:
        """See the port."""
        return self._tables.state.get(key)

    async def put(self, key: str, value: str) -> None:
        """See the port."""
        self._tables.state[key] = value
