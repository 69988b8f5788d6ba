"""A question in any words -> the parties, topics and intents that it names.

The longest name wins, across all slots: in "russian language" the topic hides the party that stands in it. A word
that is a name only with a slip counts if it is long enough and near enough to one meaning.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.errors import AmbiguousName, Slot, UnknownName
from knowledge.matching.lexicon import Lexicon, Names
from knowledge.matching.normalise import normalise
from knowledge.matching.phrases import runs
from knowledge.matching.resolve import SHORT, resolve

TEXT_LENGTH = 400
"""What is asked beyond this is not looked at."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question names, each in the order of the text; ``unknown`` are the words that mean nothing to us.

    ``score`` is 100 where everything was named exactly, less where a slip was read over.
    """

    parties: tuple[str, ...]
    topics: tuple[str, ...]
    intents: tuple[str, ...]
    unknown: tuple[str, ...]
    score: float


def read(text: str, lexicon: Lexicon) -> Reading:
    """What ``text`` names."""
    words = normalise(text[:TEXT_LENGTH]).split()
    slots = [lexicon.parties, lexicon.topics, lexicon.intents]
    hits: list[dict[str, None]] = [{}, {}, {}]
    rest = _exact(words, slots, hits)
    unknown, score = _near([word for word in rest if word not in lexicon.filler], slots, hits)
    parties, topics = _settle(hits[0], hits[1])
    return Reading(parties, topics, tuple(hits[2]), tuple(unknown), score)


def _exact(words: Sequence[str], slots: Sequence[Names], hits: Sequence[dict[str, None]]) -> list[str]:
    """Notes every name that stands in the text as it is; returns the words that are in none."""
    rest, position = [], 0
    longest = max(names.longest for names in slots)
    for start, end in runs(list(words), longest):
        if start < position:
            continue
        phrase = " ".join(words[start:end])
        meanings = [names.meanings.get(phrase, ()) for names in slots]
        if any(meanings):
            for hit, slugs in zip(hits, meanings, strict=True):
                hit.update(dict.fromkeys(slugs))
            position = end
        elif end == start + 1:
            rest.append(phrase)
            position = end
    return rest


def _near(words: Sequence[str], slots: Sequence[Names], hits: Sequence[dict[str, None]]) -> tuple[list[str], float]:
    """Notes what words with a slip mean; returns those that mean nothing, and the lowest score that was accepted."""
    unknown, lowest = [], 100.0
    for word in words:
        best = max(_guesses(word, slots), default=None)
        if best is None:
            unknown.append(word)
        else:
            score, index, slug = best
            hits[index][slug] = None
            lowest = min(lowest, score)
    return unknown, lowest


def _guesses(word: str, slots: Sequence[Names]) -> Iterator[tuple[float, int, str]]:
    if len(word) <= SHORT + 1:
        return
    for index, names in enumerate(slots[:2]):
        try:
            found = resolve(word, names, Slot.PARTY)
        except (UnknownName, AmbiguousName):
            continue
        yield found.score, index, found.slug


def _settle(parties: dict[str, None], topics: dict[str, None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A word that is both ("nato") is the topic where another party is named or nothing else is."""
    both = parties.keys() & topics.keys()
    others = topics.keys() - both
    if others:
        return tuple(parties), tuple(each for each in topics if each not in both)
    return tuple(each for each in parties if each not in both), tuple(topics)
