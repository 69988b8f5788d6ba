"""The one door to the product: every question goes through ``KnowledgeService``."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from knowledge.answers import Answer
from knowledge.errors import Slot
from knowledge.interpretation import Interpretation
from knowledge.matching.complete import complete
from knowledge.matching.reading import Reading
from knowledge.matching.resolve import EXACT
from knowledge.model import BASE, Entry, Scope
from knowledge.ports import Selection
from knowledge.requests import (
    AboutRequest,
    ComparisonRequest,
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
    slots,
)
from knowledge.service import asking, gaps, listings, overviews, positions
from knowledge.service.context import Context, entries

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
    AboutRequest: listings.about,
}


class KnowledgeService:
    """Answers requests for a scope. Holds no connection; safe to share between tasks."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def answer(self, request: Request, scope: Scope = BASE) -> Answer:
        """The answer to a request, as ``scope`` sees it.

        Raises:
            UnknownName, AmbiguousName: a word names nothing, or several things.
            DateNotUnderstood: a date is of no known form.
        """
        return await _USE_CASES[type(request)](self._context, request, scope)

    async def ask(self, text: str, scope: Scope = BASE) -> Interpretation:
        """The request that a question in any words means, or what is offered instead."""
        return await asking.ask(self._context, text, scope)

    def explain(self, text: str) -> Reading:
        """What is recognised in a question, before anything is decided."""
        return asking.read_question(self._context, text)

    async def note_gap(self, text: str, scope: Scope = BASE) -> None:
        """Counts a question that was not understood; never who asked."""
        await gaps.note_gap(self._context, text, scope)

    async def gaps(self, scope: Scope | None = None, limit: int = 50) -> Sequence[gaps.NearGap]:
        """What was asked and not found in the last 30 days, in one scope or (None) in all, the most frequent first."""
        return await gaps.gaps(self._context, scope, limit)

    def complete(self, slot: Slot, typed: str) -> list[tuple[str, str]]:
        """At most 25 pairs of shown name and slug for what is being typed; from memory."""
        return complete(typed, self._context.lexicon.names(slot))

    def shown_name(self, slot: Slot, slug: str) -> str:
        """The name under which a slug is shown."""
        return self._context.lexicon.names(slot).shown[slug]

    def guesses(self, request: Request) -> list[tuple[str, str]]:
        """The words of a request that were taken to mean something only by likeness, each with that one's shown name.

        Raises:
            UnknownName, AmbiguousName: a word names nothing, or several things.
        """
        found = [(text, slot, self._context.resolve(text, slot)) for slot, text in slots(request)]
        return [(text, self.shown_name(slot, best.slug)) for text, slot, best in found if best.score < EXACT]

    def request_name(self, request: Request) -> str:
        """The shown names of what a request with slugs is about, as in "Russia · Territory"."""
        return " · ".join(self.shown_name(slot, slug) for slot, slug in slots(request))

    async def export(self, scope: Scope = BASE) -> list[Entry]:
        """All current entries that ``scope`` sees, also those that no longer stand, in natural order of their ids."""
        async with self._context.storage.reading() as work:
            return await entries(work, scope, Selection(active_only=False))
