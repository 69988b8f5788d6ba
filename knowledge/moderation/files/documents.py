"""The sources of a file: what they are called, who published them when, and where they stand."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.model import Document
from knowledge.moderation.checks import LINE_LENGTH, FieldFault, Why, check_text, is_slug, shown, tidied_texts
from knowledge.moderation.files.forms import DOCUMENT_FIELDS, Fields
from knowledge.moderation.files.taking import Taking
from knowledge.moderation.links import LinkNotAllowed, https_address

_LIMITS = dict.fromkeys(("label", "title", "author", "publisher", "note"), LINE_LENGTH)


def document_of(data: Fields) -> tuple[Document, list[FieldFault]]:
    """A document, and what is wrong with it; fit to keep only if nothing is. The title can stand for the label."""
    taking = Taking(data, DOCUMENT_FIELDS)
    document = _taken(taking)
    wrong = {each.field for each in taking.faults}
    faults = [*taking.faults, *(each for each in _faults(document) if each.field not in wrong)]
    return (document if faults else _tidied(document)), faults


def _taken(taking: Taking) -> Document:
    title = taking.text("title")
    return Document(
        id=taking.text("id") or "",
        label=taking.text("label") or title or "",
        sha256=taking.text("sha256") or "",
        title=title,
        author=taking.text("author"),
        publisher=taking.text("publisher"),
        published_on=taking.date("published_on"),
        note=taking.text("note"),
        url=taking.text("url"),
    )


def _faults(document: Document) -> Iterator[FieldFault]:
    if not is_slug(document.id):
        yield FieldFault("id", Why.NOT_A_SLUG if document.id else Why.REQUIRED, shown(document.id))
    for field, limit in _LIMITS.items():
        yield from check_text(field, getattr(document, field), limit)
    if document.sha256 and not re.fullmatch(r"[0-9a-f]{64}", document.sha256):
        yield FieldFault("sha256", Why.NOT_A_HASH, shown(document.sha256))
    try:
        https_address(document.url or "https://none.example")
    except LinkNotAllowed as error:
        yield FieldFault("url", Why.NOT_A_LINK, shown(error.text))


def _tidied(document: Document) -> Document:
    url = https_address(document.url) if document.url else None
    return replace(document, url=url, **tidied_texts(document, _LIMITS))
