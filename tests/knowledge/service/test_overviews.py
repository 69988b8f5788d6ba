"""Several positions at once."""

import pytest

from knowledge.answers import Comparison, PartyProfile, TopicOverview, entries_of
from knowledge.errors import UnknownName
from knowledge.model import BASE, Scope
from knowledge.requests import ComparisonRequest, PartyRequest, TopicRequest
from knowledge.service import KnowledgeService
from tests.knowledge.samples import OTHER_SERVER, SERVER


async def compare(service: KnowledgeService, topic: str, *parties: str) -> Comparison:
    """The answer to one request."""
    answer = await service.answer(ComparisonRequest(topic, *parties))
    assert isinstance(answer, Comparison)
    return answer


async def profile(service: KnowledgeService, name: str, scope: Scope = BASE) -> PartyProfile:
    """The answer to one request."""
    answer = await service.answer(PartyRequest(name), scope)
    assert isinstance(answer, PartyProfile)
    return answer


async def overview(service: KnowledgeService, name: str, scope: Scope = BASE) -> TopicOverview:
    """The answer to one request."""
    answer = await service.answer(TopicRequest(name), scope)
    assert isinstance(answer, TopicOverview)
    return answer


@pytest.mark.parametrize(
    ("named", "compared"),
    [
        ([], ["uplands", "lowlands"]),
        (["lowlands"], ["lowlands", "uplands"]),
        (["guild"], ["guild", "uplands"]),
        (["guild", "lowlands"], ["guild", "lowlands"]),
        (["guild", "lowlands", "Ada Kern"], ["guild", "lowlands", "uplands"]),
        (["uplands", "Oberland"], ["uplands", "lowlands"]),
        (["", "guild"], ["guild", "uplands"]),
    ],
)
async def test_missing_parties_are_filled_up_to_two_with_the_principal_ones(
    service: KnowledgeService, named: list[str], compared: list[str]
) -> None:
    answer = await compare(service, "river", *named)

    assert [side.party.slug for side in answer.sides] == compared
    assert answer.request == ComparisonRequest("water", *compared)


async def test_a_comparison_has_the_claims_of_each_side_and_their_sources(service: KnowledgeService) -> None:
    answer = await compare(service, "water")

    assert [[entry.id for entry in side.claims] for side in answer.sides] == [["up-wat-1", "up-wat-2"], ["low-wat-1"]]
    assert set(answer.library) == {"000", "001"}


@pytest.mark.parametrize(
    ("topic", "parties", "questions"),
    [
        ("water", ["uplands", "lowlands"], ["how much water"]),
        ("water", ["uplands", "guild"], ["who measures"]),
        ("water", ["lowlands", "guild"], []),
        ("water", ["uplands", "lowlands", "guild"], ["how much water", "who measures"]),
        ("dam", ["uplands", "lowlands"], []),
    ],
)
async def test_points_are_shown_where_two_of_their_claims_meet(
    service: KnowledgeService, topic: str, parties: list[str], questions: list[str]
) -> None:
    assert [point.question for point in (await compare(service, topic, *parties)).points] == questions


async def test_a_side_without_claims_is_shown_as_empty(service: KnowledgeService) -> None:
    answer = await compare(service, "dam")

    assert [[entry.id for entry in side.claims] for side in answer.sides] == [["up-dam-1"], []]


async def test_a_profile_has_people_roles_and_positions_by_topic(service: KnowledgeService) -> None:
    answer = await profile(service, "Ada Kern")

    assert answer.request == PartyRequest("uplands")
    assert [person.name for person in answer.people] == ["Ada Kern"]
    assert [(topic.slug, [entry.id for entry in claims]) for topic, claims in answer.positions] == [
        ("water", ["up-wat-1", "up-wat-2"]),
        ("dam", ["up-dam-1"]),
    ]
    assert [entry.id for entry in (await profile(service, "guild")).roles] == ["gui-ro-1"]


async def test_a_profile_of_a_party_without_entries_is_empty(service: KnowledgeService) -> None:
    answer = await profile(service, "highmoor")

    assert (answer.people, answer.roles, answer.positions) == ([], [], [])


async def test_an_overview_has_who_speaks_and_who_is_silent(service: KnowledgeService) -> None:
    answer = await overview(service, "Staudamm")

    assert answer.request == TopicRequest("dam")
    assert [side.party.slug for side in answer.sides] == ["guild", "uplands"]
    assert [party.slug for party in answer.silent] == ["lowlands", "highmoor", "lowmoor"]
    assert [entry.id for entry in entries_of(answer)] == ["gui-ro-1", "up-dam-1"]


async def test_an_overlay_shows_in_its_server_alone(service: KnowledgeService) -> None:
    assert [side.party.slug for side in (await overview(service, "tolls", SERVER)).sides] == ["lowlands"]
    assert (await overview(service, "tolls", OTHER_SERVER)).sides == []
    assert len((await profile(service, "lowlands", SERVER)).positions) == 2
    assert len((await profile(service, "lowlands", OTHER_SERVER)).positions) == 1


async def test_an_unknown_topic_comes_with_suggestions(service: KnowledgeService) -> None:
    with pytest.raises(UnknownName) as caught:
        await compare(service, "waterworks")

    assert caught.value.suggestions[0] == "water"
