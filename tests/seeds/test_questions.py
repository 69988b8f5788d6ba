"""The sample questions, asked of the service over the shipped base."""

import json
from typing import Any

import pytest

from knowledge.answers import entries_of
from knowledge.interpretation import AnswerKind, Interpretation
from knowledge.service import KnowledgeService
from tests.paths import QUESTIONS, needs

Row = dict[str, Any]


def rows(*categories: str) -> list[Any]:
    """The questions of these categories, each with its id; none where the file is missing."""
    if not QUESTIONS.exists():
        return []
    read = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [pytest.param(row, id=row["id"]) for row in read if row["category"] in categories]


def is_accepted(understood: Interpretation, accepted: Row) -> bool:
    """Whether an answer is one of those that a question accepts."""
    parties, topics = set(understood.parties), set(understood.topics)
    if understood.kind.value != accepted["kind"]:
        return False
    if understood.kind in {AnswerKind.SUGGESTIONS, AnswerKind.NONE}:
        return set(accepted["parties"]) in (set(), parties) and set(accepted["topics"]) in (set(), topics)
    return (parties, topics) == (set(accepted["parties"]), set(accepted["topics"]))


@needs(QUESTIONS)
@pytest.mark.parametrize("row", rows("canonical"))
async def test_a_canonical_question_gets_the_position_it_asks_for(service: KnowledgeService, row: Row) -> None:
    understood = await service.ask(row["q"])

    assert any(is_accepted(understood, each) for each in row["accept"]), understood
    assert understood.request is not None
    assert entries_of(await service.answer(understood.request))


@needs(QUESTIONS)
@pytest.mark.parametrize("row", rows("not_recorded"))
async def test_a_question_about_what_is_not_recorded_gets_no_claim(service: KnowledgeService, row: Row) -> None:
    understood = await service.ask(row["q"])

    assert any(is_accepted(understood, each) for each in row["accept"]), understood
    assert understood.request is None
