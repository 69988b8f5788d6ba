"""What every use case works with."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.errors import Slot
from knowledge.matching.lexicon import Lexicon
from knowledge.matching.resolve import resolve
from knowledge.model import Document, Entry, Kind, Party, Rank, Scope, Taxonomy, Topic
from knowledge.ports import Clock, Selection, Storage, UnitOfWork

STANCES = frozenset({Kind.STANCE})
ROLES = frozenset({Kind.ROLE})
POSITIONS = STANCES | ROLES


@dataclass(frozen=True, slots=True)
class Context:
    """The store, the taxonomy with its lexicon, and the clock."""

    storage: Storage
    taxonomy: Taxonomy
    lexicon: Lexicon
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
        return resolve(text, self.lexicon.names(slot), slot).slug


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
