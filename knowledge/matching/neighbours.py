"""The words of a language by what a slip leaves as it is: the first letter, the last one, the sound, the letters."""

from array import array
from collections.abc import Iterable
from itertools import accumulate

from knowledge.matching.packed import Packed, numbers_of
from knowledge.matching.senses import WEAK
from knowledge.matching.sounds import letters_of, sound_of

SHORTEST = 4
"""Shorter words have too many neighbours to guess from, but for a letter that is missing in a name."""
LONGEST = 40
"""Longer words are no words."""
FEW = 16
"""So many words with a letter are looked at whatever their lengths."""


class Neighbours:
    """Finds words by a part of them; those of ``below`` too, which is shared and not copied. It never changes."""

    __slots__ = ("_alike", "_below", "_first", "_last", "_words")

    def __init__(self, words: Packed[float], below: "Neighbours | None" = None) -> None:
        self._words, self._below = words, below
        told = [(number, word) for number, word in enumerate(words) if len(word) >= SHORTEST and words[word] >= WEAK]
        self._alike = _Groups([(key(word), number) for number, word in told for key in (sound_of, letters_of)])
        kept = sorted((word for word in words if SHORTEST <= len(word) <= LONGEST), key=len)
        self._first, self._last = _Letters(kept, 0), _Letters(kept, -1)

    def beginning(self, text: str) -> list[str]:
        """The words that begin with ``text``."""
        own = self._words.beginning(text)
        return self._below.beginning(text) + own if self._below else own

    def near(self, word: str, limit: int) -> list[str]:
        """Words of the same first or last letter; where those are many, at most ``limit`` letters longer or shorter."""
        lengths = len(word) - limit, len(word) + limit
        own = self._first.find(word[0], *lengths) + self._last.find(word[-1], *lengths)
        return self._below.near(word, limit) + own if self._below else own

    def alike(self, key: str) -> list[str]:
        """The words with this sound or these letters that tell something."""
        near = map(self._words.name, dict.fromkeys(self._alike.find(key)))  # both keys of a word may stand together
        own = [word for word in near if key in (sound_of(word), letters_of(word))]
        return self._below.alike(key) + own if self._below else own


class _Letters:
    """Words by their first or last letter: those of a letter in one text, the short ones first."""

    __slots__ = ("_ends", "_texts")

    def __init__(self, words: Iterable[str], place: int) -> None:
        found: dict[str, list[str]] = {}
        for word in words:
            found.setdefault(word[place], []).append(word)
        self._texts = {letter: " ".join(alike) for letter, alike in found.items()}
        self._ends = {letter: _ends(alike) for letter, alike in found.items() if len(alike) > FEW}

    def find(self, letter: str, shortest: int, longest: int) -> list[str]:
        """The words with a letter that are of these lengths; of a few words, all."""
        text, ends = self._texts.get(letter, ""), self._ends.get(letter)
        if ends is None:
            return text.split()
        return text[ends[max(shortest - 1, 0)] : ends[min(longest, LONGEST)]].split()


def _ends(words: list[str]) -> "array[int]":
    """Where the words of each length end in a text that has the short ones first."""
    taken = [0] * (LONGEST + 1)
    for word in words:
        taken[len(word)] += len(word) + 1
    return numbers_of([*accumulate(taken)])


class _Groups:
    """Numbers by keys that are not kept: those with the hash of a key stand together, others may be among them."""

    __slots__ = ("_mask", "_numbers", "_starts")

    def __init__(self, keyed: list[tuple[str, int]]) -> None:
        self._mask = (1 << len(keyed).bit_length()) - 1
        placed = sorted((hash(key) & self._mask, number) for key, number in keyed)
        counts = [0] * (self._mask + 1)
        for place, _ in placed:
            counts[place] += 1
        self._numbers = numbers_of([number for _, number in placed])
        self._starts = numbers_of([*accumulate(counts, initial=0)])

    def find(self, key: str) -> Iterable[int]:
        """The numbers of a key, and perhaps others."""
        place = hash(key) & self._mask
        return self._numbers[self._starts[place] : self._starts[place + 1]]


NOBODY = Neighbours(Packed({}))
"""The neighbours in a language of which nothing is known."""
