"""JSON, with numbers as the text they were typed as."""

import json
import re

from knowledge.moderation.files.forms import DEPTH, Fields, FileWhy, Refused

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|([\[{])|([\]}])', re.DOTALL)  # strings are passed over


def parse_json(text: str) -> object:
    """Text, booleans, None, lists and ``Fields``.

    Raises:
        Refused: no JSON, or too deep.
    """
    _must_be_flat(text)
    try:
        return json.loads(text, object_pairs_hook=_fields, parse_int=str, parse_float=str, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Refused(FileWhy.NOT_JSON, error.lineno) from None


def _no_number(text: str) -> object:
    raise Refused(FileWhy.NOT_JSON, value=text)  # NaN and Infinity, which Python would take


def _must_be_flat(text: str) -> None:
    """Before parsing, which recurs: a million brackets would be more than the stack holds."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += bool(found[1]) - bool(found[2])
        if depth > DEPTH:
            raise Refused(FileWhy.TOO_DEEP, text.count("\n", 0, found.start()) + 1)


def _fields(pairs: list[tuple[str, object]]) -> Fields:
    fields = Fields()
    for key, value in pairs:
        fields.put(key, value)
    return fields
