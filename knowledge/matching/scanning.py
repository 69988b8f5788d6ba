"""A question as spans: which runs of its words are known phrases, and what each means there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.matching.normalise import normalise
from knowledge.matching.phrasebook import DEFAULT, Phrasebook
from knowledge.matching.senses import EVIDENCE, Role, Sense
from knowledge.matching.spelling import Speller
from knowledge.matching.stems import speaks
from knowledge.matching.vocabulary import ordinary_words

TEXT_LENGTH = 4_000
"""Discord lets nobody type more."""
CORRECTED = 60
"""Slips are looked for only in questions of at most this many words; longer ones are searched as they stand."""
AROUND = 3
"""How many words on each side decide between near words."""
STEM_IN_COMMON = 0.3
"""What it says for a language that it knows the stem of a word, but not the word."""
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:)\d+>|</[\w -]+:\d+>|<t:\d+(?::\w)?>|https?://[^\s/]*")


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
    def is_evidence(self) -> bool:
        """Whether it names a party, a topic or an intent."""
        return any(sense.role in EVIDENCE for sense in self.senses)

    @property
    def value(self) -> float:
        """How much it is worth to read these words so: long phrases tell more than their words one by one."""
        return (self.end - self.start) ** 2 + 0.5 * self.is_evidence


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a language makes of words; ``exact`` are the senses of a name that stands there as it is written."""

    start: int
    end: int
    language: str
    senses: tuple[Sense, ...]
    exact: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """The words of a question after slips were read over, the spans in order, and which words were read as which."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    read_as: tuple[tuple[str, str], ...] = ()

    @property
    def unknown(self) -> tuple[int, ...]:
        """The places of words in no span."""
        known = {place for span in self.spans for place in range(span.start, span.end)}
        return tuple(place for place in range(len(self.words)) if place not in known)


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a question, normalised, without mentions, emoji, timestamps and the hosts of links."""
    return tuple(normalise(_MARKUP.sub(" ", text[:TEXT_LENGTH])).split())


def scan(text: str, book: Phrasebook, speller: Speller, *, boldly: bool = False) -> Scan:
    """Finds the phrases in ``text``; words that are unknown are read as near ones, once.

    ``boldly`` reads ordinary words too as names that they are near to, as when a phone has "corrected" a name.
    """
    words = plain_words(text)
    spans, language = _spans(words, book)
    first = Scan(words, spans)
    if not first.unknown or len(words) > CORRECTED:
        return first
    corrected, read_as = _correct(first, book, speller, language, boldly=boldly)
    return Scan(corrected, _spans(corrected, book)[0], read_as) if read_as else first


def _correct(
    first: Scan, book: Phrasebook, speller: Speller, language: str, *, boldly: bool
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    unknown, words, read_as = set(first.unknown), list[str](), list[tuple[str, str]]()
    for place, word in enumerate(first.words):
        bits = [words[-1], word] if words else []
        if bits and {place - 1, place} & unknown and speller.joins(*bits):
            words[-1] += word
            read_as.append((" ".join(bits), words[-1]))
            continue
        choices = speller.read(word, language) if place in unknown else []
        if boldly and place in unknown and not choices:
            choices = speller.read_boldly(word, language)
        meant = _fitting(choices, words[-AROUND:], first.words[place + 1 : place + 1 + AROUND], book)
        words.extend(meant or [word])
        if meant:
            read_as.append((word, " ".join(meant)))
    return tuple(words), tuple(read_as)


def _fitting(choices: list[list[str]], before: Sequence[str], after: Sequence[str], book: Phrasebook) -> list[str]:
    """Of several near words, the one that makes most of the words around it: "united natons" are nations."""
    if len(choices) < 2:
        return choices[0] if choices else []

    def worth(choice: list[str]) -> float:
        return sum(span.value for span in _spans([*before, *choice, *after], book)[0])

    return max(choices, key=worth)


def _spans(words: Sequence[str], book: Phrasebook) -> tuple[tuple[Span, ...], str]:
    """The spans that cover the words best, none over another, in the order of the text; and the language spoken."""
    found: dict[tuple[int, int], list[Meaning]] = {}
    for language in book.stems:
        for meaning in _phrases(words, language, book):
            found.setdefault((meaning.start, meaning.end), []).append(meaning)
    spoken = _language(found.values(), words)
    for place, meanings in found.items():
        found[place] = [meaning for meaning in meanings if not _is_chance(meaning, words, spoken)]
    spans = {place: _span(place, meanings, spoken) for place, meanings in found.items() if meanings}
    best = _best(spans.values(), len(words))
    return tuple(replace(span, inner=_inner(span, spans)) for span in best), spoken


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


def _language(found: Iterable[list[Meaning]], words: Sequence[str]) -> str:
    """The language that knows most of the words; one that knows only a stem in common knows little."""
    votes: dict[str, float] = defaultdict(float)
    for meaning in (meaning for meanings in found for meaning in meanings):
        said = words[meaning.start : meaning.end]
        knows = meaning.exact or all(word in ordinary_words(meaning.language) for word in said)
        votes[meaning.language] += 1.0 if knows else STEM_IN_COMMON
    return max(votes, key=lambda language: (votes[language], language == DEFAULT), default=DEFAULT)


def _is_chance(meaning: Meaning, words: Sequence[str], spoken: str) -> bool:
    """Whether, in English, another language shares just the stem of a word that it does not have ("russa").

    In languages that inflect more, a word that no list has is an inflected one more often than a slip.
    """
    word = words[meaning.start]
    alone = meaning.end - meaning.start == 1 and meaning.language != spoken == DEFAULT
    return alone and not meaning.exact and word not in ordinary_words(meaning.language)


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
