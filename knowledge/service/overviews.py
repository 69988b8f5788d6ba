"""Several positions at once: comparisons, profiles and topics."""

from collections.abc import Sequence
from itertools import chain

from knowledge.answers import Comparison, PartyProfile, Side, TopicOverview
from knowledge.model import POSITIONS, Entry, Kind, Scope
from knowledge.ports import Selection
from knowledge.requests import ComparisonRequest, PartyRequest, TopicRequest
from knowledge.service.context import Context, entries, library, of_kind
from knowledge.taxonomy import Party, Point, Topic


async def compare(context: Context, request: ComparisonRequest, scope: Scope) -> Comparison:
    """Parties side by side on a topic; missing ones are filled up to two with the principal parties.

    Raises:
        UnknownName, AmbiguousName: for the topic, then for each party that is named.
    """
    topic = context.topic(request.topic)
    parties = _compared(context, [name for name in (request.first, request.second, request.third) if name])
    async with context.storage.reading() as work:
        found = await entries(work, scope, Selection(kinds=POSITIONS, topic=topic.slug))
        sides = [_side(party, found) for party in parties]
        told = list(chain.from_iterable([*side.claims, *side.roles] for side in sides))
        asked = ComparisonRequest(topic.slug, *(party.slug for party in parties))
        return Comparison(asked, topic, sides, _points(context, topic, told), await library(work, scope, told))


async def profile(context: Context, request: PartyRequest, scope: Scope) -> PartyProfile:
    """A party's profile.

    Raises:
        UnknownName, AmbiguousName: for its name.
    """
    party = context.party(request.name)
    async with context.storage.reading() as work:
        found = await entries(work, scope, Selection(kinds=POSITIONS, party=party.slug))
        return PartyProfile(
            request=PartyRequest(party.slug),
            party=party,
            people=[person for person in context.taxonomy.people if person.party == party.slug],
            roles=of_kind(found, Kind.ROLE),
            positions=_by_topic(context, of_kind(found, Kind.STANCE)),
            library=await library(work, scope, found),
        )


async def overview(context: Context, request: TopicRequest, scope: Scope) -> TopicOverview:
    """One topic across all parties.

    Raises:
        UnknownName, AmbiguousName: for its name.
    """
    topic = context.topic(request.name)
    async with context.storage.reading() as work:
        found = await entries(work, scope, Selection(kinds=POSITIONS, topic=topic.slug))
        sides = [_side(party, found) for party in context.taxonomy.parties]
        told = [side for side in sides if side.claims or side.roles]
        silent = [side.party for side in sides if not (side.claims or side.roles)]
        return TopicOverview(TopicRequest(topic.slug), topic, told, silent, await library(work, scope, found))


def _compared(context: Context, names: Sequence[str]) -> list[Party]:
    named = list(dict.fromkeys(context.party(name).slug for name in names))
    others = [party.slug for party in context.taxonomy.principals if party.slug not in named]
    return [context.taxonomy.party(slug) for slug in [*named, *others[: max(0, 2 - len(named))]]]


def _side(party: Party, found: Sequence[Entry]) -> Side:
    own = [entry for entry in found if entry.party == party.slug]
    return Side(party, of_kind(own, Kind.STANCE), of_kind(own, Kind.ROLE))


def _points(context: Context, topic: Topic, told: Sequence[Entry]) -> list[Point]:
    """The points of the topic of which at least two claims are told here."""
    ids = {entry.id for entry in told}
    points = (point for point in context.taxonomy.points if point.topic == topic.slug)
    return [point for point in points if len(ids.intersection(point.claims)) > 1]


def _by_topic(context: Context, stances: Sequence[Entry]) -> list[tuple[Topic, Sequence[Entry]]]:
    grouped = ((topic, [entry for entry in stances if entry.topic == topic.slug]) for topic in context.taxonomy.topics)
    return [(topic, claims) for topic, claims in grouped if claims]
