"""A question in any words: what it is understood to ask for."""

import pytest
from hypothesis import given

from knowledge.answers import entries_of
from knowledge.errors import Slot
from knowledge.interpretation import AnswerKind, Interpretation
from knowledge.requests import (
    ComparisonRequest,
    ObstaclesRequest,
    PartyRequest,
    PositionRequest,
    ProposalsRequest,
    Request,
    TimelineRequest,
    TopicRequest,
)
from knowledge.service import KnowledgeService
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import SERVER, service_on
from tests.knowledge.strategies import EXAMPLES, questions


@pytest.mark.parametrize(
    ("text", "kind", "request_"),
    [
        ("What do the uplands say about the river?", AnswerKind.STANCE, PositionRequest("uplands", "water")),
        ("ada kern dam", AnswerKind.STANCE, PositionRequest("uplands", "dam")),
        ("guild dam", AnswerKind.STANCE, PositionRequest("guild", "dam")),
        ("uplands lowlands water", AnswerKind.COMPARISON, ComparisonRequest("water", "uplands", "lowlands")),
        (
            "lowlands, uplands and lowmoor on water",
            AnswerKind.COMPARISON,
            ComparisonRequest("water", "lowlands", "uplands", "lowmoor"),
        ),
        ("uplands", AnswerKind.PARTY, PartyRequest("uplands")),
        ("everything about Ada Kern", AnswerKind.PARTY, PartyRequest("uplands")),
        ("millers water", AnswerKind.STANCE, PositionRequest("guild", "water")),
        ("do the lowlands want water from the uplands", AnswerKind.STANCE, PositionRequest("lowlands", "water")),
        ("what about the reservoir?", AnswerKind.TOPIC, TopicRequest("dam")),
        ("what happened", AnswerKind.EVENTS, TimelineRequest()),
        ("the obstacles", AnswerKind.OBSTACLES, ObstaclesRequest()),
        ("ways out", AnswerKind.PROPOSALS, ProposalsRequest()),
        ("zebra crossing permit", AnswerKind.NONE, None),
        ("", AnswerKind.NONE, None),
    ],
)
async def test_a_question_means_a_request(
    service: KnowledgeService, text: str, kind: AnswerKind, request_: Request | None
) -> None:
    understood = await service.ask(text)

    assert (understood.kind, understood.request) == (kind, request_)


async def test_a_pair_without_a_position_gets_its_party_and_its_topic_offered(service: KnowledgeService) -> None:
    assert await service.ask("lowlands dam") == Interpretation(
        AnswerKind.SUGGESTIONS,
        ("lowlands",),
        ("dam",),
        100.0,
        None,
        (PartyRequest("lowlands"), TopicRequest("dam")),
    )


async def test_a_pair_that_only_an_overlay_knows_is_a_stance_in_its_server_alone(service: KnowledgeService) -> None:
    assert (await service.ask("lowlands tolls", SERVER)).kind is AnswerKind.STANCE
    assert (await service.ask("lowlands tolls")).kind is AnswerKind.SUGGESTIONS


async def test_more_than_one_reading_gets_suggestions(service: KnowledgeService) -> None:
    understood = await service.ask("water dam")

    assert (understood.kind, understood.topics) == (AnswerKind.SUGGESTIONS, ("water", "dam"))
    assert understood.suggestions == (TopicRequest("water"), TopicRequest("dam"))


async def test_more_unknown_words_than_known_ones_are_out_of_scope(service: KnowledgeService) -> None:
    assert (await service.ask("water bottle discount")).kind is AnswerKind.NONE


async def test_a_slip_is_answered_with_a_lower_score(service: KnowledgeService) -> None:
    understood = await service.ask("uplnads water")
    worse = await service.ask("uplnads watter")

    assert understood.request == worse.request == PositionRequest("uplands", "water")
    assert 0 < worse.score < understood.score < 100
    assert not understood.is_guess


async def test_what_was_read_as_what_is_told(service: KnowledgeService) -> None:
    assert (await service.ask("uplnads watter")).read_as == (("uplnads", "uplands"), ("watter", "water"))
    assert (await service.ask("uplands water")).read_as == ()


async def test_of_topics_that_are_equally_likely_the_recorded_one_is_meant(service: KnowledgeService) -> None:
    lowlands, uplands = await service.ask("lowlands flood"), await service.ask("uplands flood")

    assert (lowlands.request, lowlands.suggestions) == (PositionRequest("lowlands", "water"), ())
    assert {uplands.request, *uplands.suggestions} == {
        PositionRequest("uplands", "water"),
        PositionRequest("uplands", "dam"),
    }
    assert uplands.kind is AnswerKind.STANCE


async def test_of_topics_that_are_equally_likely_and_not_recorded_one_is_offered(service: KnowledgeService) -> None:
    understood = await service.ask("highmoor flood")

    assert (understood.kind, understood.parties, understood.request) == (AnswerKind.SUGGESTIONS, ("highmoor",), None)
    assert understood.suggestions[0] == PartyRequest("highmoor")


@pytest.mark.parametrize("text", ["uplands fish soup", "a recipe for the dam", "the zebra of the uplands is a giraffe"])
async def test_another_subject_gets_neither_answer_nor_suggestions(service: KnowledgeService, text: str) -> None:
    assert await service.ask(text) == Interpretation(AnswerKind.NONE)


async def test_asking_writes_nothing(service: KnowledgeService) -> None:
    for text in ("zebra crossing", "lowlands dam", "uplnads water"):
        await service.ask(text)

    assert await service.gaps() == []


@EXAMPLES
@given(text=questions)
async def test_any_text_is_understood_alike_twice_and_can_be_answered(text: str) -> None:
    service = service_on(MemoryStorage())
    understood = await service.ask(text)

    assert understood == await service.ask(text)
    assert 0 <= understood.score <= 100
    for request in [understood.request, *understood.suggestions]:
        if request is not None:
            await service.answer(request)


async def test_every_request_that_is_offered_can_be_answered(service: KnowledgeService) -> None:
    for text in ("uplands water", "lowlands dam", "uplands lowlands water", "what happened", "water dam", "ada kern"):
        understood = await service.ask(text)
        offered = [understood.request, *understood.suggestions]
        answers = [await service.answer(request) for request in offered if request]

        assert any(entries_of(answer) for answer in answers), text


async def test_completion_knows_parties_topics_and_documents(service: KnowledgeService) -> None:
    naming = await service.naming()
    assert naming.complete(Slot.PARTY, "low")[0] == ("Lowlands", "lowlands")
    assert naming.complete(Slot.TOPIC, "stau") == [("Dam", "dam")]
    assert naming.complete(Slot.DOCUMENT, "treaty") == [("000 The Water Treaty", "000")]


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        (PositionRequest("uplands", "water"), "Uplands · Water"),
        (PartyRequest("guild"), "Millers' Guild"),
        (TopicRequest("dam"), "Dam"),
        (ComparisonRequest("dam", "uplands", "guild"), "Dam · Uplands · Millers' Guild"),
        (TimelineRequest("", "tolls"), "Tolls"),
        (ObstaclesRequest(), ""),
    ],
)
async def test_a_request_has_a_name_to_show(service: KnowledgeService, request_: Request, name: str) -> None:
    assert (await service.naming()).request_name(request_) == name
