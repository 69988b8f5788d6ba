"""A question in any words: which request does it mean?"""

from asyncio import sleep
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.interpretation import AnswerKind, Interpretation
from knowledge.matching.deciding import Decision, decide
from knowledge.matching.reading import Reading, read
from knowledge.matching.scanning import pieces, scan
from knowledge.model import Scope
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
from knowledge.service.context import Context

_INTENTS: dict[AnswerKind, Request] = {
    AnswerKind.EVENTS: TimelineRequest(),
    AnswerKind.OBSTACLES: ObstaclesRequest(),
    AnswerKind.PROPOSALS: ProposalsRequest(),
}
_HALF = {AnswerKind.PARTY, AnswerKind.TOPIC, AnswerKind.NONE, AnswerKind.SUGGESTIONS}
_WHOLE = {AnswerKind.STANCE, AnswerKind.COMPARISON}
GUESSED = 60.0
"""The score of a question of which an ordinary word was read as a name."""
PER_SLIP = 10.0
"""How much each word that was read over a slip takes from a score of 100."""


async def ask(context: Context, text: str, scope: Scope) -> Interpretation:
    """What ``text`` asks for; a pair without a recorded position gets suggestions, another subject gets none."""
    reading = await _read(context, text)
    decision, score = decide(reading, context.about), _score(reading)
    is_odd = (reading.unknown or reading.doubtful) and not reading.foreign
    if decision.kind in _HALF and is_odd and len(pieces(text)) == 1:  # a long text is read once, which bounds the time
        bold = await _read(context, text, boldly=True)
        guess = decide(bold, context.about)
        if guess.kind in _WHOLE:
            reading, decision, score = bold, guess, min(GUESSED, _score(bold))
    found = _without_looking(decision, score)
    if decision.kind is AnswerKind.STANCE:
        found = await _stance(context, decision, score, scope)
    return replace(found, read_as=reading.read_as)


def read_question(context: Context, text: str, *, boldly: bool = False) -> Reading:
    """What is recognised in a question; ``boldly`` also in ordinary words that are near to a name."""
    return max(_readings(context, text, boldly=boldly), key=lambda reading: reading.tells)


async def _read(context: Context, text: str, *, boldly: bool = False) -> Reading:
    """The same, but others may be answered after each piece of a long text."""
    readings: list[Reading] = []
    for reading in _readings(context, text, boldly=boldly):
        readings.append(reading)
        if len(readings) > 1:
            await sleep(0)
    return max(readings, key=lambda reading: reading.tells)


def _readings(context: Context, text: str, *, boldly: bool) -> Iterator[Reading]:
    for piece in pieces(text):
        yield read(scan(piece, context.phrasebook, context.speller, boldly=boldly))


def _score(reading: Reading) -> float:
    return max(0.0, 100.0 - PER_SLIP * len(reading.read_as)) if reading.evidence else 0.0


async def _stance(context: Context, decision: Decision, score: float, scope: Scope) -> Interpretation:
    """Of topics that are equally likely, the one on which the party has a recorded position."""
    party = decision.parties[0]
    async with context.storage.reading() as work:
        recorded = await work.revisions.topics_of(scope, party)
    topic = next((each for each in decision.topics if each in recorded), None)
    if topic is not None:
        others = tuple(PositionRequest(party, each) for each in decision.topics if each in recorded and each != topic)
        return Interpretation(AnswerKind.STANCE, (party,), (topic,), score, PositionRequest(party, topic), others)
    return _suggest((party,), decision.topics[:1], score)


def _without_looking(decision: Decision, score: float) -> Interpretation:
    parties, topics = decision.parties, decision.topics
    match decision.kind:
        case AnswerKind.COMPARISON:
            return Interpretation(decision.kind, parties, topics, score, ComparisonRequest(topics[0], *parties))
        case AnswerKind.PARTY:
            return Interpretation(decision.kind, parties, (), score, PartyRequest(parties[0]))
        case AnswerKind.TOPIC:
            return Interpretation(decision.kind, (), topics, score, TopicRequest(topics[0]))
        case AnswerKind.SUGGESTIONS | AnswerKind.STANCE:
            return _suggest(parties, topics, score)
        case AnswerKind.NONE:
            return Interpretation(AnswerKind.NONE)
        case AnswerKind.EVENTS if len(parties) == 1:
            return Interpretation(decision.kind, parties, (), score, TimelineRequest(party=parties[0]))
        case _:
            return Interpretation(decision.kind, score=score, request=_INTENTS[decision.kind])


def _suggest(parties: Sequence[str], topics: Sequence[str], score: float) -> Interpretation:
    named: tuple[Request, ...] = (*map(PartyRequest, parties), *map(TopicRequest, topics))
    instead = named or tuple(_INTENTS.values())
    return Interpretation(AnswerKind.SUGGESTIONS, tuple(parties), tuple(topics), score, None, instead)
