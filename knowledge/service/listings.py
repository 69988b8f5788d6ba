"""Events, obstacles, proposals, sources, and what the whole is."""

from collections import Counter

from knowledge.answers import About, Obstacles, Proposals, SourceDetail, Sources, Timeline
from knowledge.model import Entry, Kind, Scope
from knowledge.ports import Selection
from knowledge.requests import AboutRequest, ObstaclesRequest, ProposalsRequest, SourcesRequest, TimelineRequest
from knowledge.service.context import Context, entries, library
from knowledge.taxonomy import Party, Topic

_LAST = (9999, 0, 0)


async def timeline(context: Context, request: TimelineRequest, scope: Scope) -> Timeline:
    """Events in order, all or those of a party or a topic.

    Raises:
        UnknownName, AmbiguousName: for the party, then for the topic.
    """
    party = context.party(request.party) if request.party else None
    topic = context.topic(request.topic) if request.topic else None
    async with context.storage.reading() as work:
        events = await entries(work, scope, Selection(kinds=frozenset({Kind.EVENT})))
        told = sorted((event for event in events if _concerns(event, party, topic)), key=_when)
        asked = TimelineRequest(party.slug if party else "", topic.slug if topic else "")
        return Timeline(asked, told, await library(work, scope, told), party, topic)


async def obstacles(context: Context, request: ObstaclesRequest, scope: Scope) -> Obstacles:
    """What blocks a settlement."""
    async with context.storage.reading() as work:
        found = await entries(work, scope, Selection(kinds=frozenset({Kind.OBSTACLE})))
        return Obstacles(request, found, await library(work, scope, found), context.taxonomy.topics)


async def proposals(context: Context, request: ProposalsRequest, scope: Scope) -> Proposals:
    """Ways out that were suggested."""
    async with context.storage.reading() as work:
        found = await entries(work, scope, Selection(kinds=frozenset({Kind.PROPOSAL})))
        return Proposals(request, found, await library(work, scope, found), context.taxonomy.topics)


async def sources(context: Context, request: SourcesRequest, scope: Scope) -> Sources | SourceDetail:
    """All documents, or what was taken from one.

    Raises:
        UnknownName, AmbiguousName: for the document.
    """
    if request.document:
        return await _source(context, context.document(request.document), scope)
    async with context.storage.reading() as work:
        found = await entries(work, scope, Selection())
        counts = Counter(document for entry in found for document in {each.document for each in entry.citations})
        return Sources(request, [(each, counts[each.id]) for each in await work.documents.all(scope)])


async def about(context: Context, request: AboutRequest, scope: Scope) -> About:
    """What the knowledge base holds, as ``scope`` sees it."""
    async with context.storage.reading() as work:
        revisions = await work.revisions.select(scope, Selection(active_only=False))
        counts = Counter(revision.entry.kind.value for revision in revisions if revision.entry.is_active)
        return About(
            request=request,
            claims=counts.total(),
            by_kind={kind.value: counts[kind.value] for kind in Kind},
            parties=context.taxonomy.parties,
            topics=context.taxonomy.topics,
            documents=await work.documents.all(scope),
            changed_at=max((revision.recorded_at for revision in revisions), default=None),
        )


async def _source(context: Context, document_id: str, scope: Scope) -> SourceDetail:
    async with context.storage.reading() as work:
        document = next(each for each in await work.documents.all(scope) if each.id == document_id)
        found = await entries(work, scope, Selection(document=document_id))
    return SourceDetail(SourcesRequest(document_id), document, found)


def _concerns(event: Entry, party: Party | None, topic: Topic | None) -> bool:
    of_party = party is None or party.slug in {event.party, *event.involved}
    return of_party and (topic is None or topic.slug == event.topic)


def _when(event: Entry) -> tuple[int, tuple[int, int, int], str]:
    """By place on the time line where it has one, then by date; what has neither comes last."""
    date = event.valid_from
    return (
        event.order if event.order is not None else _LAST[0],
        ((date.year, date.month, date.day) if date else _LAST),
        event.id,
    )
