"""Which known word was meant by one that is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.index import Layered
from knowledge.matching.packed import Packed
from knowledge.matching.spelling import Speller
from tests.knowledge.strategies import EXAMPLES

WEIGHTS = {"reservoir": 3.0, "upland": 3.0, "valley": 0.0, "the": 0.0, "tolls": 3.0, "of": 0.0, "concession": 1.0}
SPELLER = Speller({"en": WEIGHTS})
letters = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=50)


def read(word: str, speller: Speller = SPELLER) -> list[str]:
    """What is most likely meant in an English question."""
    return next(iter(speller.read(word, "en")), [])


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("reservor", ["reservoir"]),
        ("resrevoir", ["reservoir"]),
        ("eservoir", ["reservoir"]),
        ("toolls", ["tolls"]),
        ("reservoirrrrr", ["reservoir"]),
        ("up1and", ["upland"]),
        ("t0lls", ["tolls"]),
        ("concesion", ["concession"]),
        ("tollsofthevalley", ["tolls", "of", "the", "valley"]),
        ("uplandtolls", ["upland", "tolls"]),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(word: str, meant: list[str]) -> None:
    assert read(word) == meant


@pytest.mark.parametrize(
    "word", ["", "a", "to", "tolls", "tools", "uplift", "xxxxxxx", "ofthevalley", "x" * 41, "1991", "水水水水水"]
)
def test_other_words_are_left_as_they_are(word: str) -> None:
    assert read(word) == []


def test_of_equally_near_words_the_one_that_weighs_is_meant() -> None:
    assert read("zatrip", Speller({"en": {"zatrib": 0.0, "zatrix": 3.0}})) == ["zatrix"]


def test_a_word_that_is_laid_over_the_others_is_readable_there_only() -> None:
    below = Packed(WEIGHTS)
    small = Speller({"en": below})
    speller = Speller({"en": Layered({"sluicegate": 3.0}, below)}, small)

    assert read("sluicegaet", speller) == ["sluicegate"]
    assert read("sluicegate", speller) == []
    assert read("reservor", speller) == ["reservoir"]
    assert read("sluicegaet", small) == []


def test_an_abbreviation_is_read_as_the_name_that_it_begins() -> None:
    assert read("upl") == ["upland"]
    assert read("reser") == ["reservoir"]


def test_two_names_that_run_together_with_slips_are_told_apart() -> None:
    assert read("uplnadreservor") == ["upland", "reservoir"]


def test_several_near_words_are_all_offered() -> None:
    speller = Speller({"en": {"nations": 3.0, "natiosn": 3.0}})

    assert sorted(speller.read("natiosns", "en")) == [["nations"], ["natiosn"]]


@pytest.mark.parametrize(
    ("word", "meant"), [("trewce", "truce"), ("truse", "truce"), ("forgein", "foreign"), ("nota", "nato")]
)
def test_of_near_names_the_one_of_the_same_sound_or_letters_is_meant(word: str, meant: str) -> None:
    speller = Speller({"en": {"truce": 3.0, "trust": 3.0, "foreign": 1.0, "forget": 1.0, "nato": 3.0}})

    assert read(word, speller) == [meant]


def test_a_name_of_a_language_that_is_as_likely_is_meant_if_it_is_nearer() -> None:
    speller = Speller({"en": {"permitting": 1.0}, "de": {"vermittlung": 3.0}})

    assert speller.read("vermitlung", "en", "de") == [["vermittlung"]]


def test_words_of_another_language_are_not_meant() -> None:
    speller = Speller({"en": {"xylofone": 0.0}, "de": {"xylofons": 3.0}})

    assert speller.read("xylofonx", "en") == [["xylofone"]]


@EXAMPLES
@given(letters | st.text(max_size=50))
def test_any_word_is_read_as_known_words_or_left(word: str) -> None:
    assert set(read(word)) <= set(WEIGHTS)
