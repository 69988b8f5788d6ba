"""Entries and documents as plain data and back: the form they have in a database, in exports and in JSON answers."""

from collections.abc import Mapping
from typing import Any

from knowledge.dates import PartialDate
from knowledge.model import Act, Attribution, Citation, Document, Entry, Kind, Rank, Status

JSON = dict[str, Any]


def entry_to_dict(entry: Entry) -> JSON:
    """All fields of an entry in the order of the codebook; dates as ISO 8601 text, what is unknown as None."""
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "party": entry.party,
        "topic": entry.topic,
        "involved": list(entry.involved),
        "speaker": entry.speaker,
        "claim": entry.claim,
        "act": entry.act.value if entry.act else None,
        "rank": entry.rank.value,
        "attribution": entry.attribution.value,
        "stated_on": _text(entry.stated_on),
        "precision": entry.stated_on.precision.value if entry.stated_on else None,
        "valid_from": _text(entry.valid_from),
        "valid_to": _text(entry.valid_to),
        "when": entry.when,
        "order": entry.order,
        "citations": [{"document": each.document, "locator": each.locator} for each in entry.citations],
        "contested": entry.contested,
        "status": entry.status.value,
        "reason": entry.reason,
    }


def entry_from_dict(data: Mapping[str, Any]) -> Entry:
    """The entry that ``entry_to_dict`` made; keys that are missing get their default, ``precision`` follows the date.

    Raises:
        KeyError, ValueError, DateNotUnderstood: the data is not an entry's.
    """
    return Entry(
        id=data["id"],
        kind=Kind(data["kind"]),
        party=data.get("party"),
        topic=data.get("topic"),
        involved=tuple(data.get("involved") or ()),
        speaker=data.get("speaker"),
        claim=data["claim"],
        act=Act(data["act"]) if data.get("act") else None,
        rank=Rank(data.get("rank") or Rank.NORMAL),
        attribution=Attribution(data.get("attribution") or Attribution.OWN),
        stated_on=_date(data.get("stated_on")),
        valid_from=_date(data.get("valid_from")),
        valid_to=_date(data.get("valid_to")),
        when=data.get("when"),
        order=data.get("order"),
        citations=tuple(Citation(each["document"], each["locator"]) for each in data["citations"]),
        contested=data.get("contested"),
        status=Status(data.get("status") or Status.ACTIVE),
        reason=data.get("reason"),
    )


def document_to_dict(document: Document) -> JSON:
    """All fields of a document; its date as ISO 8601 text, what is unknown as None."""
    return {
        "id": document.id,
        "label": document.label,
        "sha256": document.sha256,
        "file": document.file,
        "title": document.title,
        "author": document.author,
        "publisher": document.publisher,
        "published_on": _text(document.published_on),
        "note": document.note,
        "url": document.url,
    }


def document_from_dict(data: Mapping[str, Any]) -> Document:
    """The document that ``document_to_dict`` made; keys that are missing get their default.

    Raises:
        KeyError, DateNotUnderstood: the data is not a document's.
    """
    return Document(
        id=data["id"],
        label=data["label"],
        sha256=data["sha256"],
        file=data.get("file"),
        title=data.get("title"),
        author=data.get("author"),
        publisher=data.get("publisher"),
        published_on=_date(data.get("published_on")),
        note=data.get("note"),
        url=data.get("url"),
    )


def _text(date: PartialDate | None) -> str | None:
    return str(date) if date else None


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
