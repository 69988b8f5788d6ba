"""An entry as plain data and back: the form of revisions in a database, of exports and of answers in JSON."""

from collections.abc import Mapping
from typing import Any

from knowledge.dates import PartialDate
from knowledge.model import Act, Attribution, Citation, Entry, Kind, Rank, Status

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


def _text(date: PartialDate | None) -> str | None:
    return str(date) if date else None


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
