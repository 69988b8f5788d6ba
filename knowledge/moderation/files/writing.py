"""Writing a file: the same entries give the same bytes, and reading them gives the same entries."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from knowledge.codec import entry_to_dict
from knowledge.model import Attribution, Document, Entry, Rank, Status
from knowledge.moderation.files.cells import guarded
from knowledge.moderation.files.forms import DOCUMENT_FIELDS, DOCUMENT_KIND, ENTRY_FIELDS, Format, Part

JSON = Mapping[str, Any]
_BOM = "\ufeff"
_HEADER = "# Entries of Parley. Field by field: docs/codebook.md. Values in quotes are text.\n"
_DEFAULTS = {"rank": Rank.NORMAL.value, "attribution": Attribution.OWN.value, "status": Status.ACTIVE.value}


def write_file(entries: Iterable[Entry], documents: Iterable[Document], form: Format) -> bytes:
    """A file as ``read_file`` reads it, in UTF-8; what is unknown or the default is left out.

    For texts as ``text.clean`` leaves them, reading gives the entries and documents back, except for a document's
    ``file``. Its size is not limited, so a large one may be too large to be read. Takes up to a second for some
    thousand entries: to be run in a thread.
    """
    rows = [_entry(each) for each in entries]
    sources = [_document(each) for each in documents]
    return _WRITERS[form](rows, sources).encode()


def _entry(entry: Entry) -> JSON:
    values = entry_to_dict(entry)
    return {
        field: values[field]
        for field in ENTRY_FIELDS
        if values[field] not in (None, "", []) and values[field] != _DEFAULTS.get(field)
    }


def _document(document: Document) -> JSON:
    values = {field: getattr(document, field) for field in DOCUMENT_FIELDS}
    return {field: str(value) for field, value in values.items() if value}


def _json(entries: Sequence[JSON], documents: Sequence[JSON]) -> str:
    return json.dumps({Part.ENTRIES: entries, Part.DOCUMENTS: documents}, ensure_ascii=False, indent=2) + "\n"


def _yaml(entries: Sequence[JSON], documents: Sequence[JSON]) -> str:
    parts = {Part.ENTRIES: entries, Part.DOCUMENTS: documents}
    return _HEADER + "".join(_yaml_part(part, rows) for part, rows in parts.items() if rows)


def _yaml_part(part: Part, rows: Sequence[JSON]) -> str:
    items = ("\n".join(f"{'  ' if place else '- '}{line}" for place, line in enumerate(_lines(row))) for row in rows)
    return f"\n{part}:\n" + "\n\n".join(items) + "\n"


def _lines(row: JSON) -> Iterable[str]:
    """A mapping line by line. Every text is in quotes, so that no reader takes it for a number, a date or a boolean."""
    for field, value in row.items():
        if field == "citations":
            yield f"{field}:"
            yield from (f"  - {_quoted(each)}" for each in value)
        else:
            yield f"{field}: {_quoted(value)}"


def _quoted(value: object) -> str:
    """A value as JSON, which is YAML too: on one line, with the escapes of both."""
    return json.dumps(value, ensure_ascii=False)


def _csv(entries: Sequence[JSON], documents: Sequence[JSON]) -> str:
    columns = (*ENTRY_FIELDS, *(each for each in DOCUMENT_FIELDS if each not in ENTRY_FIELDS))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    rows = [*entries, *({"kind": DOCUMENT_KIND, **each} for each in documents)]
    writer.writerows({field: guarded(_cell(field, value)) for field, value in row.items()} for row in rows)
    return _BOM + written.getvalue()  # without the mark, Excel would read another encoding


def _cell(field: str, value: Any) -> str:
    if field == "citations":
        return "\n".join(f"{each['document']}: {each['locator']}" for each in value)
    return " ".join(value) if field == "involved" else str(value)


_WRITERS = {"yaml": _yaml, "json": _json, "csv": _csv}
