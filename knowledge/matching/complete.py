"""Suggestions while someone types: from memory, tolerant of slips, never more than Discord shows."""

from knowledge.matching.lexicon import Names
from knowledge.matching.normalise import normalise
from knowledge.matching.resolve import TEXT_LENGTH, rank

LIMIT = 25
"""Discord shows no more choices than this."""
ALIKE = 60.0
"""From this score on a name with slips is worth offering to somebody who is still typing."""


def complete(typed: str, names: Names) -> list[tuple[str, str]]:
    """At most 25 pairs of shown name and slug: those that begin so, then those with a word that does, then the like.

    Nothing typed gives all in the order in which they are shown, principal parties first.
    """
    words = normalise(typed[:TEXT_LENGTH])
    if not words:
        slugs = list(names.shown)
    else:
        slugs = list(dict.fromkeys([*_beginning(words, names), *_with_word(words, names), *_alike(words, names)]))
    return [(names.shown[slug], slug) for slug in slugs[:LIMIT]]


def _beginning(words: str, names: Names) -> list[str]:
    found = {slug for name, slugs in names.meanings.items() if name.startswith(words) for slug in slugs}
    return [slug for slug in names.shown if slug in found]


def _with_word(words: str, names: Names) -> list[str]:
    found = {slug for name, slugs in names.meanings.items() if f" {words}" in name for slug in slugs}
    return [slug for slug in names.shown if slug in found]


def _alike(words: str, names: Names) -> list[str]:
    return [each.slug for each in rank(words, names) if each.score >= ALIKE]
