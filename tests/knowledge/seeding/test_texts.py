"""Locators against the documents' texts, where these are at hand."""

from pathlib import Path

import pytest

from knowledge.errors import Fault
from knowledge.model import Citation
from knowledge.seeding import Seeds, excerpts, load_seeds, locator_faults, read_texts
from knowledge.seeding.texts import EXCERPT_LENGTH
from tests.knowledge.seeding.folder import TEXT, Content, content, sha256, write_seeds


@pytest.fixture
def texts_folder(tmp_path: Path) -> Path:
    """The text of one of the two documents."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "treaty.txt").write_bytes(TEXT.encode())
    return folder


def loaded(tmp_path: Path, files: Content | None = None) -> Seeds:
    """The small seeds."""
    return load_seeds(write_seeds(tmp_path / "seeds", files or content()))


def test_only_texts_at_hand_are_read(tmp_path: Path, texts_folder: Path) -> None:
    assert read_texts(texts_folder, loaded(tmp_path).documents) == {"000": TEXT}


def test_without_a_folder_there_are_no_texts(tmp_path: Path) -> None:
    seeds = loaded(tmp_path)

    assert read_texts(None, seeds.documents) == {}
    assert read_texts(tmp_path / "nowhere", seeds.documents) == {}


def test_a_text_that_is_another_one_is_left_out(tmp_path: Path, texts_folder: Path) -> None:
    (texts_folder / "treaty.txt").write_bytes(TEXT.replace("half", "all").encode())
    (texts_folder / "letter.txt").write_bytes(b"Dear valley.")

    assert read_texts(texts_folder, loaded(tmp_path).documents) == {}


def test_excerpts_are_the_words_of_entries_and_offices_in_texts_at_hand(tmp_path: Path, texts_folder: Path) -> None:
    seeds = loaded(tmp_path)

    assert excerpts(seeds, read_texts(texts_folder, seeds.documents)) == {
        Citation("000", "paragraph 1 > sentence 1"): "The upper valley needs half of the river.",
        Citation("000", "paragraph 1 > sentence 2"): "It said so in 1871.",
        Citation("000", "Gates > Opening"): "Opening: The guild opens them.",
    }
    assert excerpts(seeds, {}) == {}


def test_a_long_excerpt_ends_in_an_ellipsis(tmp_path: Path) -> None:
    long = f"Title\n\nIt goes {'on and ' * 300}on. It said so in 1871.\n\nGates\n• Opening: Now.\n"
    files = content()
    files["documents.yaml"][0]["sha256"] = sha256(long)

    words = excerpts(loaded(tmp_path, files), {"000": long})[Citation("000", "paragraph 1 > sentence 1")]
    assert len(words) == EXCERPT_LENGTH
    assert words.endswith("…")


def test_a_locator_that_leads_nowhere_is_a_fault_of_its_entry(tmp_path: Path) -> None:
    files = content()
    files["entries/events.yaml"][0]["citations"] = [{"document": "000", "locator": "Gates > item 2"}]
    files["people.yaml"][0]["offices"][0]["citations"] = [{"document": "000", "locator": "Locks"}]
    seeds = loaded(tmp_path, files)

    assert list(locator_faults(seeds, {"000": TEXT})) == [
        Fault(
            "entries/events.yaml",
            "ev-1",
            "citations",
            "in document 000, 'item 2' of 'Gates > item 2' does not select one place",
        ),
        Fault("people.yaml", "ada-kern", "citations", "in document 000, 'Locks' of 'Locks' does not select one place"),
    ]


def test_locators_of_texts_that_are_not_at_hand_are_not_judged(tmp_path: Path) -> None:
    seeds = loaded(tmp_path)

    assert list(locator_faults(seeds, {})) == []
    assert list(locator_faults(seeds, {"000": TEXT})) == []
