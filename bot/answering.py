"""``parley ask``: the same service and renderer as on Discord, in the terminal."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from bot import terminal
from bot.house import open_house
from bot.settings import Settings
from handlers.render import render
from handlers.render.asking import render_gaps, render_guess, render_unanswered
from knowledge.answers import entries_of
from knowledge.interpretation import AnswerKind
from knowledge.matching.reading import Reading
from knowledge.model import Entry
from knowledge.requests import (
    ObstaclesRequest,
    PartyRequest,
    PositionRequest,
    ProposalsRequest,
    Request,
    TimelineRequest,
    TopicRequest,
)
from knowledge.service import KnowledgeService

_KINDS: dict[type[Any], AnswerKind] = {
    PositionRequest: AnswerKind.STANCE,
    PartyRequest: AnswerKind.PARTY,
    TopicRequest: AnswerKind.TOPIC,
    TimelineRequest: AnswerKind.EVENTS,
    ObstaclesRequest: AnswerKind.OBSTACLES,
    ProposalsRequest: AnswerKind.PROPOSALS,
}


async def answer_one(settings: Settings, question: str, *, as_json: bool) -> None:
    """Prints the answer to a question."""
    async with open_house(settings) as house:
        if as_json:
            terminal.print_json(await _as_data(house.service, question))
            return
        found, naming = await house.service.ask(question), await house.service.naming()
        if found.request is None:
            terminal.print_card(render_unanswered(question, found, naming.request_name))
        else:
            card = render(await house.service.answer(found.request))
            terminal.print_card(render_guess(card, found, naming.request_name))


async def explain_one(settings: Settings, question: str) -> None:
    """Prints what was recognised in a question, what was left over, and what was decided."""
    async with open_house(settings) as house:
        reading, found = house.service.explain(question), await house.service.ask(question)
        naming = await house.service.naming()
        rows = [
            ("parties", ", ".join(f"{each.slug} (asked {each.asked:+.1f})" for each in reading.mentions)),
            ("topics", ", ".join(f"{slug} ({weight:.1f})" for slug, weight in reading.topics.items())),
            ("intents", ", ".join(f"{slug} ({weight:.1f})" for slug, weight in reading.intents.items())),
            ("read as", ", ".join(f"{typed} -> {meant}" for typed, meant in reading.read_as)),
            ("unknown words", ", ".join(reading.unknown)),
            ("another subject", ", ".join(reading.foreign)),
            ("compares", "yes" if reading.compares else "no"),
            ("evidence", f"{reading.evidence:.1f} against {len(reading.unknown)} unknown of {reading.words} words"),
            ("margin", _margin(reading)),
            ("runners-up", ", ".join(map(naming.request_name, found.suggestions))),
            ("answer", f"{found.kind} {' '.join((*found.parties, *found.topics))} (score {found.score:.0f})"),
        ]
        terminal.print_table(rows)


async def list_gaps(settings: Settings) -> None:
    """Prints what was asked and not found, in all servers together."""
    async with open_house(settings) as house:
        terminal.print_card(render_gaps(await house.service.gaps()))


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


def _margin(reading: Reading) -> str:
    """How far the best topic is from the next one."""
    best, second = sorted([*reading.topics.values(), 0.0, 0.0], reverse=True)[:2]
    return f"{best - second:.1f} between the best topic and the next"


def _suggestion(request: Request) -> dict[str, str]:
    return {"answer": _KINDS[type(request)].value, **{key: value for key, value in asdict(request).items() if value}}
