"""From any words to the one slug they mean: normalise, exact, phrase, then fuzzy with a margin of ambiguity.

``extractOne`` is not used: among ties it silently picks one. Scores are similarities of 0 to 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knowledge.errors import AmbiguousName, Slot, UnknownName
from knowledge.matching.lexicon import Names
from knowledge.matching.normalise import normalise
from knowledge.matching.phrases import find_phrases

EXACT = 100.0
"""The score of a name that stands in the text as it is."""
LIKELY = 90.0
"""The score of a name that was read over a slip."""
ACCEPT = 75.0
"""From here on a single likeness is taken to be meant: one slip in four letters, as in "putni"."""
MARGIN = 6.0
"""Closer than this to the best, another meaning makes a word ambiguous."""
SHORT = 3
"""Words up to this length must be exact: too many others are one slip away."""
CHOICES = 5
"""The most suggestions offered."""
TEXT_LENGTH = 200
"""What is typed beyond this is not looked at: no name is as long."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The slug that was meant; ``score`` below 100 says that it is a guess."""

    slug: str
    score: float


def resolve(text: str, names: Names, slot: Slot) -> Resolved:
    """What ``text`` means in this slot.

    Raises:
        AmbiguousName: two or more meanings are nearly equally likely.
        UnknownName: nothing is near enough.
    """
    words = normalise(text[:TEXT_LENGTH])
    if found := names.meanings.get(words) or find_phrases(words, names):
        return _single(found, EXACT, slot, text)
    ranked = rank(words, names)
    if not ranked or ranked[0].score < ACCEPT or len(words) <= SHORT:
        offered = [each.slug for each in ranked] or list(names.shown)
        raise UnknownName(slot, text, tuple(offered[:CHOICES]))
    near = [each.slug for each in ranked if ranked[0].score - each.score < MARGIN]
    return _single(near, ranked[0].score, slot, text)


def rank(words: str, names: Names, least: float = 0.0) -> list[Resolved]:
    """Every meaning that is at all like ``words`` (normalised), with the score of its nearest name, best first.

    ``least`` leaves out those with a smaller score, which also saves most of the time.
    """
    best: dict[str, float] = {}
    likeness = DamerauLevenshtein.normalized_similarity
    near = process.extract(words, list(names.meanings), scorer=likeness, score_cutoff=least / 100, limit=None)
    for name, score, _ in near:
        for slug in names.meanings[name]:
            best[slug] = max(best.get(slug, 0.0), score * 100)
    ranked = sorted(best.items(), key=lambda item: (-item[1], names.places[item[0]]))
    return [Resolved(slug, score) for slug, score in ranked]


def _single(slugs: Sequence[str], score: float, slot: Slot, text: str) -> Resolved:
    if len(slugs) > 1:
        raise AmbiguousName(slot, text, tuple(slugs)[:CHOICES])
    return Resolved(slugs[0], score)
