"""Words that mean something only together."""

from dataclasses import replace

import pytest

from knowledge.interpretation import AnswerKind
from knowledge.matching.together import WINDOW
from tests.knowledge.matching.understanding import Understanding
from tests.knowledge.samples import ENGLISH, TAXONOMY

WORDS = replace(
    ENGLISH,
    who=("who",),
    foreign=(*ENGLISH.foreign, "cheese"),
    groups={"things": ("gates", "sluice gates")},
    together={
        "dam": ((("open", "shut"), ("$things",)),),
        "tolls": ((("raise", "open"), ("purse",), ("@highmoor",)),),
        "obstacles": ((("why",), ("cheese", "quarrel")),),
    },
)
WORLD = Understanding(replace(TAXONOMY, wordings=(WORDS,)))


@pytest.mark.parametrize("text", ["open the gates", "gates that opened", "shut what is a sluice gate"])
def test_one_word_of_each_group_in_any_order_and_inflection_means_the_topic(text: str) -> None:
    assert list(WORLD.read(text).topics) == ["dam"]


@pytest.mark.parametrize("text", ["open", "the gates", "open the purse", "open " + "the " * WINDOW + "gates"])
def test_one_alone_or_far_away_means_nothing(text: str) -> None:
    assert not WORLD.read(text).topics


def test_a_party_can_stand_in_a_combination_and_more_words_tell_more() -> None:
    reading = WORLD.read("open gates and open the purse of the people of the moor")

    assert reading.topics["tolls"] > reading.topics["dam"]


def test_a_combination_can_ask_for_something() -> None:
    assert WORLD.decide("why do i quarrel").kind is AnswerKind.OBSTACLES


def test_words_of_a_combination_are_neither_unknown_nor_of_another_subject() -> None:
    reading = WORLD.read("why the cheese")

    assert WORLD.read("cheese").foreign
    assert not reading.foreign
    assert not reading.unknown


def test_where_it_is_asked_who_does_something_a_party_it_is_done_to_is_not_asked() -> None:
    decision = WORLD.decide("who opens the gates against the uplands")

    assert (decision.kind, decision.parties, decision.topics) == (AnswerKind.TOPIC, (), ("dam",))
