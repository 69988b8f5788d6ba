"""What every use case works with."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from knowledge.errors import Slot
from knowledge.matching.additions import (
    Additions,
    Clash,
    extend_lexicon,
    extend_taxonomy,
    living,
    phrases_added,
)
from knowledge.matching.index import Over
from knowledge.matching.lexicon import Lexicon, build_lexicon
from knowledge.matching.normalise import normalise
from knowledge.matching.phrasebook import Phrasebook, build_phrasebook
from knowledge.matching.resolve import EXACT, LIKELY, Resolved, resolve
from knowledge.matching.scanning import scan
from knowledge.matching.senses import Role
from knowledge.matching.spelling import Speller
from knowledge.matching.vocabulary import LANGUAGES, ordinary_words
from knowledge.model import Document, Entry, Kind, Rank, Scope
from knowledge.ports import Clock, Selection, Storage, UnitOfWork
from knowledge.taxonomy import Party, Taxonomy, Topic

_SLOTS = {Role.PARTY: Slot.PARTY, Role.TOPIC: Slot.TOPIC}


@dataclass(frozen=True, slots=True)
class Context:
    """The store, the taxonomy with what is built from it (see ``make_context``), and the clock."""

    storage: Storage
    taxonomy: Taxonomy
    lexicon: Lexicon
    phrasebook: Phrasebook
    speller: Speller
    about: Mapping[str, str]
    clock: Clock

    def party(self, text: str) -> Party:
        """The party that ``text`` means; UnknownName or AmbiguousName where it means none or several."""
        return self.taxonomy.party(self.slug(text, Slot.PARTY))

    def topic(self, text: str) -> Topic:
        """The topic that ``text`` means; UnknownName or AmbiguousName where it means none or several."""
        return self.taxonomy.topic(self.slug(text, Slot.TOPIC))

    def document(self, text: str) -> str:
        """The id of the document that ``text`` means; UnknownName or AmbiguousName otherwise."""
        return self.slug(text, Slot.DOCUMENT)

    def slug(self, text: str, slot: Slot) -> str:
        """The slug that ``text`` means in a slot; UnknownName or AmbiguousName where it means none or several."""
        return self.resolve(text, slot).slug

    def resolve(self, text: str, slot: Slot) -> Resolved:
        """What ``text`` means in a slot: a name as it stands, a name in other words around it, or the nearest name.

        Raises:
            UnknownName, AmbiguousName: it means nothing, or several things.
        """
        names = self.lexicon.names(slot)
        if normalise(text) not in names.meanings and (found := self._within(text, slot)):
            return found
        return resolve(text, names, slot)

    def with_additions(self, additions: Additions) -> "Context":
        """What a server sees that adds names of its own: they are laid over this context, which does not change.

        It costs as much as there is to add, however much there is already; put it on the context that ships, not on
        another server's.
        """
        if additions == Additions():
            return self
        added = living(additions, self.taxonomy, self.lexicon)
        lexicon = extend_lexicon(self.lexicon, added)
        phrasebook = self.phrasebook.with_phrases(phrases_added(added, lexicon.topics.shown))
        return replace(
            self,
            taxonomy=extend_taxonomy(self.taxonomy, self.lexicon, added),
            lexicon=lexicon,
            phrasebook=phrasebook,
            speller=Speller(phrasebook.words, self.speller),
            about=Over(_about(added.topics), self.about),
        )

    def clashes(self, word: str) -> Clash | None:
        """What ``word``, as it is written, means already: a party first, then a topic."""
        senses = self.phrasebook.exact.get(normalise(word), ())
        return next((Clash(_SLOTS[sense.role], sense.slug) for sense in senses if sense.role in _SLOTS), None)

    def is_reserved(self, word: str) -> bool:
        """Whether ``word`` would spoil questions as a name: it has another part in them ("what"), or no letter."""
        return not normalise(word) or any(sense.role not in _SLOTS for sense in self.phrasebook.senses(word))

    def _within(self, text: str, slot: Slot) -> Resolved | None:
        """The one party or topic that is named in ``text`` by any of its forms, if it is one."""
        found = scan(text, self.phrasebook, self.speller)
        slugs = {sense.slug for span in found.spans for sense in span.senses if _SLOTS.get(sense.role) is slot}
        return Resolved(slugs.pop(), LIKELY if found.read_as else EXACT) if len(slugs) == 1 else None


def make_context(storage: Storage, taxonomy: Taxonomy, documents: Iterable[Document], clock: Clock) -> Context:
    """A context; building what it holds in memory takes some tenths of a second."""
    for language in LANGUAGES:
        ordinary_words(language)  # read now, so that no question has to wait for it
    phrasebook = build_phrasebook(taxonomy)
    return Context(
        storage=storage,
        taxonomy=taxonomy,
        lexicon=build_lexicon(taxonomy, documents),
        phrasebook=phrasebook,
        speller=Speller(phrasebook.words),
        about=_about(taxonomy.topics),
        clock=clock,
    )


def _about(topics: Iterable[Topic]) -> dict[str, str]:
    return {topic.slug: topic.about for topic in topics if topic.about}


async def entries(work: UnitOfWork, scope: Scope, selection: Selection) -> list[Entry]:
    """The entries that are asked for, preferred ones first, then by id in natural order."""
    found = [revision.entry for revision in await work.revisions.select(scope, selection)]
    return sorted(found, key=entry_order)


def entry_order(entry: Entry) -> tuple[bool, list[str | int]]:
    """Preferred first, then "ru-ter-2" before "ru-ter-10"."""
    parts = re.split(r"(\d+)", entry.id)
    return entry.rank is not Rank.PREFERRED, [int(part) if part.isdigit() else part for part in parts]


async def library(work: UnitOfWork, scope: Scope, cited_by: Iterable[Entry]) -> Mapping[str, Document]:
    """The documents that these entries cite, by id."""
    wanted = {citation.document for entry in cited_by for citation in entry.citations}
    return {each.id: each for each in await work.documents.all(scope) if each.id in wanted}


def of_kind(found: Iterable[Entry], kind: Kind) -> list[Entry]:
    """Those of one kind, in the same order."""
    return [entry for entry in found if entry.kind is kind]
