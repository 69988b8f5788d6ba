"""How one claim reads: the sentence with its source numbers, and below it what is known about it, in small print."""

from handlers.render.card import Block
from handlers.render.text import clip, date_words, safe
from knowledge.answers import Library
from knowledge.model import Act, Attribution, Document, Entry, Kind

ACTS = {
    Act.DEMAND: "Demand",
    Act.REJECTION: "Rejection",
    Act.SUPPORT: "Support",
    Act.OFFER: "Offer",
    Act.CONDITION: "Condition",
    Act.DENIAL: "Denial",
    Act.CONCERN: "Concern",
}
KINDS = {
    Kind.STANCE: "Stance",
    Kind.EVENT: "Event",
    Kind.OBSTACLE: "Obstacle",
    Kind.PROPOSAL: "Proposal",
    Kind.ROLE: "Role",
    Kind.DEVELOPMENT: "Development",
}


NAME_LENGTH = 120
"""The most characters of a source's name below an answer; ``/sources`` has it in full."""


def source_names(library: Library) -> dict[str, str]:
    """How each document is named below an answer, in the order of the ids."""
    return {key: _source_name(library[key]) for key in sorted(library)}


def _source_name(document: Document) -> str:
    by = f", {safe(document.author)}" if document.author else ""
    return clip(f"{document.id} · {safe(document.name)}{by}", NAME_LENGTH)


def marks(entry: Entry, library: Library) -> str:
    """The numbers of the entry's sources, as in "[1][3]"."""
    numbers = {key: number for number, key in enumerate(sorted(library), start=1)}
    cited = sorted({numbers[each.document] for each in entry.citations if each.document in numbers})
    return "".join(f"[{number}]" for number in cited)


def claim_block(entry: Entry, library: Library, *, section: str = "", strong: bool = False, mark: str = "") -> Block:
    """A claim with all that the reader of a position should see: act, date, speaker, id and whether it is contested."""
    claim = f"**{safe(entry.claim)}**" if strong else f"{mark}{safe(entry.claim)}"
    lines = [f"{claim} {marks(entry, library)}", f"-# {' · '.join(_facts(entry))}"]
    if entry.contested:
        lines.append(f"-# ⚠ Contested: {safe(entry.contested)}")
    return Block("\n".join(lines), cited(entry), section)


def line_block(entry: Entry, library: Library, *, section: str = "", before: str = "• ") -> Block:
    """A claim on one line, for lists."""
    contested = " ⚠" if entry.contested else ""
    return Block(f"{before}{safe(entry.claim)} {marks(entry, library)}{contested}", cited(entry), section)


def cited(entry: Entry) -> tuple[str, ...]:
    """The ids of the documents that the entry cites."""
    return tuple(dict.fromkeys(each.document for each in entry.citations))


def said(entry: Entry) -> str:
    """When it was said or held, as precisely as a source gives it."""
    if entry.stated_on:
        return f"said {date_words(entry.stated_on)}"
    if entry.valid_from:
        until = f" until {date_words(entry.valid_to)}" if entry.valid_to else ""
        return f"from {date_words(entry.valid_from)}{until}"
    return safe(entry.when) if entry.when else "undated"


def happened(event: Entry) -> str:
    """When an event took place, as precisely as a source gives it; empty where none does."""
    if event.valid_from:
        until = f" to {date_words(event.valid_to)}" if event.valid_to else ""
        return date_words(event.valid_from) + until
    return safe(event.when) if event.when else ""


def _facts(entry: Entry) -> list[str]:
    what = ACTS[entry.act] if entry.act else KINDS[entry.kind]
    reading = "the source's reading" if entry.attribution is Attribution.READING else ""
    return [fact for fact in (what, said(entry), safe(entry.speaker or ""), reading, f"`{entry.id}`") if fact]
