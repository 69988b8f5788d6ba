"""Pure: an answer becomes a card, a card becomes pages. All wording, all escaping and all limits live here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from handlers.render.card import Card
from handlers.render.listings import (
    render_about,
    render_obstacles,
    render_proposals,
    render_source,
    render_sources,
    render_timeline,
)
from handlers.render.moderation.entries import render_entry, render_entry_diff, render_entry_history
from handlers.render.overviews import render_comparison, render_profile, render_topic
from handlers.render.positions import render_evidence, render_history, render_position
from handlers.render.text import echo, safe
from knowledge import answers

_RENDERERS: dict[type[Any], Callable[[Any], Card]] = {
    answers.Position: render_position,
    answers.Evidence: render_evidence,
    answers.History: render_history,
    answers.Comparison: render_comparison,
    answers.PartyProfile: render_profile,
    answers.TopicOverview: render_topic,
    answers.Timeline: render_timeline,
    answers.Obstacles: render_obstacles,
    answers.Proposals: render_proposals,
    answers.Sources: render_sources,
    answers.SourceDetail: render_source,
    answers.EntryDetail: render_entry,
    answers.EntryHistory: render_entry_history,
    answers.EntryDiff: render_entry_diff,
    answers.About: render_about,
}


def with_guesses(card: Card, guesses: Sequence[tuple[str, str]]) -> Card:
    """The card, saying which words were understood only by likeness: a guess is shown as a guess."""
    if not guesses:
        return card
    words = ", ".join(f"“{echo(typed)}” as {safe(name)}" for typed, name in guesses)
    return replace(card, lead="\n".join(filter(None, [f"-# I read {words}.", card.lead])))


def render(answer: answers.Answer) -> Card:
    """The card of any answer."""
    return _RENDERERS[type(answer)](answer)
