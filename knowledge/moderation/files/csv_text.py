"""CSV: a header of field names, parted by comma, semicolon or tab; one row for each entry and each document."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from knowledge.moderation.checks import Why, shown
from knowledge.moderation.files.cells import citations_of, slugs_of, unguarded
from knowledge.moderation.files.forms import (
    DOCUMENT_FIELDS,
    DOCUMENT_KIND,
    ENTRY_FIELDS,
    MOST_COLUMNS,
    Content,
    Fields,
    FileWhy,
    Part,
    Refused,
    Row,
    RowFault,
    limit,
)

_KNOWN = frozenset((*ENTRY_FIELDS, *DOCUMENT_FIELDS))
_DELIMITERS = ",;\t"
_LEAST = 2
"""Fewer field names than these make no header."""
_SEPARATOR_LINE = re.compile(r"\Asep=.\r?\n", re.IGNORECASE)  # which Excel reads and writes
_LISTS = {"involved": slugs_of, "citations": citations_of}


def delimiter_of(text: str) -> str | None:
    """What parts the field names of a header in the first line, or None where there is no header."""
    first = _body(text).partition("\n")[0]
    named = {each: len(_KNOWN.intersection(_names(first.split(each)))) for each in _DELIMITERS}
    best = max(named, key=lambda each: named[each])
    return best if named[best] >= _LEAST else None


def parse_csv(text: str, delimiter: str) -> Content:
    """The rows; cells that are empty count as absent.

    Raises:
        Refused: quotes that do not end, or a cell of more than 131,072 characters.
    """
    lines = csv.reader(io.StringIO(_body(text), newline=""), delimiter=delimiter, strict=True)
    try:
        header = _names(next(lines))
        limit(header, MOST_COLUMNS)
        rows = [Row(number, _fields(header, cells)) for number, cells in enumerate(lines, 2) if any(cells)]
    except csv.Error:
        raise Refused(FileWhy.NOT_CSV, lines.line_num) from None
    return _content(rows, tuple(_faults(header)))


def _content(rows: Sequence[Row], faults: tuple[RowFault, ...]) -> Content:
    entries = tuple(each for each in rows if each.data.get("kind") != DOCUMENT_KIND)
    documents = tuple(_document(each) for each in rows if each.data.get("kind") == DOCUMENT_KIND)
    if not rows:
        raise Refused(FileWhy.NO_ENTRIES)
    limit(entries)
    limit(documents)
    return Content(entries, documents, faults)


def _body(text: str) -> str:
    return _SEPARATOR_LINE.sub("", text.lstrip("\r\n"), count=1)


def _names(cells: list[str]) -> list[str]:
    return ["_".join(cell.strip(' \t\r"').lower().split()) for cell in cells]


def _fields(header: list[str], cells: list[str]) -> Fields:
    fields = Fields()
    for name, cell in zip(header, cells, strict=False):
        value = unguarded(cell.strip(" "))
        if value and name in _KNOWN:
            fields.put(name, _LISTS[name](value) if name in _LISTS else value)
    if any(cells[len(header) :]):
        fields.put("", " ".join(cells[len(header) :]))
    return fields


def _document(row: Row) -> Row:
    del row.data["kind"]
    return row


def _faults(header: list[str]) -> Iterator[RowFault]:
    """Columns that mean nothing or stand there twice, each told once and not for every row."""
    for place, name in enumerate(header):
        if name in header[:place]:
            yield RowFault(1, shown(name), Why.REPEATED, part=Part.FILE)
        elif name not in _KNOWN:
            yield RowFault(1, shown(name), Why.UNKNOWN_KEY, part=Part.FILE)
