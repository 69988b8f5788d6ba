"""How many words a phrase may have that begins with a given word."""

from collections.abc import Mapping

_SPARE = 4
"""Places for each word, so that few other words fall on a place that is taken."""


class Starts:
    """The most words of a phrase that begins with a word, and 0 for most words that begin none.

    It keeps no words, only a number at the place that a word's hash gives: where two words share a place the number is
    too large for one of them, which costs a look at the phrases and changes nothing. ``below`` is shared, not copied.
    """

    __slots__ = ("_below", "_mask", "_most")

    def __init__(self, most: Mapping[str, int], below: "Starts | None" = None) -> None:
        self._below, self._most = below, bytearray(1 << (_SPARE * len(most)).bit_length())
        self._mask = len(self._most) - 1
        for word, count in most.items():
            place = hash(word) & self._mask
            self._most[place] = max(self._most[place], min(count, 255))

    def get(self, word: str, default: int = 0) -> int:
        """The most words of a phrase that begins with ``word``; ``default`` where none does."""
        most = self._most[hash(word) & self._mask]
        return max(most, self._below.get(word)) if self._below else most or default
