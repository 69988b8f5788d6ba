"""All phrases with what they mean."""

from dataclasses import replace

import pytest

from knowledge.matching.phrasebook import build_phrasebook
from knowledge.matching.senses import Role, Sense
from knowledge.taxonomy import Party, Topic, Wording
from tests.knowledge.matching.understanding import SMALL, Understanding
from tests.knowledge.samples import TAXONOMY


@pytest.mark.parametrize("text", ["uplands", "Uplands", "Oberland", "Ada Kern", "ada-kern"])
def test_slugs_names_and_people_mean_their_party(text: str) -> None:
    assert SMALL.parties(text) == ["uplands"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("please", Role.FILLER),
        ("valley", Role.NEUTRAL),
        ("football", Role.FOREIGN),
        ("versus", Role.COMPARE),
        ("and", Role.JOIN),
        ("from", Role.OBJECT_BEFORE),
        ("according to", Role.SUBJECT_BEFORE),
        ("think", Role.SUBJECT_AFTER),
        ("timeline", Role.INTENT),
        ("thirst", Role.TOPIC),
        ("people of the moor", Role.PARTY),
    ],
)
def test_every_list_of_words_plays_its_part(text: str, role: Role) -> None:
    (span,) = SMALL.scan(text).spans

    assert span.plays(role)


def test_a_name_weighs_more_than_a_hint_and_a_hint_more_than_other_words() -> None:
    weights = SMALL.book.words["en"]

    assert weights["reservoir"] > weights["bridge"] > weights["please"]


def test_a_phrase_can_play_several_parts() -> None:
    (span,) = SMALL.scan("against").spans

    assert span.plays(Role.COMPARE)
    assert span.plays(Role.OBJECT_BEFORE)


def test_an_added_alias_works_in_the_next_question() -> None:
    world = SMALL.with_phrases([("en", "Weir-Works!", Sense(Role.TOPIC, "dam", 3.0))])

    assert world.topics("the weir works of the uplands") == ["dam"]
    assert SMALL.topics("the weir works of the uplands") == []


def test_a_meaning_that_is_added_to_a_known_phrase_stands_beside_the_first() -> None:
    world = SMALL.with_phrases([("en", "river", Sense(Role.TOPIC, "tolls", 3.0))] * 2)

    assert set(world.topics("river")) == {"water", "tolls"}


@pytest.mark.parametrize("text", ["", "?!", "\u200b"])
def test_what_has_no_letter_adds_nothing(text: str) -> None:
    world = SMALL.with_phrases([("en", text, Sense(Role.TOPIC, "dam", 3.0))])

    assert (world.topics(text), world.topics("uplands")) == ([], [])


@pytest.mark.parametrize(
    ("language", "text"),
    [("uk", "hreblia"), ("ru", "plotina"), ("en", "плотинка"), ("de", "дамба"), ("pl", "zapora"), ("bg", "язовир")],
)
def test_a_phrase_in_another_script_or_language_than_those_that_are_stemmed_is_known(language: str, text: str) -> None:
    weir = Topic("weir", "Weir", "The weir.", aliases={language: (text,)})
    world = Understanding(replace(TAXONOMY, topics=(weir,)))

    assert world.topics(f"uplands {text}") == ["weir"]


def test_a_language_without_stems_is_no_hindrance() -> None:
    greek = Wording("el", filler=("και",))
    book = build_phrasebook(replace(TAXONOMY, parties=(Party("u", "U", "", names={"el": "Ύδρα"}),), wordings=(greek,)))

    assert any(words.get("υδρα", 0.0) > 0 for words in book.words.values())
