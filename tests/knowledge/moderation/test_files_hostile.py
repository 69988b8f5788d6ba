"""No file raises, and none takes long, whatever is in it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.moderation.checks import VALUE_LENGTH, Known
from knowledge.moderation.files import Checked, read_file, rows_to_entries
from tests.knowledge.strategies import EXAMPLES

SECONDS = 20
"""Each takes a few at most; what is quadratic in a megabyte takes hours. The machine may be busy."""
KNOWN = Known(frozenset({"uplands"}), frozenset({"water"}), frozenset({"000"}))
LAUGHS = b"".join(
    [b"- &a0 lol\n", *(b"- &a%d [%s]\n" % (n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 10))]
)

_pieces = st.sampled_from(
    [
        *(
            "id",
            "kind",
            "claim",
            "citations",
            "document",
            "locator",
            "entries",
            "documents",
            "order",
            "stance",
            "event",
        ),
        *(
            ": ",
            ":",
            "- ",
            "\n",
            "\n  ",
            ",",
            ";",
            "\t",
            "{",
            "}",
            "[",
            "]",
            '"',
            "'",
            "&a ",
            "*a",
            "!!x ",
            "|",
            ">",
            "?",
            "#",
        ),
        *(
            "---\n",
            "%TAG",
            "null",
            "true",
            "1",
            "NaN",
            "\\u0000",
            "\\ud800",
            "\x07",
            "\x85",
            "\u2028",
            "\u202e",
            "\ufeff",
            "é",
        ),
    ]
)


def _read(data: bytes) -> Checked:
    return rows_to_entries(read_file(data), KNOWN)


@EXAMPLES
@given(st.binary(max_size=200) | st.lists(_pieces, max_size=60).map(lambda pieces: "".join(pieces).encode()))
def test_any_bytes_are_read_or_have_faults(data: bytes) -> None:
    found = _read(data)

    assert found.entries or found.documents or found.faults
    assert all(len(each.value) <= VALUE_LENGTH and each.value.isprintable() for each in found.faults)


@EXAMPLES
@given(st.lists(st.tuples(_pieces, _pieces), min_size=1, max_size=8), st.sampled_from(["id,kind\n", "kind;claim;\n"]))
def test_any_spreadsheet_is_read_or_has_faults(rows: list[tuple[str, str]], header: str) -> None:
    found = _read((header + "\n".join(f"{a},{b};{a}" for a, b in rows)).encode())

    assert found.entries or found.documents or found.faults


def _full(unit: str, start: str = "", end: str = "") -> bytes:
    return f"{start}{unit * ((999_000 - len(start)) // len(unit.encode()))}{end}".encode()


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        *(
            _full(unit)
            for unit in ["[", "{", "[{", "- ", "? ", "a: ", "{a: ", '"', "'", "&a ", "!", "> ", "---\n", "a\n", "\\"]
        ),
        *(
            _full(unit)
            for unit in ["- {}\n", "-\n", "a: b\n", ': "', '["\\"', "id,kind\n", "#\n", "\t", "- |\n", "[a,"]
        ),
        _full('{"a":1},', "[", "{}]"),
        _full("9", "[", "]"),
        _full("a, ", "- kind: event\n  involved: [", "]"),
        _full('{"document":"a"},', '[{"kind":"event","citations":[', "{}]}]"),
        *(_full(unit, "- claim: x") for unit in ["\u0316\u0300", "\u200d", "👩\u200d", "\ufe0f", "\u094d\u200d"]),
        _full('"\n', "id,kind\n"),
        _full(",x", "id,kind"),
        _full("a,b\n", "id,kind\n"),
    ],
    ids=lambda data: repr(data[:24]),
)
def test_a_bomb_does_not_go_off(data: bytes) -> None:
    started = time.process_time()
    found = _read(data)

    assert found.faults
    assert time.process_time() - started < SECONDS
