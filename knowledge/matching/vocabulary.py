"""Which words are ordinary words of a language: those are meant as they stand, and are no slips."""

from collections.abc import Container
from functools import cache

import wordfreq

from knowledge.matching.normalise import normalise
from knowledge.matching.packed import Packed
from knowledge.matching.scripts import is_cyrillic

LANGUAGES = ("en", "uk", "ru", "de", "fr", "tr")
ORDINARY = 3e-6
"""Share of all words of a language from which on a word is ordinary: about 20,000 words a language."""


@cache
def ordinary_words(language: str) -> Container[str]:
    """The ordinary words of a language, normalised; read once for the process.

    They are packed, and what wordfreq keeps of its lists is given back at once: it would be forty megabytes.
    """
    if language not in LANGUAGES:
        return frozenset()
    frequencies = wordfreq.get_frequency_dict(language, wordlist="small")
    words = {_plain(word): True for word, share in frequencies.items() if share >= ORDINARY}
    for read in (wordfreq.get_frequency_dict, wordfreq.get_frequency_list):
        read.cache_clear()
    return Packed(words)


def _plain(word: str) -> str:
    """``normalise``, but fast for the many words that need little of it."""
    if word.isascii() and word.isalpha():
        return word
    return word.replace("ё", "е") if is_cyrillic(word) and word.isalpha() else normalise(word)
