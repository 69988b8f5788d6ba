"""Pure: an answer becomes a card, a card becomes pages. All wording, all escaping and all limits live here."""

from collections.abc import Callable
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
from handlers.render.overviews import render_comparison, render_profile, render_topic
from handlers.render.positions import render_evidence, render_history, render_position
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
    answers.About: render_about,
}


def render(answer: answers.Answer) -> Card:
    """The card of any answer."""
    return _RENDERERS[type(answer)](answer)
