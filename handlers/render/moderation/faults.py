"""What is wrong with a field of a form or of a file, each in a sentence that says what to do."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from handlers.render.moderation.differences import LABELS
from handlers.render.text import echo
from knowledge.model import SLUG_LENGTH, Act, Attribution, Kind, Rank, Status
from knowledge.moderation.checks import ORDER, FieldFault, Why
from knowledge.moderation.files import FileWhy, Part, RowFault
from knowledge.moderation.files.forms import DEPTH, FILE_BYTES, FILE_ENTRIES

CHOICES: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "act": Act,
    "rank": Rank,
    "attribution": Attribution,
    "status": Status,
}
OWNERS = {"act": "a stance has one", "rank": "a stance can be preferred", "order": "an event has one"}
NAMES = LABELS | {"sources": LABELS["citations"]}
"""How a form calls its fields."""
PARTS = {Part.ENTRIES: "Row", Part.DOCUMENTS: "Source", Part.FILE: "Line"}
HINTS = {"citations": "; give the source with the file, or take an id that `/sources` shows"}
MANY = {"citations": "sources", "involved": "parties"}
WORDS: Mapping[Why | FileWhy, str] = {
    Why.REQUIRED: "is missing.",
    Why.NOT_TEXT: "must be a text.",
    Why.NOT_A_LIST: "must be a list.",
    Why.NOT_FIELDS: "must be names with values, as in `document: D1`.",
    Why.NOT_A_CHOICE: "“{value}” is none of the choices: {choices}.",
    Why.NOT_A_SLUG: f"“{{value}}” is no id. Use a to z, digits and hyphens, at most {SLUG_LENGTH}.",
    Why.NOT_A_DATE: "“{value}” is no date. Write 2026, 2026-11 or 2026-11-22.",
    Why.NOT_A_NUMBER: f"“{{value}}” is no whole number from -{ORDER:,} to {ORDER:,}.",
    Why.NOT_A_LINK: "“{value}” is no https address of a public site.",
    Why.NOT_A_HASH: "“{value}” is no SHA-256: 64 digits and letters from a to f.",
    Why.NOT_KNOWN: "nothing is called “{value}” here{hint}.",
    Why.NOT_FOR_KIND: "does not fit this kind of entry: only {owner}.",
    Why.NOT_WHILE_ACTIVE: "is only for a claim that no longer stands. Leave it out, or change the status.",
    Why.TOO_LONG: "is {number} characters long; {limit} are possible. Make two claims of it, or shorten it.",
    Why.TOO_MANY: "has {number} {many}; {limit} are possible.",
    Why.ENDS_BEFORE: "{value} lies before the beginning.",
    Why.REPEATED: "stands there twice.",
    Why.UNKNOWN_KEY: "is no field that I know. `/entry export` shows all of them.",
    FileWhy.TOO_LARGE: f"The file has {{number}} bytes; {FILE_BYTES:,} are possible. Split it.",
    FileWhy.EMPTY: "The file is empty.",
    FileWhy.ARCHIVE: "This is an archive or a spreadsheet program's own file. Save it as CSV.",
    FileWhy.BINARY: "This is no text. Send YAML, JSON or CSV.",
    FileWhy.ENCODING: "The file is neither UTF-8 nor UTF-16. Save it as UTF-8.",
    FileWhy.NOT_YAML: "From here on I cannot read it as YAML.",
    FileWhy.NOT_JSON: "From here on I cannot read it as JSON.",
    FileWhy.NOT_CSV: "From here on I cannot read it as CSV.",
    FileWhy.NO_ENTRIES: "I find no list of entries in it. `/entry export` shows the form.",
    FileWhy.ALIAS: "YAML anchors and aliases are not read. Write out what they stand for.",
    FileWhy.TAG: "YAML tags are not read. Leave out what begins with “!”.",
    FileWhy.TOO_DEEP: f"Lists are nested more than {DEPTH} deep here, which entries never are.",
    FileWhy.TOO_MANY: f"{{number}} entries or sources; {FILE_ENTRIES:,} are possible. Split the file.",
}
Show = Callable[[str], str]


def fault_words(fault: FieldFault) -> str:
    """What is wrong with a field of a form: "**Claim**: is missing."."""
    return f"**{NAMES.get(fault.field, echo(fault.field))}**: {_reason(fault, echo)}"


def row_words(fault: RowFault, show: Show = echo) -> str:
    """What is wrong in a file, with the row and the field; ``show`` makes typed text fit where it is shown."""
    where = [f"{PARTS[fault.part]} {fault.row}"] if fault.row else []
    field = [f"`{show(fault.field)}`"] if fault.field else []
    place = ", ".join([*where, *field])
    return f"{place}: {_reason(fault, show)}" if place else _reason(fault, show)


def _reason(fault: FieldFault | RowFault, show: Show) -> str:
    number, _, limit = fault.value.partition("/")
    choices = CHOICES.get(fault.field)
    return WORDS[fault.why].format(
        value=show(fault.value),
        number=f"{int(number):,}" if number.isdecimal() else show(number),
        limit=show(limit),
        choices=", ".join(each.value for each in choices) if choices else "",
        owner=OWNERS.get(fault.field, "another kind has it"),
        many=MANY.get(fault.field, "of them"),
        hint=HINTS.get(fault.field, ""),
    )
