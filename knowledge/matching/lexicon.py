"""The words that mean a party, a topic or a document, and what each means."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from knowledge.errors import Slot
from knowledge.matching.normalise import normalise
from knowledge.model import Document
from knowledge.taxonomy import Party, Person, Taxonomy, Topic


@dataclass(frozen=True, slots=True)
class Names:
    """What may be meant by a slot: every normalised name with the slugs it can mean, and each slug's shown name.

    The slugs keep the order in which they are shown (principal parties first).
    """

    shown: Mapping[str, str]
    meanings: Mapping[str, tuple[str, ...]]
    longest: int
    """The most words of a name."""
    ordered: tuple[str, ...]
    """The names in the order of the alphabet, to find those that begin alike."""
    inner: Mapping[str, tuple[str, ...]]
    """The names by the first two letters of each of their further words."""
    places: Mapping[str, int]
    """The place of each slug in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names; built once from what ships, pure data after that."""

    parties: Names
    topics: Names
    documents: Names

    def names(self, slot: Slot) -> Names:
        """The names that can stand in a slot."""
        return {Slot.PARTY: self.parties, Slot.TOPIC: self.topics, Slot.DOCUMENT: self.documents}[slot]


def build_lexicon(taxonomy: Taxonomy, documents: Iterable[Document]) -> Lexicon:
    """The lexicon of a taxonomy; naming a person means their party."""
    people = [(person.party, _words(person)) for person in taxonomy.people]
    parties = sorted(taxonomy.parties, key=lambda party: not party.principal)
    return Lexicon(
        parties=_names({each.slug: each.name for each in parties}, chain(_own(parties), people)),
        topics=_names({each.slug: each.name for each in taxonomy.topics}, _own(taxonomy.topics)),
        documents=_names(*_documents(list(documents))),
    )


def _documents(documents: list[Document]) -> tuple[dict[str, str], Iterator[tuple[str, Iterable[str]]]]:
    shown = {each.id: f"{each.id} {each.name}" for each in documents}
    words = ((each.id, (each.id.lstrip("0") or "0", each.name, each.author or "")) for each in documents)
    return shown, words


def _own(named: Iterable[Party | Topic]) -> Iterator[tuple[str, Iterable[str]]]:
    return ((each.slug, _words(each)) for each in named)


def _words(named: Party | Topic | Person) -> Iterator[str]:
    yield from (named.slug, named.name)
    yield from named.names.values()
    yield from chain.from_iterable(named.aliases.values())


def _names(shown: Mapping[str, str], words: Iterable[tuple[str, Iterable[str]]]) -> Names:
    meanings: dict[str, tuple[str, ...]] = {}
    for slug, names in chain(((slug, (slug, name)) for slug, name in shown.items()), words):
        for name in names:
            key = normalise(name)
            if key and slug not in meanings.get(key, ()):
                meanings[key] = (*meanings.get(key, ()), slug)
    inner: dict[str, list[str]] = defaultdict(list)
    for key in meanings:
        for start in {word[:2] for word in key.split()[1:]}:
            inner[start].append(key)
    return Names(
        shown=shown,
        meanings=meanings,
        longest=max((len(key.split()) for key in meanings), default=1),
        ordered=tuple(sorted(meanings)),
        inner={start: tuple(keys) for start, keys in inner.items()},
        places={slug: place for place, slug in enumerate(shown)},
    )
