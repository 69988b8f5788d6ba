"""What is written can be read again, and reads the same."""

import csv
import io
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import seeds
from knowledge.model import Act, Attribution, Citation, Document, Entry, Kind, Rank, Status
from knowledge.moderation.checks import Known, check_entry
from knowledge.moderation.files import Format, read_file, rows_to_entries, write_file
from knowledge.moderation.text import TextEmpty, clean
from knowledge.seeding import load_seeds
from tests.knowledge.strategies import EXAMPLES, partial_dates, slugs

FORMATS: tuple[Format, ...] = ("yaml", "json", "csv")
PARTIES, TOPICS = ("no", "on", "uplands"), ("000", "null", "water")

_awkward = st.sampled_from(
    [
        *("no", "null", "~", "2025-06", "2025-06-02", "000", "1e3", "=SUM(A1)", "'=x", "''+1", "-5", "@a", "＝x"),
        *(
            "a: b",
            "- a",
            "# a",
            "{a}",
            "[a",
            "a | b",
            "'a'",
            '"a"',
            "a,b;c",
            "\\n",
            "sep=;",
            "👨‍👩‍👧",
            "🇺🇦",
            "می‌خواهم",
            "é",
        ),
    ]
)


def _clean(text: str) -> str:
    try:
        return clean(text, limit=60)
    except TextEmpty:
        return "x"


lines = (st.text(min_size=1, max_size=30) | _awkward).map(_clean)
citations = st.lists(st.builds(Citation, st.sampled_from(["000", "s-1"]), lines), min_size=1, max_size=4).map(tuple)


@st.composite
def sound_entries(draw: st.DrawFn, entry_id: str) -> Entry:
    """Entries in which nothing is wrong."""
    kind = draw(st.sampled_from(Kind))
    is_stance = kind is Kind.STANCE
    status = draw(st.sampled_from(Status))
    return Entry(
        id=entry_id,
        kind=kind,
        claim=draw(lines),
        citations=draw(citations),
        party=draw(st.sampled_from(PARTIES) if is_stance else st.none() | st.sampled_from(PARTIES)),
        topic=draw(st.sampled_from(TOPICS) if is_stance else st.none() | st.sampled_from(TOPICS)),
        involved=draw(st.lists(st.sampled_from(PARTIES), unique=True).map(tuple)),
        speaker=draw(st.none() | lines),
        act=draw(st.sampled_from(Act)) if is_stance else None,
        rank=draw(st.sampled_from(Rank)) if is_stance else Rank.NORMAL,
        attribution=draw(st.sampled_from(Attribution)),
        stated_on=draw(st.none() | partial_dates()),
        valid_from=draw(st.none() | partial_dates()),
        when=draw(st.none() | lines),
        order=draw(st.none() | st.integers(-99, 99)) if kind is Kind.EVENT else None,
        contested=draw(st.none() | lines),
        status=status,
        reason=None if status is Status.ACTIVE else draw(lines),
    )


documents = st.builds(
    Document,
    id=slugs,
    label=lines,
    sha256=st.sampled_from(["", "0a" * 32]),
    title=st.none() | lines,
    author=st.none() | lines,
    publisher=st.none() | lines,
    published_on=st.none() | partial_dates(),
    note=st.none() | lines,
    url=st.sampled_from([None, "https://x.example/a%28b%29?c=d#e"]),
)
ids = st.lists(slugs | st.sampled_from(["no", "000", "1-0", "null"]), min_size=1, max_size=4, unique=True)
files = st.tuples(
    ids.flatmap(lambda given: st.tuples(*(sound_entries(each) for each in [*given, ""]))).map(list),
    st.lists(documents, max_size=3, unique_by=lambda each: each.id),
)
KNOWN = Known(frozenset(PARTIES), frozenset(TOPICS), frozenset({"000", "s-1"}))


@EXAMPLES
@given(files, st.sampled_from(FORMATS))
def test_reading_gives_what_was_written(file: tuple[list[Entry], list[Document]], form: Format) -> None:
    written = write_file(*file, form)
    found = rows_to_entries(read_file(written), KNOWN)

    assert found.faults == []
    assert ([entry for _, entry in found.entries], found.documents) == file
    assert write_file(*file, form) == written


@pytest.mark.parametrize("form", FORMATS)
def test_what_ships_can_be_exported_and_imported(form: Format) -> None:
    shipped = load_seeds(Path(seeds.__file__).parent if seeds.__file__ else Path("seeds"))
    known = Known(
        frozenset(each.slug for each in shipped.taxonomy.parties),
        frozenset(each.slug for each in shipped.taxonomy.topics),
        frozenset(),
    )
    found = rows_to_entries(read_file(write_file(shipped.entries, shipped.documents, form)), known)

    assert found.faults == []
    assert [entry for _, entry in found.entries] == list(shipped.entries)
    assert [each.id for each in found.documents] == [each.id for each in shipped.documents]


HALF = Entry("up-1", Kind.ROLE, "=2+3", (Citation("000", "item 1"), Citation("s-1", "@x")), "no", speaker="-Ada")


def test_no_cell_is_a_formula_and_citations_have_their_lines() -> None:
    written = write_file([HALF], [Document("s-1", "+label", "")], "csv")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))

    assert rows[0]["claim"] == "'=2+3"
    assert rows[0]["speaker"] == "'-Ada"
    assert rows[0]["citations"] == "000: item 1\ns-1: @x"
    assert (rows[1]["kind"], rows[1]["id"], rows[1]["label"]) == ("document", "s-1", "'+label")
    assert written.startswith(b"\xef\xbb\xbfid,kind,party,")


def test_yaml_tells_what_it_is_and_other_readers_take_texts_for_texts() -> None:
    written = write_file([HALF], [Document("000", "no", "", published_on=None)], "yaml").decode()

    assert written.startswith("# Entries of Parley.")
    assert yaml.safe_load(written) == {
        "entries": [
            {
                "id": "up-1",
                "kind": "role",
                "party": "no",
                "speaker": "-Ada",
                "claim": "=2+3",
                "citations": [{"document": "000", "locator": "item 1"}, {"document": "s-1", "locator": "@x"}],
            }
        ],
        "documents": [{"id": "000", "label": "no"}],
    }


def test_entries_that_were_read_hold_to_the_codebook() -> None:
    assert check_entry(HALF, KNOWN) == []
