"""Events, obstacles, proposals, sources, and what the whole is."""

import pytest

from knowledge.answers import About, Answer, Obstacles, Proposals, SourceDetail, Sources, Timeline, entries_of
from knowledge.errors import Slot, UnknownName
from knowledge.model import BASE, Scope
from knowledge.requests import AboutRequest, ObstaclesRequest, ProposalsRequest, SourcesRequest, TimelineRequest
from knowledge.service import KnowledgeService
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import LETTER, MONDAY, OTHER_SERVER, SERVER, TREATY, TUESDAY, service_on


def ids(answer: Answer) -> list[str]:
    """The ids of what is told."""
    return [entry.id for entry in entries_of(answer)]


async def about(service: KnowledgeService, scope: Scope = BASE) -> About:
    """What the whole is."""
    answer = await service.answer(AboutRequest(), scope)
    assert isinstance(answer, About)
    return answer


async def test_the_timeline_goes_by_order_then_by_date_and_ends_with_what_has_neither(
    service: KnowledgeService,
) -> None:
    assert ids(await service.answer(TimelineRequest())) == ["ev-3", "ev-2", "ev-5", "ev-1", "ev-4"]


@pytest.mark.parametrize(
    ("request_", "shown"),
    [
        (TimelineRequest(party="Ada Kern"), ["ev-3", "ev-2"]),
        (TimelineRequest(party="guild"), ["ev-2"]),
        (TimelineRequest(topic="river"), ["ev-1"]),
        (TimelineRequest(party="uplands", topic="dam"), ["ev-2"]),
        (TimelineRequest(party="lowlands"), []),
    ],
)
async def test_a_timeline_of_a_party_has_what_it_did_and_was_involved_in(
    service: KnowledgeService, request_: TimelineRequest, shown: list[str]
) -> None:
    assert ids(await service.answer(request_)) == shown


async def test_a_timeline_carries_its_request_with_slugs(service: KnowledgeService) -> None:
    answer = await service.answer(TimelineRequest("Oberland", "reservoir"))

    assert isinstance(answer, Timeline)
    assert answer.request == TimelineRequest("uplands", "dam")
    assert (answer.party and answer.party.name, answer.topic and answer.topic.name) == ("Uplands", "Dam")


async def test_obstacles_and_proposals_are_listed_with_the_topics(service: KnowledgeService) -> None:
    obstacles = await service.answer(ObstaclesRequest())
    proposals = await service.answer(ProposalsRequest())

    assert isinstance(obstacles, Obstacles)
    assert isinstance(proposals, Proposals)
    assert (ids(obstacles), ids(proposals)) == (["ob-1"], ["pr-1"])
    assert [topic.slug for topic in obstacles.topics] == ["water", "dam", "tolls", "guild"]
    assert obstacles.library == {"000": TREATY}


async def test_sources_are_listed_with_how_many_entries_cite_each(service: KnowledgeService) -> None:
    answer = await service.answer(SourcesRequest())

    assert isinstance(answer, Sources)
    assert answer.documents == [(TREATY, 12), (LETTER, 2)]


@pytest.mark.parametrize("asked", ["001", "1", "letter from the upper valley"])
async def test_a_source_has_what_was_taken_from_it(service: KnowledgeService, asked: str) -> None:
    answer = await service.answer(SourcesRequest(asked))

    assert isinstance(answer, SourceDetail)
    assert (answer.request, answer.document) == (SourcesRequest("001"), LETTER)
    assert ids(answer) == ["low-wat-1", "up-wat-2"]


async def test_an_unknown_source_is_refused(service: KnowledgeService) -> None:
    with pytest.raises(UnknownName) as caught:
        await service.answer(SourcesRequest("a newspaper"))

    assert caught.value.slot is Slot.DOCUMENT


async def test_about_counts_what_stands_by_kind_and_tells_the_last_change(service: KnowledgeService) -> None:
    answer = await about(service)

    assert answer.claims == 13
    assert answer.by_kind == {"stance": 5, "event": 5, "obstacle": 1, "proposal": 1, "role": 1, "development": 0}
    assert answer.documents == [TREATY, LETTER]
    assert answer.changed_at == TUESDAY


async def test_about_counts_an_overlay_in_its_server_alone(service: KnowledgeService) -> None:
    assert [(await about(service, scope)).claims for scope in (SERVER, OTHER_SERVER, BASE)] == [14, 13, 13]


async def test_an_overlay_is_no_change_elsewhere(memory: MemoryStorage, service: KnowledgeService) -> None:
    memory.tables.revisions = [each for each in memory.tables.revisions if each.number == 1]

    assert (await about(service, SERVER)).changed_at == TUESDAY
    assert (await about(service, OTHER_SERVER)).changed_at == MONDAY


async def test_an_empty_knowledge_base_has_no_claims_and_no_change(memory: MemoryStorage) -> None:
    answer = await about(service_on(memory))

    assert (answer.claims, answer.changed_at, set(answer.by_kind.values())) == (0, None, {0})


async def test_an_export_has_all_entries_also_those_that_no_longer_stand(service: KnowledgeService) -> None:
    exported = [entry.id for entry in await service.export()]

    assert len(exported) == 14
    assert exported[-3:] == ["pr-1", "up-wat-2", "up-wat-10"]
    assert "ours" in {entry.id for entry in await service.export(SERVER)}
