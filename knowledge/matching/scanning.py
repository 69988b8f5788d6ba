"""A question as spans: its words, slips read over, as known phrases."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.matching.normalise import normalise
from knowledge.matching.phrasebook import Phrasebook
from knowledge.matching.senses import Role
from knowledge.matching.spans import Span, find_spans
from knowledge.matching.spelling import Speller
from knowledge.matching.together import Together

TEXT_LENGTH = 4_000
"""Discord lets nobody type more."""
MOST_WORDS = 360
"""Of a longer text the beginning and the end are read: more words take longer than 20 ms."""
CORRECTED = 60
"""Slips and combinations are looked for only in questions of at most this many words; longer ones are searched as they
stand."""
PIECE, OVERLAP = 70, 12
"""A text is read in pieces of so many words, each beginning so many before the end of the last: others may be answered
between two, so that nobody waits for somebody who pastes an article."""
MOST_UNKNOWN = 4
"""So many unknown words at most are read as near ones, which bounds the time: with more there is no question left."""
AROUND = 3
"""How many words on each side decide between near words."""
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:)\d+>|</[\w -]{1,99}:\d+>|<t:\d+(?::\w)?>|https?://[^\s/]*")


@dataclass(frozen=True, slots=True)
class Scan:
    """The words of a question after slips were read over, the spans in order, and which words were read as which."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    read_as: tuple[tuple[str, str], ...] = ()
    together: tuple[Together, ...] = ()

    @property
    def unknown(self) -> tuple[int, ...]:
        """The places of words in no span and no combination."""
        known = {place for span in self.spans for place in range(span.start, span.end)}
        known = known.union(*(each.words for each in self.together))
        return tuple(place for place in range(len(self.words)) if place not in known)


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a question, normalised, without mentions, emoji, timestamps and the hosts of links."""
    written_out = unicodedata.normalize("NFKC", text[:TEXT_LENGTH])  # some single characters stand for whole sentences
    words = normalise(_MARKUP.sub(" ", written_out[:TEXT_LENGTH])).split()
    half = MOST_WORDS // 2
    return tuple(words if len(words) <= MOST_WORDS else words[:half] + words[-half:])


def pieces(text: str) -> list[str]:
    """A question in pieces that are quickly read one by one; nearly always one."""
    words = plain_words(text)
    if len(words) <= PIECE:
        return [text]
    return [" ".join(words[start : start + PIECE]) for start in range(0, len(words), PIECE - OVERLAP)]


def scan(text: str, book: Phrasebook, speller: Speller, *, boldly: bool = False) -> Scan:
    """Finds the phrases in ``text``; words that are unknown are read as near ones.

    ``boldly`` reads ordinary words too as names that they are near to or often stand for, as when a phone has
    "corrected" a name.
    """
    words = plain_words(text)
    found, languages = _found(words, book, boldly=boldly)
    if len(words) > CORRECTED:
        return found
    corrected, after = _correct(found, book, speller, languages, boldly=boldly)
    if after != languages and corrected.unknown:  # the words that were read tell of another language: once more
        corrected, _ = _correct(corrected, book, speller, after, boldly=boldly)
    return corrected


def _correct(
    found: Scan, book: Phrasebook, speller: Speller, languages: tuple[str, ...], *, boldly: bool
) -> tuple[Scan, tuple[str, ...]]:
    """The words with slips read over, and the languages that they then seem to be of."""
    unknown, slips = set(found.unknown[:MOST_UNKNOWN]), dict(_slips(found.spans, boldly=boldly))
    words, read_as, place = list[str](), list(found.read_as), 0
    while place < len(found.words):
        end, meant = slips.get(place, (place + 1, []))
        said = " ".join(found.words[place:end])
        before = words[-1:] if {place - 1, place} & unknown else []
        if before and speller.joins(before[0], said):
            said, meant = f"{words.pop()} {said}", [before[0] + said]
        elif place in unknown:
            choices = _choices(said, speller, languages, boldly=boldly)
            meant = _fitting(choices, words[-AROUND:], found.words[end : end + AROUND], book)
        words.extend(meant or [said])
        read_as.extend([(said, " ".join(meant))] if meant else [])
        place = end
    if len(read_as) == len(found.read_as):
        return found, languages
    return _found(tuple(words), book, tuple(read_as))


def _found(
    words: tuple[str, ...], book: Phrasebook, read_as: tuple[tuple[str, str], ...] = (), *, boldly: bool = False
) -> tuple[Scan, tuple[str, ...]]:
    """The words with their spans and, in a text of a question's length, with what they mean together."""
    spans, languages = find_spans(words, book, boldly=boldly)
    asked = [language for language in languages if language in book.together and len(words) <= CORRECTED]
    parties = [(span.place, slug) for span in spans for slug in span.parties] if asked else []
    together = tuple(each for language in asked for each in book.together[language].find(words, parties))
    return Scan(words, spans, read_as, together), languages


def _slips(spans: Sequence[Span], *, boldly: bool) -> Iterator[tuple[int, tuple[int, list[str]]]]:
    """Where words stand that are often written for others, where these end and what is meant.

    A word that means something itself ("preparations") is meant as it stands, unless it is read ``boldly``.
    """
    for span in spans:
        meant = [sense.slug for sense in span.senses if sense.role is Role.SLIP]
        if meant and not span.is_evidence and (boldly or len(meant) == len(span.senses)):
            yield span.start, (span.end, meant[0].split())


def _choices(word: str, speller: Speller, languages: Sequence[str], *, boldly: bool) -> list[list[str]]:
    choices = speller.read(word, *languages)
    return choices or speller.read_boldly(word, languages[0]) if boldly else choices


def _fitting(choices: list[list[str]], before: Sequence[str], after: Sequence[str], book: Phrasebook) -> list[str]:
    """Of several near words, the one that makes most of the words around it: "united natons" are nations."""
    if len(choices) < 2:
        return choices[0] if choices else []

    def worth(choice: list[str]) -> float:
        return sum(span.value for span in find_spans([*before, *choice, *after], book)[0])

    return max(choices, key=worth)
