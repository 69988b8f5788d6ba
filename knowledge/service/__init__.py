"""The one door to the product: every question goes through ``KnowledgeService``."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from knowledge.answers import Answer
from knowledge.interpretation import Interpretation
from knowledge.matching.reading import Reading
from knowledge.model import BASE, Entry, Scope
from knowledge.moderation.vocabulary import load_additions
from knowledge.ports import Selection
from knowledge.requests import (
    AboutRequest,
    ComparisonRequest,
    EntryDiffRequest,
    EntryHistoryRequest,
    EntryRequest,
    EvidenceRequest,
    HistoryRequest,
    ObstaclesRequest,
    PartyRequest,
    PositionRequest,
    ProposalsRequest,
    Request,
    SourcesRequest,
    TimelineRequest,
    TopicRequest,
)
from knowledge.service import asking, gaps, listings, overviews, positions
from knowledge.service import entries as single
from knowledge.service.context import Context, entries
from knowledge.service.naming import Naming
from knowledge.service.scoped import ScopedContexts

_USE_CASES: dict[type[Any], Callable[[Context, Any, Scope], Awaitable[Answer]]] = {
    PositionRequest: positions.position,
    EvidenceRequest: positions.evidence,
    HistoryRequest: positions.history,
    ComparisonRequest: overviews.compare,
    PartyRequest: overviews.profile,
    TopicRequest: overviews.overview,
    TimelineRequest: listings.timeline,
    ObstaclesRequest: listings.obstacles,
    ProposalsRequest: listings.proposals,
    SourcesRequest: listings.sources,
    EntryRequest: single.entry_detail,
    EntryHistoryRequest: single.entry_history,
    EntryDiffRequest: single.entry_diff,
    AboutRequest: listings.about,
}


class KnowledgeService:
    """Answers requests for a scope. Holds no connection; safe to share between tasks."""

    def __init__(self, context: Context, contexts: ScopedContexts | None = None) -> None:
        self._context = context
        self._contexts = contexts or ScopedContexts(context, partial(load_additions, context.storage))

    @property
    def known_names(self) -> int:
        """How many names of parties, topics and documents the index that ships holds."""
        lexicon = self._context.lexicon
        return sum(len(names.meanings) for names in (lexicon.parties, lexicon.topics, lexicon.documents))

    async def answer(self, request: Request, scope: Scope = BASE) -> Answer:
        """The answer to a request, as ``scope`` sees it.

        Raises:
            UnknownName, AmbiguousName: a word names nothing, or several things.
            DateNotUnderstood: a date is of no known form.
        """
        return await _USE_CASES[type(request)](await self._contexts.of(scope), request, scope)

    async def ask(self, text: str, scope: Scope = BASE) -> Interpretation:
        """The request that a question in any words means, or what is offered instead."""
        return await asking.ask(await self._contexts.of(scope), text, scope)

    def explain(self, text: str) -> Reading:
        """What is recognised in a question, before anything is decided."""
        return asking.read_question(self._context, text)

    async def note_gap(self, text: str, scope: Scope = BASE) -> None:
        """Counts a question that was not understood; never who asked."""
        await gaps.note_gap(self._context, text, scope)

    async def gaps(self, scope: Scope | None = None, limit: int = 50) -> Sequence[gaps.NearGap]:
        """What was asked and not found in the last 30 days, in one scope or (None) in all, the most frequent first."""
        context = await self._contexts.of(scope) if scope else self._context
        return await gaps.gaps(context, scope, limit)

    async def naming(self, scope: Scope = BASE) -> Naming:
        """What things are called in a scope."""
        return Naming(await self._contexts.of(scope))

    async def export(self, scope: Scope = BASE) -> list[Entry]:
        """All current entries that ``scope`` sees, also those that no longer stand, in natural order of their ids."""
        async with self._context.storage.reading() as work:
            return await entries(work, scope, Selection(active_only=False))
