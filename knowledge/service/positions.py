"""A position, what it rests on, and how it came about."""

from collections.abc import Sequence

from knowledge.answers import Evidence, History, Position
from knowledge.as_of import AsOf
from knowledge.model import POSITIONS, Entry, Kind, Scope
from knowledge.ports import Selection, UnitOfWork
from knowledge.requests import EvidenceRequest, HistoryRequest, PositionRequest
from knowledge.service.context import Context, entries, library, of_kind
from knowledge.taxonomy import Party, Topic


async def position(context: Context, request: PositionRequest, scope: Scope) -> Position:
    """Where a party stands on a topic.

    Raises:
        UnknownName, AmbiguousName: for the party, then for the topic.
        DateNotUnderstood: for ``as_of``.
    """
    party, topic, as_of = context.party(request.party), context.topic(request.topic), AsOf.parse(request.as_of)
    asked = PositionRequest(party.slug, topic.slug, str(as_of or ""))
    async with context.storage.reading() as work:
        found = await _entries(work, scope, party, topic, as_of)
        missing = not found
        return Position(
            request=asked,
            party=party,
            topic=topic,
            claims=of_kind(found, Kind.STANCE),
            roles=of_kind(found, Kind.ROLE),
            library=await library(work, scope, found),
            as_of=as_of,
            record_began=await work.revisions.began(scope) if as_of else None,
            other_topics=await _topics_of(context, work, scope, party) if missing else (),
            other_parties=await _parties_on(context, work, scope, topic) if missing else (),
        )


async def evidence(context: Context, request: EvidenceRequest, scope: Scope) -> Evidence:
    """The places and words that a position rests on; raises as ``position`` does."""
    party, topic, as_of = context.party(request.party), context.topic(request.topic), AsOf.parse(request.as_of)
    async with context.storage.reading() as work:
        found = await _entries(work, scope, party, topic, as_of)
        cited = [citation for entry in found for citation in entry.citations]
        return Evidence(
            request=EvidenceRequest(party.slug, topic.slug, str(as_of or "")),
            party=party,
            topic=topic,
            entries=found,
            excerpts=await work.documents.excerpts(cited),
            library=await library(work, scope, found),
        )


async def history(context: Context, request: HistoryRequest, scope: Scope) -> History:
    """Every revision of the entries that belong to a position now, newest first; raises as ``position`` does."""
    party, topic = context.party(request.party), context.topic(request.topic)
    wanted = Selection(kinds=POSITIONS, party=party.slug, topic=topic.slug, active_only=False)
    async with context.storage.reading() as work:
        heads = await work.revisions.select(scope, wanted)
        revisions = [step for head in heads for step in await work.revisions.history(scope, head.entry.id)]
    newest_first = sorted(revisions, key=lambda revision: revision.sequence, reverse=True)
    return History(HistoryRequest(party.slug, topic.slug), party, topic, newest_first)


async def _entries(work: UnitOfWork, scope: Scope, party: Party, topic: Topic, as_of: AsOf | None) -> Sequence[Entry]:
    recorded_by = as_of.recorded_by if as_of else None
    wanted = Selection(kinds=POSITIONS, party=party.slug, topic=topic.slug, recorded_by=recorded_by)
    return [entry for entry in await entries(work, scope, wanted) if as_of is None or as_of.admits(entry)]


async def _topics_of(context: Context, work: UnitOfWork, scope: Scope, party: Party) -> Sequence[Topic]:
    found = await work.revisions.topics_of(scope, party.slug)
    return [topic for topic in context.taxonomy.topics if topic.slug in found]


async def _parties_on(context: Context, work: UnitOfWork, scope: Scope, topic: Topic) -> Sequence[Party]:
    found = await work.revisions.parties_on(scope, topic.slug)
    return [party for party in context.taxonomy.parties if party.slug in found]
