"""Sources as people type them, one a line: ``title | https address | date``, or ``document | place in it``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.dates import PartialDate
from knowledge.errors import DateNotUnderstood
from knowledge.model import Citation, Document
from knowledge.moderation.checks import FieldFault, Why
from knowledge.moderation.context import Sitting
from knowledge.moderation.errors import FaultyFields
from knowledge.moderation.links import LinkNotAllowed, https_address
from knowledge.moderation.text import clean

WHOLE = "whole text"
"""The locator of a source that a moderator gave, which names no place in it."""
TITLE_LENGTH = 120
SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Source:
    """One source as it was typed; what is not given is empty."""

    title: str
    address: str = ""
    date: str = ""


def parse_sources(typed: str) -> list[Source]:
    """The sources in a text.

    An address or a date on a line of its own belongs to the title above it.
    """
    found: list[Source] = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        parts = [part.strip() for part in line.split(SEPARATOR)]
        if len(parts) == 1 and found and not found[-1].address and _is_address(line):
            found[-1] = Source(found[-1].title, line, found[-1].date)
        elif len(parts) == 1 and found and not found[-1].date and _is_date(line):
            found[-1] = Source(found[-1].title, found[-1].address, line)
        else:
            found.append(_of_line(parts))
    return found


def sources_text(citations: Iterable[Citation], library: Mapping[str, Document]) -> str:
    """Citations as ``parse_sources`` reads them."""
    return "\n".join(_line(each, library.get(each.document)) for each in citations)


async def cite(at: Sitting, typed: str, brought: Iterable[Document] = ()) -> tuple[list[Citation], list[Document]]:
    """The citations that a text means, and the documents among them that are neither the server's yet nor ``brought``.

    Raises:
        FaultyFields: a source has no title, no https address or no date of a known form.
    """
    known = [*await at.work.documents.all(at.scope), *brought]
    citations: list[Citation] = []
    new: list[Document] = []
    for source in parse_sources(typed):
        document = _known(source, [*known, *new])
        if document is None:
            document = _new(at, source)
            new.append(document)
        locator = source.address if source.address and not _is_address(source.address) else WHOLE
        citations.append(Citation(document.id, locator))
    return list(dict.fromkeys(citations)), new


def _of_line(parts: Sequence[str]) -> Source:
    if len(parts) == 1 and _is_address(parts[0]):
        return Source("", parts[0])
    title, address, date = (*parts, "", "")[:3]
    return Source(title, "", address) if _is_date(address) and not date else Source(title, address, date)


def _known(source: Source, documents: Sequence[Document]) -> Document | None:
    """A document that is meant by its id, or that has the same address or, both having none, the same title."""
    if source.address and not _is_address(source.address):
        return next((each for each in documents if each.id == source.title), None)
    address = https_or_none(source.address)
    if address:
        return next((each for each in documents if each.url == address), None)
    return next((each for each in documents if each.url is None and each.title == source.title), None)


def https_or_none(address: str) -> str | None:
    """The address as it would be stored, or None where it cannot be."""
    try:
        return https_address(address) if address else None
    except LinkNotAllowed:
        return None


def _new(at: Sitting, source: Source) -> Document:
    if source.address and not _is_address(source.address):
        raise FaultyFields([FieldFault("sources", Why.NOT_KNOWN, source.title)])
    try:
        url = https_address(source.address) if source.address else None
    except LinkNotAllowed as error:
        raise FaultyFields([FieldFault("sources", Why.NOT_A_LINK, error.text)]) from None
    if not source.title:
        raise FaultyFields([FieldFault("sources", Why.REQUIRED, source.address)])
    title = clean(source.title, limit=TITLE_LENGTH)
    published = PartialDate.parse(source.date) if source.date else None
    return Document(f"s-{at.mod.new_id(6)}", title, "", title=title, published_on=published, url=url)


def _line(citation: Citation, document: Document | None) -> str:
    if document is None or citation.locator != WHOLE:
        return f"{citation.document} {SEPARATOR} {citation.locator}"
    date = str(document.published_on) if document.published_on else ""
    parts = [document.name.replace(SEPARATOR, "/"), document.url or "", date]
    return f" {SEPARATOR} ".join(filter(None, parts))


def _is_address(text: str) -> bool:
    return "://" in text


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except DateNotUnderstood:
        return False
    return True
