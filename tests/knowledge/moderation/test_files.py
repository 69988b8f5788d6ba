"""Files of moderators: what they hold is read as it was meant, and what is wrong is told with its row and field."""

import codecs
import io
import zipfile

import pytest

from knowledge.dates import PartialDate
from knowledge.model import Act, Citation, Document, Entry, Kind
from knowledge.moderation.checks import Known, Why
from knowledge.moderation.files import Checked, FileWhy, Part, RowFault, read_file, rows_to_entries

KNOWN = Known(frozenset({"uplands", "lowlands", "no"}), frozenset({"water"}), frozenset({"000"}))
DEMAND = Entry(
    id="up-1",
    kind=Kind.STANCE,
    party="no",
    topic="water",
    involved=("uplands", "lowlands"),
    claim="Uplands demands half: of the river.",
    act=Act.DEMAND,
    stated_on=PartialDate(2025, 6),
    citations=(Citation("000", "Gates > item 1"), Citation("s-1", "paragraph 1")),
)
NEW = Entry("", Kind.EVENT, "The dam broke.", (Citation("s-1", "whole text"),), valid_from=PartialDate(1871), order=-5)
LETTER = Document("s-1", "Letter", "", title="Letter", published_on=PartialDate(1871), url="https://x.example/a%28b%29")
YAML = b"""
# By hand, as one would write it.
entries:
- id: up-1
  kind: stance
  party: no
  topic: water
  involved: [uplands, lowlands]
  claim: "Uplands demands  half: of the river."
  act: Demand
  speaker: ~
  stated_on: 2025-06
  citations:
  - {document: 000, locator: Gates > item 1}
  - document: s-1
    locator: paragraph 1
- kind: event
  claim: >
    The dam
    broke.
  valid_from: 1871
  order: -5
  citations: [{document: s-1, locator: whole text}]
documents:
- {id: s-1, title: Letter, published_on: 1871, url: "https://x.example/a(b)"}
"""
JSON = b"""{"entries": [
{"id": "up-1", "kind": "stance", "party": "no", "topic": "water", "involved": ["uplands", "lowlands"], "act": "demand",
 "claim": "Uplands demands half: of the river.", "stated_on": "2025-06", "speaker": null,
 "citations": [{"document": "000", "locator": "Gates > item 1"}, {"document": "s-1", "locator": "paragraph 1"}]},
{"kind": "event", "claim": "The dam broke.", "valid_from": 1871, "order": -5,
 "citations": [{"document": "s-1", "locator": "whole text"}]}],
"documents": [{"id": "s-1", "title": "Letter", "published_on": 1871, "url": "https://x.example/a(b)"}]}"""
CSV = b"""ID;Kind;Party;Topic;Involved;Claim;Act;Stated on;Valid from;Order;Citations;Title;Published on;URL\r
up-1;stance;no;water;uplands, lowlands;Uplands demands half: of the river.;demand;2025-06;;;"000: Gates > item 1\r
s-1: paragraph 1";;;\r
;event;;;;The dam broke.;;;1871;'-5;s-1: whole text;;;\r
;;;;;;;;;;;;;\r
s-1;document;;;;;;;;;;Letter;1871;https://x.example/a(b)\r
"""


def _read(data: bytes) -> Checked:
    return rows_to_entries(read_file(data), KNOWN)


@pytest.mark.parametrize("data", [YAML, JSON, CSV, CSV.replace(b",", b"").replace(b";", b","), b"sep=;\r\n" + CSV])
def test_a_file_means_the_same_in_every_format(data: bytes) -> None:
    found = _read(data)

    assert found.faults == []
    assert [entry for _, entry in found.entries] == [DEMAND, NEW]
    assert found.documents == [LETTER]


def test_rows_are_counted_as_their_programs_count_them() -> None:
    assert [number for number, _ in _read(YAML).entries] == [1, 2]
    assert [number for number, _ in _read(CSV).entries] == [2, 3]


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + YAML,
        codecs.BOM_UTF16_LE + YAML.decode().encode("utf-16-le"),
        codecs.BOM_UTF16_BE + CSV.decode().encode("utf-16-be"),
    ],
)
def test_the_encodings_of_common_programs_are_read(data: bytes) -> None:
    assert len(_read(data).entries) == 2


def _zipped() -> bytes:
    with zipfile.ZipFile(held := io.BytesIO(), "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (b"", 0, FileWhy.EMPTY),
        (b" \n", 0, FileWhy.EMPTY),
        (b"x" * 1_000_001, 0, FileWhy.TOO_LARGE),
        (_zipped(), 0, FileWhy.ARCHIVE),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 0, FileWhy.BINARY),
        (b"- id: a\x00", 0, FileWhy.BINARY),
        ("- claim: Ü".encode("latin-1"), 0, FileWhy.ENCODING),
        ("- claim: Ü".encode("utf-16-le"), 0, FileWhy.BINARY),
        ("- claim: Ü".encode("utf-32"), 0, FileWhy.BINARY),
        (b"- id: a\n- id: }", 2, FileWhy.NOT_YAML),
        (b"- id: a\n---\n- id: b", 2, FileWhy.NOT_YAML),
        (b"? [a]\n: b", 1, FileWhy.NOT_YAML),
        (b'[{"id":\n}]', 2, FileWhy.NOT_JSON),
        (b'[{"order": NaN}]', 0, FileWhy.NOT_JSON),
        (b'id,kind\n"a,b', 2, FileWhy.NOT_CSV),
        (b"id,kind\n", 0, FileWhy.NO_ENTRIES),
        (b"hello", 0, FileWhy.NO_ENTRIES),
        (b"entries: hello", 0, FileWhy.NO_ENTRIES),
        (b"- &a {id: x}", 1, FileWhy.ALIAS),
        (b"- *a", 1, FileWhy.ALIAS),
        (b"- !!python/object/apply:os.system [ls]", 1, FileWhy.TAG),
        (b"- !!int 3", 1, FileWhy.TAG),
        (b"[[[[[[[[[1]]]]]]]]]", 1, FileWhy.TOO_DEEP),
        (b"- - - - - - - - - 1", 1, FileWhy.TOO_DEEP),
        (b"- {}\n" * 2_001, 0, FileWhy.TOO_MANY),
        (b"id,kind\n" + b"a,event\n" * 2_001, 0, FileWhy.TOO_MANY),
    ],
)
def test_what_is_no_file_of_entries_is_refused_and_says_why(data: bytes, line: int, why: FileWhy) -> None:
    content = read_file(data)

    assert [(each.row, each.why, each.part) for each in content.faults] == [(line, why, Part.FILE)]
    assert content.entries == content.documents == ()


def test_all_faults_are_told_with_their_rows_and_fields() -> None:
    faults = _read(
        b"""
- {id: Up 1, kind: stanze, party: moon, act: shout, stated_on: June, order: 1_0, colour: red, claim: [a]}
- just text
- {id: a, id: b, kind: event, claim: The dam broke., citations: [000, {document: "009", locator: x, page: 3}]}
- {id: a, kind: event, involved: uplands, claim: Again., status: gone, reason: Old., citations: [{document: "000"}]}
"""
    ).faults

    assert {(each.row, each.field, each.why, each.value) for each in faults} == {
        (1, "id", Why.NOT_A_SLUG, "Up 1"),
        (1, "kind", Why.NOT_A_CHOICE, "stanze"),
        (1, "party", Why.NOT_KNOWN, "moon"),
        (1, "act", Why.NOT_A_CHOICE, "shout"),
        (1, "stated_on", Why.NOT_A_DATE, "June"),
        (1, "order", Why.NOT_A_NUMBER, "1_0"),
        (1, "colour", Why.UNKNOWN_KEY, ""),
        (1, "claim", Why.NOT_TEXT, "['a']"),
        (1, "citations", Why.REQUIRED, ""),
        (2, "", Why.NOT_FIELDS, "just text"),
        (3, "id", Why.REPEATED, ""),
        (3, "citations", Why.NOT_FIELDS, "000"),
        (3, "citations", Why.UNKNOWN_KEY, "page"),
        (4, "id", Why.REPEATED, "a"),
        (4, "involved", Why.NOT_A_LIST, "uplands"),
        (4, "status", Why.NOT_A_CHOICE, "gone"),
        (4, "citations", Why.REQUIRED, ""),
    }


def test_sources_have_faults_of_their_own() -> None:
    found = _read(
        b"""
documents:
- {title: Letter, url: "http://x.example", published_on: 2025-13}
- {id: s-1, sha256: abc, file: a.txt}
- {id: s-1, label: Twice}
"""
    )

    assert found.documents == [Document("s-1", "Twice", "")]
    assert {(each.row, each.field, each.why, each.part) for each in found.faults} == {
        (1, "id", Why.REQUIRED, Part.DOCUMENTS),
        (1, "url", Why.NOT_A_LINK, Part.DOCUMENTS),
        (1, "published_on", Why.NOT_A_DATE, Part.DOCUMENTS),
        (2, "label", Why.REQUIRED, Part.DOCUMENTS),
        (2, "sha256", Why.NOT_A_HASH, Part.DOCUMENTS),
        (2, "file", Why.UNKNOWN_KEY, Part.DOCUMENTS),
        (3, "id", Why.REPEATED, Part.DOCUMENTS),
    }


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"colour: red\nentries: [{}]", RowFault(0, "colour", Why.UNKNOWN_KEY, part=Part.FILE)),
        (b'{"entries": [{}], "entries": []}', RowFault(0, "entries", Why.REPEATED, part=Part.FILE)),
        (b"id,kind,colour\na,event,red\nb,event,blue", RowFault(1, "colour", Why.UNKNOWN_KEY, part=Part.FILE)),
        (b"id,kind,id\na,event,b", RowFault(1, "id", Why.REPEATED, part=Part.FILE)),
        (b"id,kind\na,event,more", RowFault(2, "", Why.UNKNOWN_KEY)),
        (b"id,kind,citations\na,event,page 3", RowFault(2, "citations", Why.NOT_FIELDS, "page 3")),
    ],
)
def test_what_is_wrong_around_the_rows_is_told_once(data: bytes, fault: RowFault) -> None:
    assert _read(data).faults.count(fault) == 1
