"""A question in any words -> parties and their part in it, topics, intents, and what speaks against it.

The rule is explained with a picture in ``docs/matching.md``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.matching.scanning import Scan, Span
from knowledge.matching.senses import STRONG, Role

GAP = 8
"""In a long text, evidence with more words than this between belongs to different questions."""
LONG = 30
"""A text of more words than this is searched for the part that asks."""
FIRST_NAMED = 0.5
"""What it adds to a party that it is named first: between equals, who is named first is asked."""
BEFORE, BEFORE_AS_PHRASE = 1.5, 2.5
"""What a word, and a phrase, before a party adds or takes: "according to" leaves less doubt than "does"."""
AFTER = 1.0
"""What a word after a party adds ("… wants")."""
OUTWEIGHED = -0.5
"""The least that is left of a party with such a word after it, whatever stands before ("in putin's view")."""
LAST_WORD = 1.5
"""What it adds to a party that a question ends with an attribution to it."""
AGAIN = 1.0
"""What a further mention adds to the evidence for a topic."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A party that is named; ``asked`` is the higher, the more the words around it ask for its stance.

    Parties that are named side by side have the same ``group``.
    """

    slug: str
    start: int
    asked: float
    group: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question names. ``unknown`` and ``foreign`` are words that speak against it being about our subject."""

    mentions: tuple[Mention, ...]
    topics: Mapping[str, float]
    intents: Mapping[str, float]
    unknown: tuple[str, ...]
    foreign: tuple[str, ...]
    compares: bool
    inner: frozenset[str]
    general: bool
    words: int
    read_as: tuple[tuple[str, str], ...]

    @property
    def evidence(self) -> float:
        """How much was recognised, as a weight."""
        return STRONG * len(self.mentions) + sum(self.topics.values()) + sum(self.intents.values())


def read(scan: Scan) -> Reading:
    """What the scanned question names; of a long text, the part that names most."""
    readings = [_read(scan, first, last) for first, last in _parts(scan)]
    return max(readings, key=lambda reading: reading.evidence - len(reading.foreign) - 0.2 * len(reading.unknown))


def _parts(scan: Scan) -> list[tuple[int, int]]:
    places = [place for span in scan.spans if span.is_evidence for place in (span.start, span.end - 1)]
    if len(scan.words) <= LONG or not places:
        return [(0, len(scan.words))]
    parts = [[places[0], places[0]]]
    for place in places:
        if place - parts[-1][1] > GAP:
            parts.append([place, place])
        parts[-1][1] = place
    return [(max(0, first - 2), last + 3) for first, last in parts]


def _read(scan: Scan, first: int, last: int) -> Reading:
    spans = [span for span in scan.spans if first <= span.start < last]
    topics, intents = _weigh(spans, Role.TOPIC), _weigh(spans, Role.INTENT)
    mentions = _mentions(spans)
    mentions, topics = _settle(mentions, topics)
    return Reading(
        mentions=tuple(mentions),
        topics=topics,
        intents=intents,
        unknown=tuple(scan.words[place] for place in scan.unknown if first <= place < last),
        foreign=tuple(" ".join(scan.words[span.start : span.end]) for span in spans if _is_foreign(span)),
        compares=any(_puts_side_by_side(spans, index) for index in range(len(spans))),
        inner=frozenset(slug for span in spans if span.plays(Role.TOPIC) for slug in span.inner),
        general=any(span.plays(Role.NEUTRAL) for span in spans),
        words=min(last, len(scan.words)) - first,
        read_as=scan.read_as,
    )


def _is_foreign(span: Span) -> bool:
    return span.plays(Role.FOREIGN) and not span.is_evidence


def _weigh(spans: Sequence[Span], role: Role) -> dict[str, float]:
    """The best evidence for each slug, and a little more for each further one."""
    best: dict[str, float] = defaultdict(float)
    times: dict[str, int] = defaultdict(int)
    for sense in (sense for span in spans for sense in span.senses if sense.role is role):
        best[sense.slug] = max(best[sense.slug], sense.weight)
        times[sense.slug] += 1
    return {slug: weight + AGAIN * (times[slug] - 1) for slug, weight in best.items()}


def _mentions(spans: Sequence[Span]) -> list[Mention]:
    """The parties in the order of the text; parties that are named side by side are asked about alike."""
    found: dict[str, Mention] = {}
    for number, group in enumerate(_groups(spans)):
        asked = _asked(_before(spans, group[0]), _after(spans, group[-1])) + (0.0 if found else FIRST_NAMED)
        asked += LAST_WORD * (bool(found) and group[-1] == len(spans) - 1 and asked > 0)  # "…, says putin"
        for index in group:
            for slug in (sense.slug for sense in spans[index].senses if sense.role is Role.PARTY):
                known = found.get(slug)
                if known is None or asked > known.asked:
                    found[slug] = Mention(slug, known.start if known else spans[index].start, asked, number)
    return list(found.values())


def _groups(spans: Sequence[Span]) -> list[list[int]]:
    """Which spans name parties, those together that only joining or comparing words stand between."""
    groups: list[list[int]] = []
    for index, span in enumerate(spans):
        if not span.plays(Role.PARTY):
            continue
        first = groups[-1][-1] + 1 if groups else 0
        if groups and all(_joins(spans, between) for between in range(first, index)):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _joins(spans: Sequence[Span], index: int) -> bool:
    """Whether a phrase between two parties leaves them side by side: "and", "versus", an article."""
    span = spans[index]
    article = index > 0 and spans[index - 1].plays(Role.JOIN) and span.plays(Role.FILLER)
    return span.plays(Role.JOIN) or article or _puts_side_by_side(spans, index)


def _puts_side_by_side(spans: Sequence[Span], index: int) -> bool:
    """Whether a phrase compares; one that can also mean "against" does so only before a topic is named."""
    named = any(each.plays(Role.TOPIC) for each in spans[:index])
    return spans[index].plays(Role.COMPARE) and not (named and spans[index].plays(Role.OBJECT_BEFORE))


def _before(spans: Sequence[Span], index: int) -> Span | None:
    """The phrase before a party; an article between does not count."""
    for span in reversed(spans[max(0, index - 2) : index]):
        if span.is_evidence:
            return None
        if (span.plays(Role.OBJECT_BEFORE) or span.plays(Role.SUBJECT_BEFORE)) and not span.plays(Role.JOIN):
            return span
    return None


def _after(spans: Sequence[Span], index: int) -> Span | None:
    return spans[index + 1] if index + 1 < len(spans) and not spans[index + 1].is_evidence else None


def _asked(before: Span | None, after: Span | None) -> float:
    score = 0.0
    if before is not None:
        weight = BEFORE if before.end - before.start == 1 else BEFORE_AS_PHRASE
        score += weight * before.plays(Role.SUBJECT_BEFORE) - weight * before.plays(Role.OBJECT_BEFORE)
    if after is not None and after.plays(Role.SUBJECT_AFTER):
        score = max(score, OUTWEIGHED) + AFTER
    return score


def _settle(mentions: list[Mention], topics: dict[str, float]) -> tuple[list[Mention], dict[str, float]]:
    """What is both a party and a topic ("nato") is the topic, unless another topic is named and no other party."""
    for both in [mention.slug for mention in mentions if mention.slug in topics]:
        others = [mention for mention in mentions if mention.slug != both]
        if others or len(topics) == 1:
            mentions = others
        else:
            topics.pop(both)
    return mentions, topics
