"""The documents' texts, where they are at hand: locators are resolved against them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from knowledge.errors import Fault, LocatorNotFound
from knowledge.locators import excerpt
from knowledge.model import Citation, Document
from knowledge.seeding.loading import Seeds

EXCERPT_LENGTH = 1_000
"""The most characters of an excerpt that are kept; a longer one ends in an ellipsis."""


def read_texts(folder: Path | None, documents: Sequence[Document]) -> dict[str, str]:
    """The texts found in ``folder``, by document id; empty where there is no folder.

    A text that is not the one that was read for the entries (by its sha256) is left out: its locators would mislead.
    """
    texts: dict[str, str] = {}
    for document in documents if folder else ():
        path = folder / document.file if folder and document.file else None
        if path and path.is_file():
            content = path.read_bytes()
            if hashlib.sha256(content).hexdigest() == document.sha256:
                texts[document.id] = content.decode("utf-8")
    return texts


def excerpts(seeds: Seeds, texts: Mapping[str, str]) -> dict[Citation, str]:
    """The words at every place that an entry or an office cites, for the texts at hand."""
    found: dict[Citation, str] = {}
    for citation in _cited(seeds):
        if citation.document in texts and citation not in found:
            words = excerpt(texts[citation.document], citation.locator)
            found[citation] = words if len(words) <= EXCERPT_LENGTH else words[: EXCERPT_LENGTH - 1] + "…"
    return found


def locator_faults(seeds: Seeds, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Each citation whose locator does not select one place in its text."""
    for entry in seeds.entries:
        yield from _unresolved(seeds.files[entry.id], entry.id, entry.citations, texts)
    for person in seeds.taxonomy.people:
        cited = tuple(chain.from_iterable(office.citations for office in person.offices))
        yield from _unresolved("people.yaml", person.slug, cited, texts)


def _cited(seeds: Seeds) -> Iterator[Citation]:
    yield from chain.from_iterable(entry.citations for entry in seeds.entries)
    for person in seeds.taxonomy.people:
        yield from chain.from_iterable(office.citations for office in person.offices)


def _unresolved(file: str, name: str, cited: Sequence[Citation], texts: Mapping[str, str]) -> Iterator[Fault]:
    for citation in cited:
        if citation.document not in texts:
            continue
        try:
            excerpt(texts[citation.document], citation.locator)
        except LocatorNotFound as error:
            yield Fault(file, name, "citations", f"in document {citation.document}, {error}")
