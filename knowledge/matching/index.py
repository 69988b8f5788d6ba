"""What maps names to what they mean and finds them by a part of them; and how a few are laid over many."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping
from itertools import chain
from typing import TypeVar, overload

V = TypeVar("V", bound=Hashable)
D = TypeVar("D")
W = TypeVar("W")


class Index(Mapping[str, V], ABC):
    """Normalised names with what each means; never changes."""

    __slots__ = ()

    @abstractmethod
    def find(self, name: str) -> V | None:
        """What a name means; None for what is no name."""

    @abstractmethod
    def beginning(self, text: str) -> list[str]:
        """The names that begin with ``text``."""

    @abstractmethod
    def containing(self, text: str) -> list[str]:
        """The names that ``text`` stands in."""

    def __getitem__(self, key: str) -> V:
        found = self.find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.find(key) is not None

    @overload
    def get(self, key: str, /) -> V | None: ...
    @overload
    def get(self, key: str, /, default: V | D) -> V | D: ...
    def get(self, key: str, /, default: D | None = None) -> V | D | None:
        """Faster than what a Mapping brings along: most words of a question are no names, and raising takes time."""
        found = self.find(key)
        return default if found is None else found


class Over(Mapping[str, W]):
    """A few entries over many others, which are shared and not copied; what has a key below is not put above."""

    __slots__ = ("_above", "_below")

    def __init__(self, above: Mapping[str, W], below: Mapping[str, W]) -> None:
        self._above, self._below = above, below

    def __getitem__(self, key: str) -> W:
        return self._above[key] if key in self._above else self._below[key]

    def __contains__(self, key: object) -> bool:
        return key in self._above or key in self._below

    def __iter__(self) -> Iterator[str]:
        return chain(self._below, self._above)

    def __len__(self) -> int:
        return len(self._below) + len(self._above)


class Layered(Index[V]):
    """A few names over many."""

    __slots__ = ("above", "below")

    def __init__(self, above: Mapping[str, V], below: Index[V]) -> None:
        self.above, self.below = above, below

    def find(self, name: str) -> V | None:
        """What a name means above or, where it is not there, below."""
        found = self.above.get(name)
        return self.below.find(name) if found is None else found

    def __iter__(self) -> Iterator[str]:
        return chain(self.below, self._new())

    def __len__(self) -> int:
        return len(self.below) + len(self._new())

    def beginning(self, text: str) -> list[str]:
        """The names that begin with ``text``, those below first."""
        return self.below.beginning(text) + [name for name in self._new() if name.startswith(text)]

    def containing(self, text: str) -> list[str]:
        """The names that ``text`` stands in, those below first."""
        return self.below.containing(text) + [name for name in self._new() if text in name]

    def _new(self) -> list[str]:
        return [name for name in self.above if name not in self.below]
