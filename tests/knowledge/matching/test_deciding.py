"""What a question asks for: which kind of answer, of whom, on what."""

import pytest
from hypothesis import given

from knowledge.interpretation import AnswerKind
from tests.knowledge.matching.understanding import SMALL
from tests.knowledge.samples import TAXONOMY
from tests.knowledge.strategies import EXAMPLES, questions

STANCE, COMPARISON, PARTY, TOPIC = AnswerKind.STANCE, AnswerKind.COMPARISON, AnswerKind.PARTY, AnswerKind.TOPIC
SUGGESTIONS, NONE = AnswerKind.SUGGESTIONS, AnswerKind.NONE
Slugs = tuple[str, ...]


@pytest.mark.parametrize(
    ("text", "kind", "parties", "topics"),
    [
        ("What do the uplands say about the river?", STANCE, ("uplands",), ("water",)),
        ("Ada Kern: reservoir", STANCE, ("uplands",), ("dam",)),
        ("people of the moor, tolls", STANCE, ("highmoor",), ("tolls",)),
        ("was sagt Oberland zum Staudamm", STANCE, ("uplands",), ("dam",)),
        ("highmoor money", STANCE, ("highmoor",), ("tolls",)),
        ("uplands lowlands water", COMPARISON, ("uplands", "lowlands"), ("water",)),
        ("compare lowlands and uplands on tolls", COMPARISON, ("lowlands", "uplands"), ("tolls",)),
        ("uplands versus lowlands, dam", COMPARISON, ("uplands", "lowlands"), ("dam",)),
        ("lowlands, uplands and lowmoor on water", COMPARISON, ("lowlands", "uplands", "lowmoor"), ("water",)),
        ("uplands", PARTY, ("uplands",), ()),
        ("tell me everything about the plain", PARTY, ("lowlands",), ()),
        ("what about the reservoir?", TOPIC, (), ("dam",)),
        ("guild", TOPIC, (), ("guild",)),
        ("what happened in the valley", AnswerKind.EVENTS, (), ()),
        ("the obstacles", AnswerKind.OBSTACLES, (), ()),
        ("ways out", AnswerKind.PROPOSALS, (), ()),
        ("hello please", NONE, (), ()),
        ("the valley talks", NONE, (), ()),
        ("", NONE, (), ()),
    ],
)
def test_each_kind_of_answer(text: str, kind: AnswerKind, parties: Slugs, topics: Slugs) -> None:
    decision = SMALL.decide(text)

    assert (decision.kind, decision.parties, decision.topics) == (kind, parties, topics)


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("do the lowlands want tolls from the uplands", "lowlands"),
        ("do the uplands want tolls from the lowlands", "uplands"),
        ("tolls against the lowlands according to the uplands", "uplands"),
        ("according to the lowlands, the dam is to the uplands", "lowlands"),
        ("lowlands tolls against highmoor", "lowlands"),
    ],
)
def test_of_two_parties_the_one_that_is_asked_stands_alone(text: str, party: str) -> None:
    decision = SMALL.decide(text)

    assert (decision.kind, decision.parties) == (STANCE, (party,))


def test_a_party_that_a_topic_is_mostly_about_is_not_asked_on_it() -> None:
    assert SMALL.decide("uplands tolls of the highmoor").parties == ("uplands",)
    assert SMALL.decide("uplands water of the highmoor").parties == ("uplands", "highmoor")


@pytest.mark.parametrize("text", ["uplands lowlands highmoor lowmoor dam", "uplands and lowlands", "moor council"])
def test_parties_that_cannot_be_set_side_by_side_are_offered(text: str) -> None:
    decision = SMALL.decide(text)

    assert decision.kind is SUGGESTIONS
    assert len(decision.parties) > 1


@pytest.mark.parametrize(
    "text", ["a recipe of the uplands", "football on the dam", "uplands fish soup", "tolls, recipe"]
)
def test_words_of_another_subject_get_no_answer(text: str) -> None:
    assert SMALL.decide(text).kind is NONE


@pytest.mark.parametrize("text", ["water bottle discount", "the zebra and the giraffe of the uplands", "tolls zebra"])
def test_unknown_words_outweigh_a_single_name(text: str) -> None:
    assert SMALL.decide(text).kind is NONE


def test_more_unknown_words_than_evidence_outweigh_a_party_with_a_topic() -> None:
    unknown = "zebra giraffe mongoose walrus badger otter lemur tapir okapi "

    assert SMALL.decide("uplands water zebra").kind is STANCE
    assert SMALL.decide(f"uplands {unknown} water").kind is NONE


def test_a_single_weak_hint_gets_suggestions() -> None:
    decision = SMALL.decide("what about the bridge")

    assert (decision.kind, decision.parties, decision.topics) == (SUGGESTIONS, (), ("tolls",))


def test_a_weak_hint_beside_a_party_is_enough() -> None:
    decision = SMALL.decide("what do the uplands say on the bridge")

    assert (decision.kind, decision.parties, decision.topics) == (STANCE, ("uplands",), ("tolls",))


def test_a_name_outweighs_a_hint() -> None:
    assert SMALL.decide("lowlands: concrete and water").topics == ("water",)


def test_topics_that_are_equally_likely_are_all_kept() -> None:
    assert set(SMALL.decide("uplands flood").topics) == {"tolls", "dam", "water"}
    assert SMALL.decide("water and dam").kind is SUGGESTIONS
    assert set(SMALL.decide("water and dam").topics) == {"water", "dam"}


def test_a_further_mention_makes_a_topic_likelier() -> None:
    assert SMALL.decide("uplands dam, water and river").topics == ("water",)


def test_a_party_with_a_topic_outweighs_the_cue_of_another_kind() -> None:
    assert SMALL.decide("what happened to the uplands water").kind is STANCE
    assert SMALL.decide("what happened to the uplands").kind is AnswerKind.EVENTS


@EXAMPLES
@given(questions)
def test_any_text_gets_one_decision_of_known_slugs(text: str) -> None:
    decision = SMALL.decide(text)

    assert decision == SMALL.decide(text)
    assert set(decision.parties) <= {party.slug for party in TAXONOMY.parties}
    assert set(decision.topics) <= {topic.slug for topic in TAXONOMY.topics}
    assert (decision.kind in {STANCE, PARTY}) <= (len(decision.parties) == 1)
    assert (decision.kind in {STANCE, COMPARISON, TOPIC}) <= bool(decision.topics)
    assert (decision.kind is COMPARISON) <= (1 < len(decision.parties) <= 3)
