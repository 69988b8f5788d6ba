"""The sample questions, and those that words are tuned on, asked of the service over the shipped base."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from knowledge.answers import entries_of
from knowledge.seeding import Seeds
from knowledge.service import KnowledgeService
from knowledge.service.asking import GUESSED
from knowledge.service.context import make_context
from tests.fakes.scoring import Row, is_right, rows
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import record_entries, still_clock
from tests.paths import QUESTIONS, ROOT, needs

FLOORS = {"tune": 0.99, "tune-more": 0.98, "tune-third": 0.96, "tune-fourth": 0.97}
"""Which share of the questions that words are tuned on must be answered right, by file: little less than is."""


def tuned(name: str) -> Path:
    """A file of questions that words are tuned on."""
    return ROOT / "tests" / "questions" / f"{name}.jsonl"


@pytest.fixture(scope="module")
def service(seeds: Seeds) -> KnowledgeService:
    """The service over the shipped base, in memory and for all questions: none of them changes it."""
    storage = MemoryStorage()
    asyncio.run(record_entries(storage, seeds.entries))
    return KnowledgeService(make_context(storage, seeds.taxonomy, seeds.documents, still_clock))


def params(*categories: str) -> list[Any]:
    """The sample questions of these categories, each with its id."""
    return [pytest.param(row, id=row["id"]) for row in rows(QUESTIONS, *categories)]


async def wrong(service: KnowledgeService, asked: list[Row]) -> list[str]:
    """The questions that are answered wrong, with what was understood."""
    answers = [(row, await service.ask(row["q"])) for row in asked]
    return [
        f"{row['id']} {row['q']!r}: {got.kind} {got.parties} {got.topics}"
        for row, got in answers
        if not is_right(got, row)
    ]


@needs(QUESTIONS)
@pytest.mark.parametrize("category", ["canonical", "alias", "person", "typo", "out_of_scope"])
async def test_of_the_plain_sample_questions_at_most_one_is_answered_wrong(
    service: KnowledgeService, category: str
) -> None:
    asked = list(rows(QUESTIONS, category))
    failures = await wrong(service, asked)

    assert asked
    assert len(failures) <= 1, "\n".join(failures)


@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(tuned(name))) for name in FLOORS])
async def test_nearly_all_questions_that_words_are_tuned_on_are_answered_right(
    service: KnowledgeService, name: str
) -> None:
    asked = list(rows(tuned(name)))
    failures = await wrong(service, asked)

    assert asked
    assert len(failures) <= (1 - FLOORS[name]) * len(asked), "\n".join([f"{len(failures)} wrong:", *failures])


@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(tuned(name))) for name in FLOORS])
async def test_no_question_about_something_else_that_words_are_tuned_on_gets_a_claim(
    service: KnowledgeService, name: str
) -> None:
    answers = [(row, await service.ask(row["q"])) for row in rows(tuned(name), "out_of_scope")]

    assert [row["q"] for row, understood in answers if understood.request is not None] == []


@pytest.mark.parametrize(
    ("text", "parties", "topics"),
    [
        ("nato, russia and ukraine on territory", ("nato", "russia", "ukraine"), ("territory",)),
        ("russia, ukraine and nato on sanctions", ("russia", "ukraine", "nato"), ("sanctions",)),
        ("russia and ukraine on nato", ("russia", "ukraine"), ("nato",)),
        ("ukraine joining nato", ("ukraine",), ("nato",)),
        ("russia nato", ("russia",), ("nato",)),
    ],
)
async def test_nato_is_a_party_in_a_list_of_parties_and_a_topic_elsewhere(
    service: KnowledgeService, text: str, parties: tuple[str, ...], topics: tuple[str, ...]
) -> None:
    understood = await service.ask(text)

    assert (understood.parties, understood.topics) == (parties, topics)


@pytest.mark.parametrize("text", ["ukraine preparations", "turkey meditation"])
async def test_what_a_phone_made_of_a_name_is_read_as_a_guess(service: KnowledgeService, text: str) -> None:
    understood = await service.ask(text)

    assert understood.request is not None
    assert understood.read_as
    assert understood.score <= GUESSED


@needs(QUESTIONS)
@pytest.mark.parametrize("row", params("canonical"))
async def test_a_canonical_question_leads_to_recorded_claims(service: KnowledgeService, row: Row) -> None:
    understood = await service.ask(row["q"])

    assert understood.request is not None
    assert entries_of(await service.answer(understood.request))


@needs(QUESTIONS)
@pytest.mark.parametrize("row", params("not_recorded"))
async def test_a_question_about_what_is_not_recorded_gets_no_claim(service: KnowledgeService, row: Row) -> None:
    understood = await service.ask(row["q"])

    assert is_right(understood, row), understood
    assert understood.request is None


@needs(QUESTIONS)
@pytest.mark.parametrize("row", params("out_of_scope"))
async def test_a_question_about_something_else_gets_no_claim(service: KnowledgeService, row: Row) -> None:
    assert (await service.ask(row["q"])).request is None
