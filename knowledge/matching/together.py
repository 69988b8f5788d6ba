"""Words that tell a topic, or what is asked for, only together: "strip" and "tanks", "why" and "stuck"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from knowledge.matching.normalise import normalise
from knowledge.matching.senses import TOGETHER, Role, Sense
from knowledge.matching.stems import Stem, speaks
from knowledge.taxonomy import Wording

WINDOW = 12
"""So many words at most lie between the first and the last word of a combination."""
MOST_PLACES = 2
"""Of a word that a text has many times, only the first places count, which bounds the time."""
PAIR = 2
"""The fewest groups of a combination."""
PARTY, GROUP = "@", "$"
"""Before the slug of a party that may stand there by any of its names, and before the name of a group of words."""

Place = tuple[int, int]
"""Where words begin and end."""


@dataclass(frozen=True, slots=True)
class Combination:
    """What words of all its groups mean together, in any order."""

    sense: Sense
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """A combination that stands in a text, and the words that it is made of."""

    sense: Sense
    groups: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def words(self) -> frozenset[int]:
        """The places of its words."""
        return frozenset(chain.from_iterable(range(*place) for place in self.places))

    @property
    def named(self) -> tuple[Place, ...]:
        """The places of those of its words that are not there as a party."""
        together = zip(self.places, self.groups, strict=True)
        return tuple(place for place, group in together if not group.startswith(PARTY))

    @property
    def start(self) -> int:
        """Where it begins."""
        return min(place[0] for place in self.places)


@dataclass(frozen=True, slots=True)
class Combinations:
    """The combinations of a language, by the groups that they need; words are stems, joined by spaces."""

    by_first: Mapping[str, tuple[Combination, ...]]
    groups: Mapping[str, tuple[str, ...]]
    """The groups that a phrase stands in."""
    starts: Mapping[str, int]
    """The most words of a phrase that begins with a word."""
    stem: Stem

    def find(self, words: Sequence[str], parties: Iterable[tuple[Place, str]]) -> tuple[Together, ...]:
        """Those that stand in a text in which these parties are named, one for each meaning."""
        places = self._places(words)
        for place, slug in parties:
            places[PARTY + slug].append(place)
        found: dict[Sense, Together] = {}
        for combination in chain.from_iterable(self.by_first.get(group, ()) for group in tuple(places)):
            if combination.sense not in found and (chosen := _together(combination, places)):
                found[combination.sense] = Together(combination.sense, combination.groups, chosen)
        return tuple(found.values())

    def _places(self, words: Sequence[str]) -> dict[str, list[Place]]:
        places: dict[str, list[Place]] = defaultdict(list)
        stems = [self.stem(word) for word in words]
        for start, first in enumerate(stems):
            for end in range(start + 1, min(start + self.starts.get(first, 0), len(stems)) + 1):
                for group in self.groups.get(" ".join(stems[start:end]), ()):
                    places[group].append((start, end))
        return places


def build_combinations(wordings: Iterable[Wording], stems: Mapping[str, Stem]) -> dict[str, Combinations]:
    """The combinations of each language that has some."""
    return {each.language: _build(each, stems[each.language]) for each in wordings if each.together}


def _build(wording: Wording, stem: Stem) -> Combinations:
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    combinations: dict[str, list[Combination]] = defaultdict(list)
    for number, (meant, row) in enumerate(_rows(wording)):
        names = tuple(_name(f"{number}.{place}", texts) for place, texts in enumerate(row))
        combinations[names[0]].append(Combination(_sense(meant, len(row), wording), names))
        for name, texts in zip(names, row, strict=True):
            for phrase in _phrases(texts, wording, stem):
                groups[phrase][name] = None
    starts: dict[str, int] = {}
    for phrase in groups:
        first, count = phrase.split()[0], len(phrase.split())
        starts[first] = max(count, starts.get(first, 0))
    by_first = {name: tuple(each) for name, each in combinations.items()}
    return Combinations(by_first, {phrase: tuple(names) for phrase, names in groups.items()}, starts, stem)


def _rows(wording: Wording) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    return ((meant, row) for meant, rows in wording.together.items() for row in rows)


def _sense(meant: str, count: int, wording: Wording) -> Sense:
    """What a row means: the more groups it has, the more exactly."""
    return Sense(Role.INTENT if meant in wording.cues else Role.TOPIC, meant, TOGETHER + count - PAIR)


def _name(number: str, texts: Sequence[str]) -> str:
    """What a group is called: one that is just a named group, or a party, by that name, so that it is kept once."""
    return texts[0] if len(texts) == 1 and texts[0].startswith((PARTY, GROUP)) else number


def _phrases(texts: Iterable[str], wording: Wording, stem: Stem) -> Iterator[str]:
    for text in texts:
        if text.startswith(GROUP):
            yield from _phrases(wording.groups[text.removeprefix(GROUP)], wording, stem)
        elif (words := normalise(text).split()) and not text.startswith(PARTY) and speaks(wording.language, words[0]):
            yield " ".join(map(stem, words))


def _together(combination: Combination, places: Mapping[str, Sequence[Place]]) -> tuple[Place, ...]:
    """Words for all groups that lie near and not over each other; empty if there are none."""
    if not all(group in places for group in combination.groups):
        return ()
    ways = product(*(places[group][:MOST_PLACES] for group in combination.groups))
    return next((way for way in ways if _is_near(way)), ())


def _is_near(way: Sequence[Place]) -> bool:
    first, *rest = ordered = sorted(way)
    apart = all(before[1] <= after[0] for before, after in zip(ordered, rest, strict=False))
    return apart and ordered[-1][1] - first[0] <= WINDOW
