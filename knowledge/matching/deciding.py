"""What a reading asks for: the decision rule. Pure; which pairs are recorded is looked up by the caller.

A wrong confident answer about a war is worse than none, so each kind of answer needs evidence that outweighs the words
that speak against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.interpretation import AnswerKind
from knowledge.matching.reading import Reading
from knowledge.matching.senses import STRONG, WEAK

MOST_COMPARED = 3
"""More parties than this do not fit side by side."""
TOPIC_MARGIN = 0.9
"""Topics that are less than this apart are equally likely."""
ASKED_MARGIN = 1.0
"""Parties that are asked about less than this apart are both asked."""
BARE = 2
"""So many words at most are bare general words of the subject; more of them are a question about something else."""
TALKED_ABOUT = 1.0
"""Where it is asked who does something, a party that is asked about less is the one it is done to."""
PLAINLY = 1.5
"""From here on the words around a party say clearly that its stance is asked."""
CLEARLY = 1.0
"""By so much a cue must outweigh that of a profile."""
UNKNOWN = 2.0
"""What a word in no list takes from the evidence of names that confirm each other."""
UNKNOWN_ALONE = STRONG
"""The same beside a single name, which means other things too ("uncharted territory"): as much as that gives."""
ALONE = 0.34
"""The largest share of unknown words beside a single name that is still read as a question about it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The kind of answer, the parties asked (first the one most likely), and the topics (likewise)."""

    kind: AnswerKind
    parties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def decide(reading: Reading, about: Mapping[str, str]) -> Decision:
    """The kind of answer; ``about`` gives the party that a topic is mostly about.

    For a stance, the topics that are nearly equally likely all stand in the decision: the recorded one is meant.
    """
    topics = _ranked(reading.topics)
    if _is_bare(reading):
        return Decision(AnswerKind.SUGGESTIONS)
    if _is_foreign(reading, topics):
        return Decision(AnswerKind.NONE)
    parties = _asked(reading, topics, about)
    intent = _intent(reading)
    if intent and intent != "profile" and not _topic_beats(reading, topics):
        return Decision(_KINDS[intent], tuple(mention.slug for mention in reading.mentions))
    if len(parties) > 1:
        return _several(parties, topics)
    if parties and topics:
        return Decision(AnswerKind.STANCE, parties, topics)
    if parties:
        return Decision(AnswerKind.PARTY, parties)
    return _topic_alone(reading, topics)


_KINDS = {
    "events": AnswerKind.EVENTS,
    "obstacles": AnswerKind.OBSTACLES,
    "proposals": AnswerKind.PROPOSALS,
}


def _intent(reading: Reading) -> str:
    """What is asked for; a profile of the one party that is named, unless another cue says clearly something else."""
    weights = reading.intents
    best = max(weights, key=lambda each: weights[each], default="")
    is_profile = len(reading.mentions) == 1 and weights.get("profile", 0.0) > weights.get(best, 0.0) - CLEARLY
    return "profile" if is_profile and "profile" in weights else best


def _ranked(topics: Mapping[str, float]) -> tuple[str, ...]:
    """The best topic and those nearly as good."""
    ranked = sorted(topics, key=lambda slug: -topics[slug])
    return tuple(slug for slug in ranked if topics[ranked[0]] - topics[slug] < TOPIC_MARGIN)


def _is_foreign(reading: Reading, topics: Sequence[str]) -> bool:
    """Whether more speaks against our subject than for it."""
    if not reading.evidence or len(reading.foreign) > _asks_plainly(reading, topics):
        return True
    named = bool(reading.mentions) + bool(topics) + bool(reading.intents)
    if named > 1:
        return UNKNOWN * len(reading.unknown) > reading.evidence
    alone = max([STRONG * bool(reading.mentions), *reading.topics.values(), *reading.intents.values()])
    return UNKNOWN_ALONE * len(reading.unknown) >= alone or len(reading.unknown) > ALONE * reading.words


def _is_bare(reading: Reading) -> bool:
    """Whether there is just a general word of our subject ("war", "plan"), too little to answer and enough to offer."""
    nothing_else = not (reading.evidence or reading.foreign or reading.unknown)
    return nothing_else and reading.general and reading.words <= BARE


def _asks_plainly(reading: Reading, topics: Sequence[str]) -> bool:
    """Whether a party is asked about a topic in so many words: then one word of another subject is small talk."""
    return _topic_beats(reading, topics) and any(mention.asked >= PLAINLY for mention in reading.mentions)


def _topic_beats(reading: Reading, topics: Sequence[str]) -> bool:
    """Whether a party with a topic is asked, so that a cue of an intent is only a way of asking it."""
    if not topics or not reading.mentions:
        return False
    return reading.topics[topics[0]] >= STRONG or any(mention.asked >= 2 * PLAINLY for mention in reading.mentions)


def _asked(reading: Reading, topics: Sequence[str], about: Mapping[str, str]) -> tuple[str, ...]:
    """The parties whose stance is asked, in the order of the text, the others being what it is asked about."""
    mentions = sorted(reading.mentions, key=lambda mention: mention.start)
    if reading.asks_who and topics and len(mentions) == 1 and mentions[0].asked < TALKED_ABOUT:
        return ()
    if not mentions and topics:
        return tuple(slug for slug in reading.inner if about.get(topics[0], slug) == slug)[:1]
    if len(mentions) < 2 or reading.compares:
        return tuple(mention.slug for mention in mentions)
    object_of_topic = about.get(topics[0]) if topics else None
    apart = len({mention.group for mention in mentions}) > 1
    scores = {each.slug: each.asked - (apart and each.slug == object_of_topic) for each in mentions}
    best = max(scores.values())
    return tuple(each.slug for each in mentions if best - scores[each.slug] < ASKED_MARGIN)


def _several(parties: tuple[str, ...], topics: tuple[str, ...]) -> Decision:
    if len(parties) > MOST_COMPARED or not topics:
        return Decision(AnswerKind.SUGGESTIONS, parties, topics)
    return Decision(AnswerKind.COMPARISON, parties, topics[:1])


def _topic_alone(reading: Reading, topics: tuple[str, ...]) -> Decision:
    if not topics:
        return Decision(AnswerKind.NONE)
    if len(topics) == 1 and reading.topics[topics[0]] > WEAK:
        return Decision(AnswerKind.TOPIC, (), topics)
    return Decision(AnswerKind.SUGGESTIONS, (), topics)
