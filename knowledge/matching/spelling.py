"""Slips of the pen: which known word was meant by one that is not known."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from knowledge.matching.index import Layered
from knowledge.matching.neighbours import LONGEST, NOBODY, SHORTEST, Neighbours
from knowledge.matching.normalise import TO_CYRILLIC, TO_LATIN
from knowledge.matching.packed import Packed
from knowledge.matching.scripts import is_cyrillic
from knowledge.matching.senses import STRONG, WEAK
from knowledge.matching.sounds import letters_of, sound_of
from knowledge.matching.vocabulary import ordinary_words

FALLBACK, CYRILLIC = ("en",), ("ru", "uk")
"""The languages whose words are looked for too, by script: English is mixed into all others."""
LONGEST_SPLIT = 16
"""Longer words are not taken apart with slips, which takes longest of all."""
ABBREVIATED = 5
"""An abbreviation has at most this many letters."""
CHOICES = 3
"""How many near words are tried out among the words around them."""
BOLD = 8
"""From this length on an ordinary word may stand for a name that is two slips away."""
SYLLABLES = 3.6
"""Words that run together have at least this many letters on the average; shorter bits are chance."""
_LEET = str.maketrans("013457", "oieast")


class Speller:
    """Finds near words of a language (see ``Neighbours``): a slip seldom hits all that it finds them by."""

    def __init__(self, words: Mapping[str, Mapping[str, float]], below: "Speller | None" = None) -> None:
        """A speller of ``words``; what is laid over those of ``below`` shares its neighbours."""
        self._words = words
        self._neighbours: dict[str, Neighbours] = {**below._neighbours} if below else {}
        for language, known in words.items():
            if below is None or known is not below._words[language]:
                self._neighbours[language] = Neighbours(_upper(known), self._neighbours.get(language))

    def read(self, word: str, language: str, *likely: str) -> list[list[str]]:
        """What ``word`` may stand for, the likeliest first: each one word, or several run together; empty for nothing.

        An ordinary word of the language that is spoken stands for itself, even if nothing here knows it. Further
        languages are as ``likely`` to be spoken.
        """
        is_known = word in self._words.get(language, {}) or word in ordinary_words(language)
        if is_known or not SHORTEST - 1 <= len(word) <= LONGEST:
            return []
        if variant := self._variant(word):
            return [[variant]]
        others = CYRILLIC if is_cyrillic(word) else FALLBACK
        near = {each: self._near(_plain(word), each) for each in dict.fromkeys((language, *likely, *others))}
        surest_first = sorted(near, key=lambda each: not self._is_sure(near[each], each))
        ways = (self._read(_plain(word), each, near[each]) for each in surest_first)
        return next(filter(None, ways), [])

    def _is_sure(self, near: list[tuple[str, float]], language: str) -> bool:
        """Whether the nearest word tells something and is but one slip away."""
        return bool(near) and near[0][1] <= 1 and self._words[language][near[0][0]] >= WEAK

    def _read(self, word: str, language: str, near: list[tuple[str, float]]) -> list[list[str]]:
        known = self._words.get(language, {})
        nearest = [[each] for each, distance in near if distance == near[0][1]][:CHOICES]
        if self._is_sure(near, language):
            return nearest
        if len(word) <= ABBREVIATED and (completed := self._completed(word, language)):
            return [[completed]]
        if parts := self._split(word, known):
            return [parts]
        return nearest or self._split_with_slips(word, language)

    def read_boldly(self, word: str, language: str) -> list[list[str]]:
        """The names that an ordinary word may stand for, as when a phone has "corrected" one; empty if none is near."""
        near = self._near(word, language) if SHORTEST < len(word) <= LONGEST else []
        allowed = 1 if len(word) < BOLD else 2
        known = self._words.get(language, {})
        return [[each] for each, distance in near if distance <= allowed and known[each] >= STRONG][:CHOICES]

    def joins(self, left: str, right: str) -> bool:
        """Whether two bits are a name with a space too many."""
        return any(known.get(left + right, 0.0) >= STRONG for known in self._words.values())

    def _variant(self, word: str) -> str:
        """The word without stretched letters and figures for letters, or in look-alike letters, if that is known."""
        others = (each for each in _variants(word) if each != word)
        found = (each for each in others if any(each in known for known in self._words.values()))
        return next(found, "")

    def _near(self, word: str, language: str) -> list[tuple[str, float]]:
        """The near words with their distances; of those equally near, the ones that weigh, then the likest."""
        known, neighbours = self._words.get(language, {}), self._neighbours.get(language, NOBODY)
        limit = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        near = process.extract(word, neighbours.near(word, limit), scorer=OSA.distance, score_cutoff=limit, limit=None)
        found: dict[str, float] = {candidate: distance for candidate, distance, _ in near}
        alike = self._alike_to(word, language, limit + 1)
        found |= alike
        if len(word) < SHORTEST:
            found = {each: 1 for each in found if len(each) > len(word) and known[each] >= STRONG}

        def rank(each: str) -> tuple[float, int, bool, float, str]:
            return found[each], -int(known[each]), each not in alike, -_likeness(each, word) - known[each] % 1, each

        return [(each, found[each]) for each in sorted(found, key=rank)]

    def _alike_to(self, word: str, language: str, limit: int) -> dict[str, float]:
        """The names of the same sound or the same letters, which may be one slip farther than others."""
        keys = (sound_of(word), letters_of(word)) if len(word) >= SHORTEST else ()
        neighbours = self._neighbours.get(language, NOBODY)
        names = {name for key in keys for name in neighbours.alike(key)}
        distances = ((name, OSA.distance(word, name, score_cutoff=limit)) for name in names)
        return {name: distance for name, distance in distances if distance <= limit}

    def _completed(self, word: str, language: str) -> str:
        """The most used name that an abbreviation begins."""
        known = self._words.get(language, {})
        names = self._neighbours.get(language, NOBODY).beginning(word)
        return max((each for each in names if known[each] >= STRONG), key=known.__getitem__, default="")

    def _split(self, word: str, known: Mapping[str, float]) -> list[str]:
        """The fewest known words that ``word`` is made of; one must weigh, and they must not be mere syllables."""
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 20), end - 1):
                before, part = best[start], word[start:end]
                if before is not None and part in known:
                    shortest = best[end]
                    if shortest is None or len(before) + 1 < len(shortest):
                        best[end] = [*before, part]
        parts = best[-1] or []
        tells = any(known[part] >= WEAK for part in parts) and len(word) >= SYLLABLES * len(parts)
        return parts if tells else []

    def _split_with_slips(self, word: str, language: str) -> list[list[str]]:
        """Two names that run together and are misspelt, the nearest ones; empty if there are none."""
        ways: list[tuple[float, list[str]]] = []
        for cut in range(SHORTEST - 1, len(word) - SHORTEST + 2 if len(word) <= LONGEST_SPLIT else 0):
            left, distance = self._name_near(word[:cut], language)
            right, further = self._name_near(word[cut:], language) if left else ("", 0.0)
            if right:
                ways.append((distance + further, [left, right]))
        return [min(ways)[1]] if ways else []

    def _name_near(self, half: str, language: str) -> tuple[str, float]:
        known = self._words.get(language, {})
        if known.get(half, 0.0) >= WEAK:
            return half, 0.0
        if len(half) < SHORTEST:
            return "", 0.0
        near = [(name, distance) for name, distance in self._near(half, language) if known[name] >= WEAK]
        return near[0] if near else ("", 0.0)


def _upper(words: Mapping[str, float]) -> Packed[float]:
    """The words of the uppermost layer."""
    if isinstance(words, Packed):
        return words
    return Packed(words.above if isinstance(words, Layered) else words)


def _likeness(known: str, word: str) -> float:
    """Among words that are equally near, the same beginning and the same length speak for one."""
    return JaroWinkler.similarity(known, word) - 0.03 * abs(len(known) - len(word))


def _variants(word: str) -> list[str]:
    """The word without stretched letters and figures for letters, and in the look-alike letters of another script."""
    return [_plain(word), word.translate(TO_CYRILLIC), word.translate(TO_LATIN)]


def _plain(word: str) -> str:
    """Without stretched letters ("russiaaaa") and figures for letters ("ru5514")."""
    if any(char.isdigit() for char in word) and any(char.isalpha() for char in word):
        word = word.translate(_LEET)
    return "".join(char for index, char in enumerate(word) if word[max(0, index - 2) : index] != char * 2)
