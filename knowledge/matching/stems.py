"""Stems: one form for all inflections of a word, by Snowball where it knows the language, else by endings."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

import Stemmer

from knowledge.matching.scripts import is_cyrillic

SHORTEST = 3
"""Letters that must remain of a word when its ending goes; shorter words are their own stem."""
CACHED = 20_000
"""How many stems a language remembers: the words of the questions of a day."""
_SNOWBALL = {"en": "english", "ru": "russian", "de": "german", "fr": "french", "tr": "turkish"}
_CYRILLIC_LANGUAGES = {"ru", "uk"}
_UNMARKED = str.maketrans("йї", "иі")


class Stem(Protocol):
    """Makes a stem of a normalised word."""

    def __call__(self, word: str, /) -> str:
        """The stem."""
        ...


def make_stems(endings: Mapping[str, Sequence[str]]) -> dict[str, Stem]:
    """A stemmer for each language: those Snowball knows, and those with ``endings`` (normalised)."""
    stems: dict[str, Stem] = {language: _snowball(name) for language, name in _SNOWBALL.items()}
    stems |= {language: _by_endings(found) for language, found in endings.items() if found}
    return stems


def speaks(language: str, word: str) -> bool:
    """Whether a word can be of a language, by its script."""
    return is_cyrillic(word) == (language in _CYRILLIC_LANGUAGES)


def _snowball(name: str) -> Stem:
    stemmer = Stemmer.Stemmer(name, 0)

    @lru_cache(CACHED)
    def stem(word: str) -> str:
        return str(stemmer.stemWord(word)) if len(word) > SHORTEST else word

    return stem


def _by_endings(endings: Sequence[str]) -> Stem:
    longest_first = sorted((ending.translate(_UNMARKED) for ending in endings), key=len, reverse=True)

    @lru_cache(CACHED)
    def stem(word: str) -> str:
        plain = word.translate(_UNMARKED)
        fits = (ending for ending in longest_first if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST)
        return plain.removesuffix(next(fits, ""))

    return stem
