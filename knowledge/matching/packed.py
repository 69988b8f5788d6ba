"""Many names in little memory: a few bytes more than their letters, where a dict takes a hundred for each."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import accumulate

from knowledge.matching.index import Index, V

SPARE = 2
"""Places for each name in the table of hashes; the more there are, the sooner it is clear that a word is no name."""
_END = "\n"
"""Ends each name in the text; no normalised name has it."""
_AFTER_ALL = b"\xff"
"""Comes after every character of UTF-8."""


class Packed(Index[V]):
    """An index whose names stand in one text, in order, with their places in it and numbers of what they mean.

    A name is found by its hash: its place in the table gives the number of the first name to look at.
    """

    __slots__ = ("_mask", "_meant", "_offsets", "_slots", "_text", "_values")

    def __init__(self, entries: Mapping[str, V]) -> None:
        names = sorted(entries)
        lines = [_encoded(name + _END) for name in names]
        self._text = b"".join(lines)
        self._offsets = numbers_of([*accumulate(map(len, lines), initial=0)])
        numbers = {value: number for number, value in enumerate(dict.fromkeys(entries.values()))}
        self._values = tuple(numbers)
        self._meant = numbers_of([numbers[entries[name]] for name in names])
        self._slots = _table(names)
        self._mask = len(self._slots) - 1

    def find(self, name: str) -> V | None:
        """What a name means; None for what is no name, mostly at the first look."""
        slots, place = self._slots, hash(name) & self._mask
        if not slots[place]:
            return None
        line = name.encode(errors="surrogatepass") + b"\n"
        while number := slots[place]:
            if self._text.startswith(line, self._offsets[number - 1]):
                return self._values[self._meant[number - 1]]
            place = (place + 1) & self._mask
        return None

    def __iter__(self) -> Iterator[str]:
        return iter(_decoded(self._text))

    def __len__(self) -> int:
        return len(self._meant)

    def name(self, number: int) -> str:
        """The name at a place in the order of all."""
        return self._line(number).decode(errors="surrogatepass").removesuffix(_END)

    def beginning(self, text: str) -> list[str]:
        """The names that begin with ``text``, in order."""
        places, encoded = range(len(self)), _encoded(text)
        first = bisect_left(places, encoded, key=self._line)
        last = bisect_left(places, encoded + _AFTER_ALL, lo=first, key=self._line)
        return _decoded(self._text[self._offsets[first] : self._offsets[last]])

    def containing(self, text: str) -> list[str]:
        """The names that ``text`` stands in, in order."""
        found, encoded, after = list[str](), _encoded(text), 0
        while after < len(self._text) and (place := self._text.find(encoded, after)) >= 0:
            start, after = self._text.rfind(b"\n", 0, place) + 1, self._text.index(b"\n", place) + 1
            found += _decoded(self._text[start:after])
        return found

    def _line(self, number: int) -> bytes:
        return self._text[self._offsets[number] : self._offsets[number + 1]]


def _encoded(text: str) -> bytes:
    return text.encode(errors="surrogatepass")  # halves of characters are no names, but may be asked for


def _decoded(lines: bytes) -> list[str]:
    return lines.decode(errors="surrogatepass").split(_END)[:-1]


def numbers_of(numbers: list[int]) -> "array[int]":
    """Numbers from 0 on, in two bytes each where they are small enough, else in four."""
    return array("H" if max(numbers, default=0) < 1 << 16 else "I", numbers)


def _table(names: list[str]) -> "array[int]":
    """The numbers of the names, from 1 on, each at the first free place from its hash on; 0 where there is none."""
    slots = [0] * (1 << (SPARE * len(names)).bit_length())
    for number, name in enumerate(names, 1):
        place = hash(name) & (len(slots) - 1)
        while slots[place]:
            place = (place + 1) & (len(slots) - 1)
        slots[place] = number
    return numbers_of(slots)
