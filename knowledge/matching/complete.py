"""Suggestions while someone types: from memory, tolerant of slips, never more than Discord shows."""

from collections.abc import Iterable
from heapq import nsmallest
from itertools import islice

from knowledge.matching.lexicon import Names
from knowledge.matching.normalise import normalise
from knowledge.matching.resolve import TEXT_LENGTH, rank

LIMIT = 25
"""Discord shows no more choices than this."""
ENOUGH = 3
"""With this many names that begin so, nobody has slipped; likeness is looked for only among fewer."""
ALIKE = 60.0
"""From this score on a name with slips is worth offering to somebody who is still typing."""


def complete(typed: str, names: Names) -> list[tuple[str, str]]:
    """At most 25 pairs of shown name and slug: those that begin so, then those with a word that does, then the like.

    Nothing typed gives all in the order in which they are shown, principal parties first.
    """
    words = normalise(typed[:TEXT_LENGTH])
    if not words:
        return _shown(islice(names.shown, LIMIT), names)
    keys = [names.meanings.beginning(words), names.meanings.containing(f" {words}") if len(words) > 1 else []]
    found = dict.fromkeys(slug for each in keys for slug in _slugs(each, names))
    if len(found) < ENOUGH:
        found |= dict.fromkeys(each.slug for each in rank(words, names, ALIKE))
    return _shown(islice(found, LIMIT), names)


def _shown(slugs: Iterable[str], names: Names) -> list[tuple[str, str]]:
    return [(names.shown[slug], slug) for slug in slugs]


def _slugs(keys: Iterable[str], names: Names) -> list[str]:
    """What the names mean, in the order in which it is shown."""
    found = {slug for key in keys for slug in names.meanings[key]}
    return nsmallest(LIMIT, found, key=names.places.__getitem__)
