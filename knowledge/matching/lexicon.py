"""The words that mean a party, a topic or a document, and what each means."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from knowledge.errors import Slot
from knowledge.matching.index import Index, Layered, Over
from knowledge.matching.normalise import normalise
from knowledge.matching.packed import Packed
from knowledge.model import Document
from knowledge.taxonomy import Party, Person, Taxonomy, Topic

Words = tuple[str, Iterable[str]]
"""A slug with words that mean it."""


@dataclass(frozen=True, slots=True)
class Names:
    """What may be meant by a slot: every normalised name with the slugs it can mean, and each slug's shown name.

    The slugs keep the order in which they are shown (principal parties first).
    """

    shown: Mapping[str, str]
    meanings: Index[tuple[str, ...]]
    longest: int
    """The most words of a name."""
    places: Mapping[str, int]
    """The place of each slug in the order in which they are shown."""

    def with_names(self, shown: Mapping[str, str], words: Iterable[Words]) -> "Names":
        """These names with a few laid over them; what that costs does not depend on how many they are.

        ``shown`` are the slugs that may be new; ``words`` have their names too.
        """
        meanings = _meanings(words, self.meanings)
        new = {slug: name for slug, name in shown.items() if slug not in self.shown}
        return Names(
            shown=Over(new, self.shown),
            meanings=Layered(meanings, self.meanings),
            longest=max(self.longest, _longest(meanings)),
            places=Over({slug: place for place, slug in enumerate(new, len(self.shown))}, self.places),
        )


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
        parties=_names({each.slug: each.name for each in parties}, chain(own_words(parties), people)),
        topics=_names({each.slug: each.name for each in taxonomy.topics}, own_words(taxonomy.topics)),
        documents=_names(*_documents(list(documents))),
    )


def _documents(documents: list[Document]) -> tuple[dict[str, str], Iterator[Words]]:
    shown = {each.id: f"{each.id} {each.name}" for each in documents}
    words = ((each.id, (each.id.lstrip("0") or "0", each.name, each.author or "")) for each in documents)
    return shown, words


def own_words(named: Iterable[Party | Topic]) -> Iterator[Words]:
    """The names of parties or topics."""
    return ((each.slug, _words(each)) for each in named)


def _words(named: Party | Topic | Person) -> Iterator[str]:
    yield from (named.slug, named.name)
    yield from named.names.values()
    yield from chain.from_iterable(named.aliases.values())


def _names(shown: Mapping[str, str], words: Iterable[Words]) -> Names:
    meanings = _meanings(chain(_of_shown(shown), words), {})
    places = {slug: place for place, slug in enumerate(shown)}
    return Names(shown, Packed(meanings), _longest(meanings), places)


def _of_shown(shown: Mapping[str, str]) -> Iterator[Words]:
    return ((slug, (slug, name)) for slug, name in shown.items())


def _meanings(words: Iterable[Words], known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What names mean beside what is known of them already."""
    new: dict[str, tuple[str, ...]] = {}
    for slug, names in words:
        for key in filter(None, map(normalise, names)):
            before = new[key] if key in new else known.get(key, ())
            if slug not in before:
                new[key] = (*before, slug)
    return new


def _longest(names: Iterable[str]) -> int:
    return max((len(name.split()) for name in names), default=1)
