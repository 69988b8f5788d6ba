"""``parley ask``: the same service and renderer as on Discord, in the terminal."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from bot import terminal
from bot.house import open_house
from bot.settings import Settings
from handlers.render import render
from handlers.render.asking import render_interpretation
from knowledge.answers import entries_of
from knowledge.model import Entry
from knowledge.requests import PartyRequest, Request, TopicRequest
from knowledge.service import KnowledgeService


async def answer_one(settings: Settings, question: str, *, as_json: bool) -> None:
    """Prints the answer to a question."""
    async with open_house(settings) as house:
        if as_json:
            terminal.print_json(await _as_data(house.service, question))
            return
        found = await house.service.ask(question)
        card = render(await house.service.answer(found.request)) if found.request else None
        terminal.print_card(card or render_interpretation(question, found, house.service.request_name))


async def answer_batch(settings: Settings, questions: Iterable[str]) -> None:
    """Prints a JSON object for each question, in order."""
    async with open_house(settings) as house:
        for question in questions:
            terminal.print_json(await _as_data(house.service, question))


async def _as_data(service: KnowledgeService, question: str) -> dict[str, Any]:
    found = await service.ask(question)
    told: Iterable[Entry] = entries_of(await service.answer(found.request)) if found.request else ()
    return {
        "query": question,
        "answer": found.kind.value,
        "parties": list(found.parties),
        "topics": list(found.topics),
        "score": round(found.score, 1),
        "entries": [_entry(entry) for entry in told],
        "suggestions": [_suggestion(each) for each in found.suggestions],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "party": entry.party,
        "topic": entry.topic,
        "claim": entry.claim,
        "act": entry.act.value if entry.act else None,
        "stated_on": str(entry.stated_on) if entry.stated_on else None,
        "citations": [asdict(citation) for citation in entry.citations],
    }


def _suggestion(request: Request) -> dict[str, str]:
    kind = {PartyRequest: "party", TopicRequest: "topic"}.get(type(request), "stance")
    return {"answer": kind, **{key: value for key, value in asdict(request).items() if value}}
