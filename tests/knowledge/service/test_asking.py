"""A question in any words: what it is understood to ask for."""

import pytest

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
from tests.knowledge.samples import SERVER


@pytest.mark.parametrize(
    ("text", "kind", "request_"),
    [
        ("What do the uplands say about the river?", AnswerKind.STANCE, PositionRequest("uplands", "water")),
        ("ada kern dam", AnswerKind.STANCE, PositionRequest("uplands", "dam")),
        ("guild dam", AnswerKind.STANCE, PositionRequest("guild", "dam")),
        ("uplands lowlands water", AnswerKind.COMPARISON, ComparisonRequest("water", "uplands", "lowlands")),
        (
            "lowlands, uplands and the guild on water",
            AnswerKind.COMPARISON,
            ComparisonRequest("water", "lowlands", "uplands", "guild"),
        ),
        ("uplands", AnswerKind.PARTY, PartyRequest("uplands")),
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

    assert understood.request == PositionRequest("uplands", "water")
    assert 75 <= understood.score < 100


async def test_every_request_that_is_offered_can_be_answered(service: KnowledgeService) -> None:
    for text in ("uplands water", "lowlands dam", "uplands lowlands water", "what happened", "water dam", "ada kern"):
        understood = await service.ask(text)
        offered = [understood.request, *understood.suggestions]
        answers = [await service.answer(request) for request in offered if request]

        assert any(entries_of(answer) for answer in answers), text


def test_completion_knows_parties_topics_and_documents(service: KnowledgeService) -> None:
    assert service.complete(Slot.PARTY, "low")[0] == ("Lowlands", "lowlands")
    assert service.complete(Slot.TOPIC, "stau") == [("Dam", "dam")]
    assert service.complete(Slot.DOCUMENT, "treaty") == [("000 The Water Treaty", "000")]


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
def test_a_request_has_a_name_to_show(service: KnowledgeService, request_: Request, name: str) -> None:
    assert service.request_name(request_) == name
