"""The loader: what is well formed becomes values, and each fault is told with its place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.dates import PartialDate
from knowledge.errors import Fault
from knowledge.model import Act, Citation, Kind, Rank
from knowledge.seeding import load_seeds
from knowledge.seeding.forms import CUES
from knowledge.taxonomy import Point, Relation, Wording
from tests.knowledge.seeding.folder import Content, content, faults_in, stance, write_seeds
from tests.paths import SEEDS

Change = Callable[[Content], None]


def item(file: str, index: int, **fields: Any) -> Change:
    """Sets fields of an item; None takes one away."""

    def change(files: Content) -> None:
        files[file][index].update(fields)
        files[file][index] = {key: value for key, value in files[file][index].items() if value is not None}

    return change


def event(**fields: Any) -> Change:
    """Sets fields of the event, which nothing else refers to."""
    return item("entries/events.yaml", 0, **fields)


def words(file: str = "words/en.yaml", **fields: Any) -> Change:
    """Sets lists of the words of a language; None takes one away."""

    def change(files: Content) -> None:
        files[file] = {key: value for key, value in (files[file] | fields).items() if value is not None}

    return change


def whole(file: str, items: Any) -> Change:
    """Sets the whole of a file."""
    return lambda files: files.update({file: items})


def more(file: str, added: dict[str, Any]) -> Change:
    """Adds an item to a file."""
    return lambda files: files[file].append(added)


def test_seeds_without_a_fault_become_values(tmp_path: Path) -> None:
    seeds = load_seeds(write_seeds(tmp_path, content()))
    entries = {entry.id: entry for entry in seeds.entries}
    claim, happened = entries["up-wat-1"], entries["ev-1"]

    assert [party.slug for party in seeds.taxonomy.principals] == ["uplands"]
    assert seeds.taxonomy.points == (Point("water", "how much", Relation.DIFFER, ("up-wat-1", "low-wat-1")),)
    assert seeds.taxonomy.wordings == (
        Wording(
            "en",
            filler=("the",),
            cues={**dict.fromkeys(CUES, ()), "events": ("what happened",)},
            hints={"dam": ("flood",)},
            party_hints={"uplands": ("the hills",)},
        ),
        Wording("uk", endings=("ами",), cues=dict.fromkeys(CUES, ())),
    )
    assert [document.name for document in seeds.documents] == ["A draft", "A letter"]
    assert (claim.kind, claim.act, claim.rank) == (Kind.STANCE, Act.DEMAND, Rank.PREFERRED)
    assert claim.citations == (Citation("000", "paragraph 1 > sentence 1"),)
    assert (happened.valid_from, happened.order) == (PartialDate(1871, 5), 1)
    assert (seeds.files["ev-1"], seeds.files["up-wat-2"]) == ("entries/events.yaml", "entries/water.yaml")


def test_the_shipped_seeds_load() -> None:
    assert load_seeds(SEEDS).entries


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (event(party="nobody"), "entries/events.yaml: ev-1: party: no party has the slug 'nobody'"),
        (event(involved=["uplands", "nobody"]), "entries/events.yaml: ev-1: involved: no party has the slug 'nobody'"),
        (event(topic="weather"), "entries/events.yaml: ev-1: topic: no topic has the slug 'weather'"),
        (
            event(citations=[{"document": "009", "locator": "item 1"}]),
            "entries/events.yaml: ev-1: citations: no document has the id '009'",
        ),
        (event(claim="x" * 281), "entries/events.yaml: ev-1: claim: String should have at most 280 characters"),
        (event(claim=None), "entries/events.yaml: ev-1: claim: Field required"),
        (
            event(claim="Two  spaces."),
            "entries/events.yaml: ev-1: claim: has a line break or spaces that do not belong",
        ),
        (event(citations=None), "entries/events.yaml: ev-1: citations: Field required"),
        (event(citations=[]), "entries/events.yaml: ev-1: citations: Tuple should have at least 1 item"),
        (event(mood="bad"), "entries/events.yaml: ev-1: mood: Extra inputs are not permitted"),
        (
            event(citations=[{"document": "000", "locator": "item 1", "page": 3}]),
            "entries/events.yaml: ev-1: citations.0.page: Extra inputs are not permitted",
        ),
        (event(kind="rumour"), "entries/events.yaml: ev-1: kind: Input should be 'stance', 'event'"),
        (event(valid_from="May 1871"), "entries/events.yaml: ev-1: valid_from: is not a date of the form YYYY"),
        (event(valid_from=1871), "entries/events.yaml: ev-1: valid_from: Input should be a valid string"),
        (event(act="demand"), "entries/events.yaml: ev-1: -: only a stance has an act or is preferred"),
        (event(reason="a slip"), "entries/events.yaml: ev-1: -: a claim that no longer stands needs a reason"),
        (event(status="retracted"), "entries/events.yaml: ev-1: -: a claim that no longer stands needs a reason"),
        (event(id="Ev 1"), "entries/events.yaml: Ev 1: id: String should match pattern"),
        (event(id=None), "entries/events.yaml: item 1: id: Field required"),
        (
            item("entries/water.yaml", 1, act=None),
            "entries/water.yaml: up-wat-2: -: a stance needs a party, a topic and an act",
        ),
        (item("entries/water.yaml", 1, order=3), "entries/water.yaml: up-wat-2: -: only an event has an order"),
        (
            item("entries/water.yaml", 1, id="up-wat-1", rank="normal"),
            "entries/water.yaml: up-wat-1: id: stands in entries/water.yaml already",
        ),
        (
            more("entries/water.yaml", stance("ev-1", "uplands")),
            "entries/water.yaml: ev-1: id: stands in entries/events.yaml already",
        ),
        (
            item("entries/water.yaml", 1, rank="preferred"),
            "entries/water.yaml: up-wat-2: rank: uplands on water has 2 preferred claims instead of one: "
            "up-wat-1, up-wat-2",
        ),
        (
            item("entries/water.yaml", 2, rank="normal"),
            "entries/water.yaml: low-wat-1: rank: lowlands on water has 0 preferred claims instead of one",
        ),
        (item("parties.yaml", 0, aliases={"en": ["The Plain!"]}), "parties.yaml: lowlands: aliases: 'the plain' means"),
        (item("parties.yaml", 1, name="Uplands"), "parties.yaml: lowlands: aliases: 'uplands' means uplands already"),
        (item("parties.yaml", 1, aliases={"en": ["?!"]}), "parties.yaml: lowlands: aliases: an alias has no letter"),
        (item("topics.yaml", 1, names={"german": "Damm"}), "topics.yaml: dam: aliases: 'german' is no language of two"),
        (more("topics.yaml", {"slug": "dam", "name": "Weir", "covers": "It."}), "topics.yaml: dam: slug: stands there"),
        (item("documents.yaml", 1, id="000"), "documents.yaml: 000: id: stands there twice"),
        (item("documents.yaml", 1, sha256="abc"), "documents.yaml: 001: sha256: String should match pattern"),
        (item("people.yaml", 0, party="nobody"), "people.yaml: ada-kern: party: no party has the slug 'nobody'"),
        (item("people.yaml", 0, offices=[]), "people.yaml: ada-kern: offices: Tuple should have at least 1 item"),
        (
            item("people.yaml", 0, offices=[{"title": "Reeve", "citations": [{"document": "9", "locator": "x"}]}]),
            "people.yaml: ada-kern: offices: no document has the id '9'",
        ),
        (
            item("points.yaml", 0, claims=["up-wat-1", "up-wat-9"]),
            "points.yaml: how much: claims: no entry has the id 'up-wat-9'",
        ),
        (item("points.yaml", 0, topic="dam"), "points.yaml: how much: claims: up-wat-1 is no stance on dam"),
        (
            item("points.yaml", 0, claims=["up-wat-1", "up-wat-2"]),
            "points.yaml: how much: claims: needs claims of different parties, one of each",
        ),
        (
            item("points.yaml", 0, claims=["up-wat-1"]),
            "points.yaml: item 1: claims: Tuple should have at least 2 items",
        ),
        (whole("topics.yaml", "- slug: [water\n"), "topics.yaml: -: -: while parsing a flow sequence"),
        (whole("points.yaml", ""), "points.yaml: -: -: is neither a list nor a mapping"),
        (whole("people.yaml", "just words"), "people.yaml: -: -: is neither a list nor a mapping"),
        (item("topics.yaml", 1, about="nobody"), "topics.yaml: dam: about: no party has the slug 'nobody'"),
        (words(hints={"weather": ["rain"]}), "words/en.yaml: en: hints: no topic has the slug 'weather'"),
        (words(hints={"uplands": ["hills"]}), "words/en.yaml: en: hints: no topic has the slug 'uplands'"),
        (words(party_hints={"water": ["wet"]}), "words/en.yaml: en: party_hints: no party has the slug 'water'"),
        (words(verbs=["run"]), "words/en.yaml: en: verbs: Extra inputs are not permitted"),
        (words(filler=["a  b"]), "words/en.yaml: en: filler.0: has a line break or spaces that do not belong"),
        (words(filler={"en": ["the"]}), "words/en.yaml: en: filler: Input should be a valid tuple"),
        (words(cues={"events": {"en": ["news"]}}), "words/en.yaml: en: cues: Extra inputs are not permitted"),
        (words(language="english"), "words/en.yaml: english: language: String should match pattern"),
        (words(language=None), "words/en.yaml: item 1: language: Field required"),
        (words("words/uk.yaml", language="en"), "words: en: language: stands there twice"),
        (whole("words/uk.yaml", "language: ["), "words/uk.yaml: -: -: while parsing a flow node"),
        (whole("entries/events.yaml", ["just words"]), "entries/events.yaml: item 1: -: Input should be a valid"),
    ],
)
def test_a_fault_is_told_with_file_entry_key_and_reason(tmp_path: Path, change: Change, expected: str) -> None:
    files = content()
    change(files)
    told = [str(fault) for fault in faults_in(tmp_path, files)]

    assert any(fault.startswith(expected) for fault in told), told


def test_a_fault_is_told_once_and_alone(tmp_path: Path) -> None:
    files = content()
    event(claim="x" * 281)(files)

    assert faults_in(tmp_path, files) == [
        Fault("entries/events.yaml", "ev-1", "claim", "String should have at most 280 characters")
    ]


def test_a_file_that_is_not_utf_8_is_a_fault(tmp_path: Path) -> None:
    write_seeds(tmp_path, content())
    (tmp_path / "entries" / "latin.yaml").write_bytes(b"- caf\xe9")

    (fault,) = faults_in(tmp_path, {})
    assert (fault.file, fault.key) == ("entries/latin.yaml", "-")
    assert "utf-8" in fault.reason


def test_the_words_of_one_file_for_all_languages_are_read_no_more(tmp_path: Path) -> None:
    files = {**content(), "words/en.yaml": None, "words/uk.yaml": None, "words.yaml": {"filler": {"en": ["the"]}}}

    assert [(fault.file, fault.key) for fault in faults_in(tmp_path, files)] == [("words", "-")]


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = content()
    event(topic="weather", mood="bad", claim="x" * 600)(files)
    item("entries/water.yaml", 1, rank="preferred", involved=["nobody"])(files)
    item("people.yaml", 0, party="nobody")(files)
    item("parties.yaml", 1, aliases={"en": ["uplands"], "english": ["plain"]})(files)
    words(hints={"weather": ["rain"]}, party_hints={"nobody": ["no one"]})(files)
    whole("words/uk.yaml", "endings: {")(files)

    assert {(fault.file, fault.item, fault.key) for fault in faults_in(tmp_path, files)} == {
        ("entries/events.yaml", "ev-1", "mood"),
        ("entries/events.yaml", "ev-1", "claim"),
        ("entries/water.yaml", "up-wat-2", "rank"),
        ("entries/water.yaml", "up-wat-2", "involved"),
        ("people.yaml", "ada-kern", "party"),
        ("parties.yaml", "lowlands", "aliases"),
        ("words/en.yaml", "en", "hints"),
        ("words/en.yaml", "en", "party_hints"),
        ("words/uk.yaml", "-", "-"),
    }


def test_a_folder_that_is_not_there_lacks_every_file(tmp_path: Path) -> None:
    faults = faults_in(tmp_path / "nowhere", {})

    assert {fault.file for fault in faults} == {
        *("words", "parties.yaml", "topics.yaml", "people.yaml", "points.yaml", "documents.yaml")
    }
