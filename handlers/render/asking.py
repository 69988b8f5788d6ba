"""What is shown for a question in any words: a guess as a guess, or an honest "I do not know"."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from handlers.custom_ids import Target
from handlers.render.card import Block, Card, Link
from handlers.render.text import count, echo, safe
from knowledge.interpretation import Interpretation
from knowledge.requests import AboutRequest, ObstaclesRequest, ProposalsRequest, Request, TimelineRequest
from knowledge.service.gaps import NearGap

MOST_OFFERED = 5
"""More choices than a row of buttons are no help."""

NameOf = Callable[[Request], str]
GENERAL: dict[type[Any], str] = {
    TimelineRequest: "What happened",
    ObstaclesRequest: "What blocks a settlement",
    ProposalsRequest: "Ways out",
}


def render_guess(card: Card, found: Interpretation, name_of: NameOf) -> Card:
    """The card of an answer, saying what was read as what, with the runners-up as buttons."""
    words = ", ".join(f"“{echo(typed)}” as “{safe(meant)}”" for typed, meant in found.read_as)
    lead = [f"-# I read {words}." if words else "", "-# This is my best guess at what you asked." * found.is_guess]
    links = (*card.links, *_links(found, name_of))
    return replace(card, lead="\n".join(filter(None, [*lead, card.lead])), links=links)


def render_unanswered(question: str, found: Interpretation, name_of: NameOf) -> Card:
    """The card for suggestions, or for a question that nothing here can answer."""
    if not found.suggestions:
        text = f"I have nothing on “{echo(question)}”. I know only what my sources say about one negotiation."
        return Card("I do not know", (Block(text),), links=(Link("What I can do", Target(AboutRequest())),))
    text = f"“{echo(question)}” can mean more than one thing. Did you mean one of these?"
    if len(found.parties) == 1 and found.topics:
        text = "There is **no recorded position** on exactly that. This is recorded:"
    lines = "\n".join(f"• {safe(named(name_of)(each))}" for each in found.suggestions[:MOST_OFFERED])
    return Card("Not quite", (Block(text), Block(lines)), links=_links(found, name_of))


def render_gaps(gaps: Sequence[NearGap]) -> Card:
    """What was asked and not found, the most frequent first, with what is most like it."""
    blocks = [
        Block(
            f"• “{echo(each.gap.text, 80)}” — {count(each.gap.times, 'time')}, last {each.gap.last_asked:%Y-%m-%d}; "
            f"nearest: {safe(each.nearest or 'nothing')}"
        )
        for each in gaps
    ]
    return Card(
        "Asked and not found",
        tuple(blocks) or (Block("Nothing in the last 30 days."),),
        lead="-# The most frequent of the last 30 days, in plain words; who asked is not kept.",
    )


def named(name_of: NameOf) -> NameOf:
    """Names for all requests, also those that are about no party or topic."""
    return lambda request: name_of(request) or GENERAL.get(type(request), "More")


def _links(found: Interpretation, name_of: NameOf) -> tuple[Link, ...]:
    return tuple(Link(named(name_of)(each), Target(each)) for each in found.suggestions[:MOST_OFFERED])
