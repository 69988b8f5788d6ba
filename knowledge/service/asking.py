"""A question in any words: which request does it mean?"""

from knowledge.interpretation import AnswerKind, Interpretation
from knowledge.matching.reading import Reading, read
from knowledge.model import Scope
from knowledge.ports import Selection
from knowledge.requests import (
    ComparisonRequest,
    ObstaclesRequest,
    PartyRequest,
    PositionRequest,
    ProposalsRequest,
    Request,
    TimelineRequest,
    TopicRequest,
)
from knowledge.service.context import POSITIONS, Context

MOST_COMPARED = 3
"""More parties than this do not fit side by side."""
_INTENTS: dict[str, tuple[AnswerKind, Request]] = {
    "events": (AnswerKind.EVENTS, TimelineRequest()),
    "obstacles": (AnswerKind.OBSTACLES, ObstaclesRequest()),
    "proposals": (AnswerKind.PROPOSALS, ProposalsRequest()),
}


async def ask(context: Context, text: str, scope: Scope) -> Interpretation:
    """What ``text`` asks for; a pair without a recorded position gets suggestions, words we do not know get none."""
    reading = read(text, context.lexicon)
    if len(reading.unknown) > len(reading.parties) + len(reading.topics) + len(reading.intents):
        return Interpretation(AnswerKind.NONE)
    if len(reading.parties) == 1 and len(reading.topics) == 1:
        return await _pair(context, reading, scope)
    return _without_looking(reading)


async def _pair(context: Context, reading: Reading, scope: Scope) -> Interpretation:
    (party,), (topic,) = reading.parties, reading.topics
    async with context.storage.reading() as work:
        found = await work.revisions.select(scope, Selection(kinds=POSITIONS, party=party, topic=topic))
    if found:
        request = PositionRequest(party, topic)
        return Interpretation(AnswerKind.STANCE, (party,), (topic,), reading.score, request)
    instead = (PartyRequest(party), TopicRequest(topic))
    return Interpretation(AnswerKind.SUGGESTIONS, (party,), (topic,), reading.score, None, instead)


def _without_looking(reading: Reading) -> Interpretation:
    parties, topics, score = reading.parties, reading.topics, reading.score
    if 1 < len(parties) <= MOST_COMPARED and topics:
        request = ComparisonRequest(topics[0], *parties)
        return Interpretation(AnswerKind.COMPARISON, parties, topics[:1], score, request)
    if reading.intents and len(parties) != 1:
        kind, asked = _INTENTS[reading.intents[0]]
        return Interpretation(kind, score=score, request=asked)
    if len(parties) == 1 and not topics:
        return Interpretation(AnswerKind.PARTY, parties, (), score, PartyRequest(parties[0]))
    if len(topics) == 1 and not parties:
        return Interpretation(AnswerKind.TOPIC, (), topics, score, TopicRequest(topics[0]))
    instead: tuple[Request, ...] = (*map(PartyRequest, parties), *map(TopicRequest, topics))
    kind = AnswerKind.SUGGESTIONS if instead else AnswerKind.NONE
    return Interpretation(kind, parties, topics, score, None, instead)
