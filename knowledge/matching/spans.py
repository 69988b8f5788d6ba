"""Which runs of words are known phrases, and what each means there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.matching.phrasebook import DEFAULT, Phrasebook
from knowledge.matching.senses import EVIDENCE, STRONG, Role, Sense
from knowledge.matching.stems import speaks
from knowledge.matching.vocabulary import ordinary_words

STEM_IN_COMMON = 0.3
"""What it says for a language that it knows the stem of a word, but not the word."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``start`` to ``end`` (excluded) and what they mean; ``inner`` are parties that it begins with."""

    start: int
    end: int
    senses: tuple[Sense, ...]
    inner: frozenset[str] = frozenset()

    def plays(self, role: Role) -> bool:
        """Whether the phrase can play a role."""
        return any(sense.role is role for sense in self.senses)

    @property
    def place(self) -> tuple[int, int]:
        """Where it begins and ends."""
        return self.start, self.end

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that it can name."""
        return tuple(sense.slug for sense in self.senses if sense.role is Role.PARTY)

    @property
    def is_evidence(self) -> bool:
        """Whether it names a party, a topic or an intent."""
        return any(sense.role in EVIDENCE for sense in self.senses)

    @property
    def value(self) -> float:
        """How much it is worth to read these words so: long phrases tell more than their words one by one.

        Of two ways that are worth the same, the one with names is meant.
        """
        named = any(sense.weight >= STRONG for sense in self.senses)
        return (self.end - self.start) ** 2 + 0.5 * self.is_evidence + 0.01 * named


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a language makes of words; ``exact`` are the senses of a name that stands there as it is written."""

    start: int
    end: int
    language: str
    senses: tuple[Sense, ...]
    exact: tuple[Sense, ...]


def find_spans(
    words: Sequence[str], book: Phrasebook, *, boldly: bool = False
) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The spans that cover the words best, none over another, in the order of the text; and the language spoken.

    There are several languages only where they know equally much: a single name is written alike in many. An ordinary
    word is a slip for another only if it is read ``boldly``.
    """
    found: dict[tuple[int, int], list[Meaning]] = {}
    for language in book.stems:
        for meaning in _phrases(words, language, book):
            found.setdefault((meaning.start, meaning.end), []).append(meaning)
    languages = _languages(found.values(), words)
    spoken = languages[0]
    for place, meanings in found.items():
        likely = (meaning for meaning in meanings if not _is_chance(meaning, words, spoken))
        found[place] = [meaning for meaning in likely if boldly or _is_sober(meaning, words)]
    spans = {place: _span(place, meanings, spoken) for place, meanings in found.items() if meanings}
    best = _best(spans.values(), len(words))
    return tuple(replace(span, inner=_inner(span, spans)) for span in best), languages


def _best(spans: Iterable[Span], length: int) -> list[Span]:
    """Of all ways to choose spans, the one in which long phrases and names cover most."""
    ending: dict[int, list[Span]] = {}
    for span in spans:
        ending.setdefault(span.end, []).append(span)
    best: list[tuple[float, Span | None]] = [(0.0, None)]
    for end in range(1, length + 1):
        ways = ((best[span.start][0] + span.value, span) for span in ending.get(end, ()))
        best.append(max(ways, key=lambda way: way[0], default=(0.0, None)))
        if best[end][0] <= best[end - 1][0]:
            best[end] = (best[end - 1][0], None)
    chosen: list[Span] = []
    end = length
    while end:
        chosen_span = best[end][1]
        if chosen_span is not None:
            chosen.append(chosen_span)
        end = end - 1 if chosen_span is None else chosen_span.start
    return chosen[::-1]


def _inner(span: Span, spans: Mapping[tuple[int, int], Span]) -> frozenset[str]:
    """The parties that a longer phrase begins with, as in "ukraine elections"."""
    within = (spans.get((span.start, end)) for end in range(span.start + 1, span.end))
    return frozenset(sense.slug for each in within if each for sense in each.senses if sense.role is Role.PARTY)


def _phrases(words: Sequence[str], language: str, book: Phrasebook) -> Iterator[Meaning]:
    stem, starts, phrases = book.stems[language], book.starts[language], book.phrases[language]
    stemmed = [stem(word) if speaks(language, word) else "" for word in words]
    for start, first in enumerate(stemmed):
        for end in range(start + min(starts.get(first, 0), len(words) - start), start, -1):
            if senses := phrases.get(" ".join(stemmed[start:end])):
                exact = book.exact.get(" ".join(words[start:end]), ())
                yield Meaning(start, end, language, senses, tuple(sense for sense in senses if sense in exact))


def _languages(found: Iterable[list[Meaning]], words: Sequence[str]) -> tuple[str, ...]:
    """The languages that know most of the words; one that knows only a stem in common knows little."""
    votes: dict[str, float] = defaultdict(float)
    for meaning in (meaning for meanings in found for meaning in meanings):
        said = words[meaning.start : meaning.end]
        knows = meaning.exact or all(word in ordinary_words(meaning.language) for word in said)
        votes[meaning.language] += 1.0 if knows else STEM_IN_COMMON
    most = max(votes.values(), default=0.0)
    best = sorted((language for language in votes if votes[language] == most), key=lambda each: each != DEFAULT)
    return tuple(best) or (DEFAULT,)


def _is_chance(meaning: Meaning, words: Sequence[str], spoken: str) -> bool:
    """Whether, in English, another language shares just the stem of a word that it does not have ("russa").

    In languages that inflect more, a word that no list has is an inflected one more often than a slip.
    """
    word = words[meaning.start]
    alone = meaning.end - meaning.start == 1 and meaning.language != spoken == DEFAULT
    return alone and not meaning.exact and word not in ordinary_words(meaning.language)


def _is_sober(meaning: Meaning, words: Sequence[str]) -> bool:
    """Whether it is more than an ordinary word as a slip for another."""
    ordinary = ordinary_words(meaning.language)
    is_slip = all(sense.role is Role.SLIP for sense in meaning.senses)
    return not (is_slip and all(word in ordinary for word in words[meaning.start : meaning.end]))


def _span(place: tuple[int, int], meanings: Sequence[Meaning], spoken: str) -> Span:
    """What the languages make of it together, with two exceptions.

    A single word that is no name in the language that is spoken is none ("un" in French, "ab" in German). Names that
    stand there as they are written hide those that are only alike in their stems.
    """
    own = [meaning for meaning in meanings if meaning.language == spoken]
    if place[1] - place[0] == 1 and own and not any(sense.role in EVIDENCE for each in own for sense in each.senses):
        meanings = own
    exact = tuple(dict.fromkeys(sense for meaning in meanings for sense in meaning.exact))
    senses = tuple(dict.fromkeys(sense for meaning in meanings for sense in meaning.senses))
    if exact:
        senses = (*exact, *(sense for sense in senses if sense.role not in EVIDENCE))
    return Span(*place, senses)
