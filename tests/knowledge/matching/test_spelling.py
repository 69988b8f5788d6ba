"""Which known word was meant by one that is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_word_that_is_learnt_is_readable_at_once() -> None:
    weights = dict(WEIGHTS)
    speller = Speller({"en": weights})
    assert read("sluicegaet", speller) == []
    weights["sluicegate"] = 3.0
    speller.learn("en", ["sluicegate"])

    assert read("sluicegaet", speller) == ["sluicegate"]
    assert read("sluicegate", speller) == []


def test_an_abbreviation_is_read_as_the_name_that_it_begins() -> None:
    assert read("upl") == ["upland"]
    assert read("reser") == ["reservoir"]


def test_two_names_that_run_together_with_slips_are_told_apart() -> None:
    assert read("uplnadreservor") == ["upland", "reservoir"]


def test_several_near_words_are_all_offered() -> None:
    speller = Speller({"en": {"nations": 3.0, "natiosn": 3.0}})

    assert sorted(speller.read("natiosns", "en")) == [["nations"], ["natiosn"]]


def test_words_of_another_language_are_not_meant() -> None:
    speller = Speller({"en": {"xylofone": 0.0}, "de": {"xylofons": 3.0}})

    assert speller.read("xylofonx", "en") == [["xylofone"]]


@EXAMPLES
@given(letters | st.text(max_size=50))
def test_any_word_is_read_as_known_words_or_left(word: str) -> None:
    assert set(read(word)) <= set(WEIGHTS)
