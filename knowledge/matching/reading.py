"""A question in any words -> parties and their part in it, topics, intents, and what speaks against it.

The rule is explained with a picture in ``docs/matching.md``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from knowledge.matching.scanning import Scan
from knowledge.matching.senses import STRONG, Role
from knowledge.matching.spans import Span
from knowledge.matching.together import Place, Together

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
SPOKEN_OF = 2.0
"""What it takes from a party that another one is said to say or want something of."""
LAST_WORD = 1.5
"""What it adds to a party that a question ends with an attribution to it."""
AGAIN = 0.35
"""Which part of its weight a further mention adds to the evidence for a topic."""
LONGER = 0.1
"""What each further word of a phrase adds: of two topics, the one that is named more exactly is meant."""


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
    """What a question names. ``unknown`` and ``foreign`` are words that speak against it being about our subject.

    It is ``doubtful`` if a word in it is often written for another one.
    """

    mentions: tuple[Mention, ...]
    topics: Mapping[str, float]
    intents: Mapping[str, float]
    unknown: tuple[str, ...]
    foreign: tuple[str, ...]
    compares: bool
    asks_who: bool
    inner: frozenset[str]
    general: bool
    doubtful: bool
    words: int
    read_as: tuple[tuple[str, str], ...]

    @property
    def evidence(self) -> float:
        """How much was recognised, as a weight."""
        return STRONG * len(self.mentions) + sum(self.topics.values()) + sum(self.intents.values())

    @property
    def tells(self) -> float:
        """How much it tells: of several readings of a text, the one that tells most is meant."""
        return self.evidence - len(self.foreign) - 0.2 * len(self.unknown)


def read(scan: Scan) -> Reading:
    """What the scanned question names; of a long text, the part that names most."""
    readings = [_read(scan, first, last) for first, last in _parts(scan)]
    return max(readings, key=lambda reading: reading.tells)


def _parts(scan: Scan) -> list[tuple[int, int]]:
    places = [place for span in scan.spans if span.is_evidence for place in (span.start, span.end - 1)]
    places = sorted({*places, *(place for each in scan.together for place in each.words)})
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
    together = [each for each in scan.together if first <= each.start < last]
    meant = frozenset(place for each in together for place in each.words)
    topics, intents = _weigh(spans, together, Role.TOPIC), _weigh(spans, together, Role.INTENT)
    mentions = _mentions(spans, {place for each in together for place in each.named})
    mentions, topics = _settle(mentions, topics, _listed(spans))
    return Reading(
        mentions=tuple(mentions),
        topics=topics,
        intents=intents,
        unknown=tuple(scan.words[place] for place in scan.unknown if first <= place < last),
        foreign=tuple(" ".join(scan.words[span.start : span.end]) for span in spans if _is_foreign(span, meant)),
        compares=bool(_comparing(spans)),
        asks_who=any(span.plays(Role.WHO) for span in spans),
        inner=frozenset(slug for span in spans if span.plays(Role.TOPIC) for slug in span.inner),
        general=any(span.plays(Role.NEUTRAL) for span in spans),
        doubtful=any(span.plays(Role.SLIP) for span in spans),
        words=min(last, len(scan.words)) - first,
        read_as=scan.read_as,
    )


def _is_foreign(span: Span, meant: Set[int]) -> bool:
    """Whether it is of another subject; a single word that means something of ours with others is not."""
    is_meant = span.end - span.start == 1 and span.start in meant
    return span.plays(Role.FOREIGN) and not (span.is_evidence or is_meant)


def _weigh(spans: Sequence[Span], together: Sequence[Together], role: Role) -> dict[str, float]:
    """The best evidence for each slug, and a little more for each further one."""
    weights: dict[str, list[float]] = defaultdict(list)
    for span in spans:
        for sense in span.senses:
            if sense.role is role:
                weights[sense.slug].append(sense.weight + LONGER * (span.end - span.start - 1))
    for each in together:
        if each.sense.role is role:
            weights[each.sense.slug].append(each.sense.weight)
    return {slug: max(found) + AGAIN * (sum(found) - max(found)) for slug, found in weights.items()}


def _mentions(spans: Sequence[Span], within: Set[Place]) -> list[Mention]:
    """The parties in the order of the text; parties that are named side by side are asked about alike.

    Those whose names are ``within`` what is asked about ("french soldiers") are asked less.
    """
    found: dict[str, Mention] = {}
    for number, group in enumerate(_groups(spans)):
        asked = _asked(_before(spans, group[0]), _after(spans, group[-1]), found) + (0.0 if found else FIRST_NAMED)
        asked += LAST_WORD * (bool(found) and asked > 0 and _closes(spans, group))
        asked -= SPOKEN_OF * (_is_spoken_of(spans, group[0]) or any(spans[each].place in within for each in group))
        for index in group:
            for slug in (sense.slug for sense in spans[index].senses if sense.role is Role.PARTY):
                known = found.get(slug)
                if known is None or asked > known.asked:
                    found[slug] = Mention(slug, known.start if known else spans[index].start, asked, number)
    return list(found.values())


def _is_spoken_of(spans: Sequence[Span], index: int) -> bool:
    """Whether what another party says or wants of a party stands right before it: "trump thinks zelensky must"."""
    if index < 2 or not spans[index - 2].plays(Role.PARTY):
        return False
    verb = spans[index - 1]
    return verb.plays(Role.SUBJECT_AFTER) and not (verb.plays(Role.JOIN) or verb.plays(Role.COMPARE))


def _closes(spans: Sequence[Span], group: Sequence[int]) -> bool:
    """Whether a question ends with an attribution: "…, says putin", "…, in putin's view", "…, as kyiv sees it"."""
    rest = spans[group[-1] + 1 :]
    opens = _before(spans, group[0])
    added = opens is None or not opens.plays(Role.SUBJECT_BEFORE)
    said = added and rest and rest[0].plays(Role.SUBJECT_AFTER) and all(span.plays(Role.FILLER) for span in rest[1:])
    return not rest or bool(said)


def _groups(spans: Sequence[Span]) -> list[list[int]]:
    """Which spans name parties, those together that only joining or comparing words stand between."""
    groups: list[list[int]] = []
    comparing = _comparing(spans)
    for index, span in enumerate(spans):
        if not span.plays(Role.PARTY):
            continue
        first = groups[-1][-1] + 1 if groups else 0
        if groups and all(_joins(spans, between, comparing) for between in range(first, index)):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _joins(spans: Sequence[Span], index: int, comparing: Set[int]) -> bool:
    """Whether a phrase between two parties leaves them side by side: "and", "versus", an article."""
    span = spans[index]
    article = index > 0 and spans[index - 1].plays(Role.JOIN) and span.plays(Role.FILLER)
    return span.plays(Role.JOIN) or article or index in comparing


def _comparing(spans: Sequence[Span]) -> frozenset[int]:
    """Which phrases compare; one that can also mean "against" does so only before a topic is named."""
    named = next((index for index, span in enumerate(spans) if span.plays(Role.TOPIC)), len(spans))
    comparing = (index for index, span in enumerate(spans) if span.plays(Role.COMPARE))
    return frozenset(index for index in comparing if index <= named or not spans[index].plays(Role.OBJECT_BEFORE))


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


def _asked(before: Span | None, after: Span | None, found: Mapping[str, Mention]) -> float:
    """How much the words around ask; "for" and "from" do so only before the party that is named first."""
    score = 0.0
    if before is not None:
        weight = BEFORE if before.end - before.start == 1 else BEFORE_AS_PHRASE
        is_object = before.plays(Role.OBJECT_BEFORE)
        score += weight * (before.plays(Role.SUBJECT_BEFORE) and not (found and is_object)) - weight * is_object
    if after is not None and after.plays(Role.SUBJECT_AFTER):
        score = max(score, OUTWEIGHED) + AFTER
    return score


def _listed(spans: Sequence[Span]) -> frozenset[str]:
    """The parties in lists: several side by side with a word that joins them, or more than two."""
    places = (index for group in _groups(spans) if group[-1] - group[0] > 1 for index in group)
    return frozenset(sense.slug for index in places for sense in spans[index].senses if sense.role is Role.PARTY)


def _settle(
    mentions: list[Mention], topics: dict[str, float], listed: frozenset[str]
) -> tuple[list[Mention], dict[str, float]]:
    """Whether what is both a party and a topic ("nato") is asked, or asked about.

    It is the topic, unless another one is named, and it is a party in a list ("nato and russia on sanctions") or the
    only one.
    """
    for both in [mention.slug for mention in mentions if mention.slug in topics]:
        others = [mention for mention in mentions if mention.slug != both]
        if len(topics) > 1 and (both in listed or not others):
            topics.pop(both)
        else:
            mentions = others
    return mentions, topics
