"""A position, what it rests on, and how it came about."""

import pytest

from knowledge.answers import Evidence, History, Position, entries_of
from knowledge.errors import AmbiguousName, DateNotUnderstood, Slot, UnknownName
from knowledge.model import BASE, Action, Scope
from knowledge.requests import EvidenceRequest, HistoryRequest, PositionRequest
from knowledge.service import KnowledgeService
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import LETTER, MONDAY, OTHER_SERVER, SERVER, TREATY, service_on
from tests.knowledge.service.conftest import IN_LETTER


async def position(service: KnowledgeService, party: str, topic: str, as_of: str = "", scope: Scope = BASE) -> Position:
    """The answer to one request."""
    answer = await service.answer(PositionRequest(party, topic, as_of), scope)
    assert isinstance(answer, Position)
    return answer


def ids(answer: Position) -> list[str]:
    """The ids of its claims."""
    return [entry.id for entry in answer.claims]


async def test_a_position_has_its_preferred_claim_first(service: KnowledgeService) -> None:
    answer = await position(service, "uplands", "water")

    assert answer.is_recorded
    assert ids(answer) == ["up-wat-1", "up-wat-2"]
    assert answer.library == {"000": TREATY, "001": LETTER}
    assert (answer.as_of, answer.record_began, answer.other_topics, answer.other_parties) == (None, None, (), ())


@pytest.mark.parametrize(("party", "topic"), [("Ada Kern", "river"), ("OBERLAND", "watr"), ("uplnads", "the water")])
async def test_any_words_that_name_it_lead_to_it(service: KnowledgeService, party: str, topic: str) -> None:
    assert (await position(service, party, topic)).request == PositionRequest("uplands", "water")


async def test_what_a_party_does_on_a_topic_stands_beside_its_claims(service: KnowledgeService) -> None:
    answer = await position(service, "guild", "dam")

    assert answer.is_recorded
    assert ([entry.id for entry in answer.roles], answer.claims) == (["gui-ro-1"], [])
    assert [entry.id for entry in entries_of(answer)] == ["gui-ro-1"]


async def test_without_a_position_what_is_recorded_is_offered(service: KnowledgeService) -> None:
    answer = await position(service, "lowlands", "dam")

    assert not answer.is_recorded
    assert [topic.slug for topic in answer.other_topics] == ["water"]
    assert [party.slug for party in answer.other_parties] == ["guild", "uplands"]


async def test_another_servers_overlay_is_neither_shown_nor_offered(service: KnowledgeService) -> None:
    assert ids(await position(service, "lowlands", "tolls", scope=SERVER)) == ["ours"]
    for scope in (OTHER_SERVER, BASE):
        answer = await position(service, "lowlands", "tolls", scope=scope)
        assert not answer.is_recorded
        assert [topic.slug for topic in answer.other_topics] == ["water"]
        assert answer.other_parties == []


@pytest.mark.parametrize(
    ("as_of", "shown", "asked"),
    [
        ("2026-11-15", [], "recorded 2026-11-15"),
        ("2026-11-16", ["up-wat-1", "up-wat-2", "up-wat-10"], "recorded 2026-11-16"),
        ("Recorded 2026-11-17", ["up-wat-1", "up-wat-2"], "recorded 2026-11-17"),
        ("2026", ["up-wat-1", "up-wat-2"], "recorded 2026"),
        ("said 1870", [], "said 1870"),
        ("said 1871", ["up-wat-1"], "said 1871"),
        ("said 1872", ["up-wat-1", "up-wat-2"], "said 1872"),
    ],
)
async def test_a_position_as_of_a_date(service: KnowledgeService, as_of: str, shown: list[str], asked: str) -> None:
    answer = await position(service, "uplands", "water", as_of)

    assert ids(answer) == shown
    assert answer.request.as_of == str(answer.as_of) == asked
    assert answer.record_began == MONDAY


async def test_a_claim_that_had_ended_is_not_told_for_later(service: KnowledgeService) -> None:
    assert ids(await position(service, "uplands", "dam", "said 1869")) == ["up-dam-1"]
    assert ids(await position(service, "uplands", "dam", "said 1871")) == []


async def test_the_party_is_judged_before_the_topic_and_the_date(service: KnowledgeService) -> None:
    with pytest.raises(UnknownName) as caught:
        await position(service, "zebras", "xylophones", "someday")
    assert (caught.value.slot, caught.value.text) == (Slot.PARTY, "zebras")

    with pytest.raises(UnknownName) as caught:
        await position(service, "uplands", "xylophones", "someday")
    assert caught.value.slot is Slot.TOPIC

    with pytest.raises(DateNotUnderstood):
        await position(service, "uplands", "water", "someday")


async def test_a_name_of_two_parties_is_ambiguous(service: KnowledgeService) -> None:
    with pytest.raises(AmbiguousName) as caught:
        await position(service, "moor council", "water")

    assert caught.value.choices == ("highmoor", "lowmoor")


async def test_evidence_has_the_words_that_are_at_hand(service: KnowledgeService) -> None:
    answer = await service.answer(EvidenceRequest("Oberland", "river"))

    assert isinstance(answer, Evidence)
    assert answer.request == EvidenceRequest("uplands", "water")
    assert [entry.id for entry in answer.entries] == ["up-wat-1", "up-wat-2"]
    assert answer.excerpts == {IN_LETTER: "Two thirds are ours."}
    assert set(answer.library) == {"000", "001"}


async def test_evidence_of_nothing_is_empty(service: KnowledgeService) -> None:
    answer = await service.answer(EvidenceRequest("lowlands", "dam", "said 1871"))

    assert isinstance(answer, Evidence)
    assert (answer.entries, answer.excerpts, answer.library) == ([], {}, {})


async def test_history_tells_every_step_newest_first_also_of_what_was_retracted(service: KnowledgeService) -> None:
    answer = await service.answer(HistoryRequest("uplands", "water"))

    assert isinstance(answer, History)
    assert [(step.entry.id, step.action) for step in answer.revisions] == [
        ("up-wat-10", Action.RETRACT),
        ("up-wat-1", Action.ADD),
        ("up-wat-2", Action.ADD),
        ("up-wat-10", Action.ADD),
    ]


async def test_an_empty_store_has_no_position_and_nothing_to_offer(memory: MemoryStorage) -> None:
    answer = await position(service_on(memory), "uplands", "water", "2026")

    assert not answer.is_recorded
    assert (answer.other_topics, answer.other_parties, answer.record_began) == ([], [], None)
