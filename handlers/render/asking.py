"""What is shown where a question did not lead to an answer: a guess as a guess, or an honest "I do not know"."""

from collections.abc import Callable

from handlers.custom_ids import Target
from handlers.render.card import Block, Card, Link
from handlers.render.text import echo
from knowledge.interpretation import Interpretation
from knowledge.requests import AboutRequest, Request


def render_interpretation(question: str, found: Interpretation, name_of: Callable[[Request], str]) -> Card:
    """The card for suggestions, or for a question that nothing here can answer."""
    if not found.suggestions:
        text = f"I have nothing on “{echo(question)}”. I know only what my sources say about one negotiation."
        return Card("I do not know", (Block(text),), links=(Link("What I can do", Target(AboutRequest())),))
    names = [name_of(request) for request in found.suggestions]
    is_pair = bool(found.parties and found.topics)
    text = (
        "There is **no recorded position** on exactly that."
        if is_pair
        else f"“{echo(question)}” can mean more than one thing."
    )
    lines = "\n".join(f"• {name}" for name in names)
    links = tuple(Link(name, Target(each)) for name, each in zip(names, found.suggestions, strict=True))
    return Card("Did you mean …", (Block(text), Block(lines, section="What is recorded")), links=links)
