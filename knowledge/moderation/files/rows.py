"""Rows become entries and documents, if all their values are as the codebook wants them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.model import CITATIONS, Act, Attribution, Document, Entry, Kind, Rank, Status
from knowledge.moderation.checks import INVOLVED, FieldFault, Known, Why, check_entry, shown, tidied
from knowledge.moderation.files.documents import document_of
from knowledge.moderation.files.forms import ENTRY_FIELDS, Checked, Content, Fields, Part, Row, RowFault
from knowledge.moderation.files.taking import Taking

_FOLLOWS = {"kind": Why.NOT_FOR_KIND, "status": Why.NOT_WHILE_ACTIVE}
"""What cannot be told of an entry while one of its fields is wrong."""


def rows_to_entries(content: Content, known: Known) -> Checked:
    """The entries and documents of a file, and every fault of it, also those of reading it.

    A citation may point to a document that is known or stands in the file. An entry without an id is new: its ``id`` is
    empty. Slugs of parties and topics are taken as they are, not guessed. Up to a second for a full file.
    """
    documents = [(row, *document_of(row.data)) for row in content.documents]
    known = replace(known, documents=known.documents | {each.id for _, each, _ in documents})
    entries = [(row, *_entry(row.data, known)) for row in content.entries]
    faults = [*content.faults, *_faults(entries, Part.ENTRIES), *_faults(documents, Part.DOCUMENTS)]
    sound = [(row.number, tidied(entry)) for row, entry, wrong in entries if not wrong]
    return Checked(sound, [each for _, each, wrong in documents if not wrong], faults)


def _faults(found: Sequence[tuple[Row, Entry | Document, list[FieldFault]]], part: Part) -> Iterator[RowFault]:
    seen: set[str] = set()
    for row, value, wrong in found:
        yield from (RowFault(row.number, each.field, each.why, each.value, part) for each in wrong)
        if value.id in seen:
            yield RowFault(row.number, "id", Why.REPEATED, shown(value.id), part)
        seen.update(filter(None, [value.id]))


def _entry(data: Fields, known: Known) -> tuple[Entry, list[FieldFault]]:
    taking = Taking(data, ENTRY_FIELDS)
    entry = _taken(taking)
    wrong = {each.field for each in taking.faults}
    untold = {why for field, why in _FOLLOWS.items() if field in wrong}
    checked = [each for each in check_entry(entry, known) if each.field not in wrong and each.why not in untold]
    return entry, [*taking.faults, *checked]


def _taken(taking: Taking) -> Entry:
    return Entry(
        id=taking.text("id") or "",
        kind=taking.needed("kind", Kind, Kind.DEVELOPMENT),
        party=taking.text("party"),
        topic=taking.text("topic"),
        involved=taking.texts("involved", INVOLVED),
        speaker=taking.text("speaker"),
        claim=taking.text("claim") or "",
        act=taking.choice("act", Act),
        rank=taking.choice("rank", Rank) or Rank.NORMAL,
        attribution=taking.choice("attribution", Attribution) or Attribution.OWN,
        stated_on=taking.date("stated_on"),
        valid_from=taking.date("valid_from"),
        valid_to=taking.date("valid_to"),
        when=taking.text("when"),
        order=taking.number("order"),
        citations=taking.citations("citations", CITATIONS),
        contested=taking.text("contested"),
        status=taking.choice("status", Status) or Status.ACTIVE,
        reason=taking.text("reason"),
    )
