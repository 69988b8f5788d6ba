"""One form for all inflections of a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.normalise import normalise
from knowledge.matching.stems import SHORTEST, make_stems, speaks
from tests.knowledge.strategies import EXAMPLES

STEMS = make_stems({"uk": ("ої", "ий", "и", "ами", "я", "і"), "xx": ()})


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["guarantee", "guarantees", "guaranteed"]),
        ("ru", ["санкция", "санкции", "санкций", "санкциями"]),
        ("de", ["Vorschlag", "Vorschlags", "Vorschlages"]),
        ("fr", ["territoire", "territoires"]),
        ("tr", ["görüşme", "görüşmeler", "görüşmeleri"]),
        ("uk", ["слови", "словами", "слово"][:2]),
        ("uk", ["новий", "нової", "нови"]),
    ],
)
def test_inflected_forms_have_one_stem(language: str, forms: list[str]) -> None:
    assert len({STEMS[language](normalise(form)) for form in forms}) == 1


def test_different_words_have_different_stems() -> None:
    assert STEMS["en"]("water") != STEMS["en"]("war")
    assert STEMS["ru"]("мир") != STEMS["ru"]("мера")


def test_the_longest_ending_goes() -> None:
    assert STEMS["uk"]("словами") == "слов"


@pytest.mark.parametrize("word", ["дія", "мі", "і", "він"])
def test_a_short_word_keeps_its_ending(word: str) -> None:
    assert len(STEMS["uk"](normalise(word))) >= min(len(word), SHORTEST)


def test_a_language_without_stemmer_and_endings_has_none() -> None:
    assert "xx" not in STEMS
    assert "uk" not in make_stems({})


@pytest.mark.parametrize(
    ("word", "languages"),
    [
        ("water", {"en", "de", "fr", "tr"}),
        ("вода", {"ru", "uk"}),
        ("їжа", {"ru", "uk"}),
        ("1991", {"en", "de", "fr", "tr"}),
        ("水", {"en", "de", "fr", "tr"}),
    ],
)
def test_a_word_is_of_the_languages_of_its_script(word: str, languages: set[str]) -> None:
    assert {language for language in ("en", "de", "fr", "tr", "ru", "uk") if speaks(language, word)} == languages


@EXAMPLES
@given(st.text(min_size=1, max_size=60).map(normalise), st.sampled_from(sorted(STEMS)))
def test_any_word_has_a_stem_and_always_the_same(word: str, language: str) -> None:
    assert STEMS[language](word) == STEMS[language](word)
    assert bool(STEMS[language](word)) == bool(word)
