"""How a batch of changes is told: in one message, which says how many more there are."""

from datetime import UTC, datetime

import pytest

from handlers.render.moderation.changes import render_changes
from handlers.render.paging import pages
from knowledge.model import Action, Scope
from knowledge.moderation.model import Change, Subject


def change(position: int, claim: str) -> Change:
    """An entry added in a batch that begins at 1."""
    now = datetime(2026, 11, 18, tzinfo=UTC)
    after = {"id": f"s-{position}", "claim": claim, "contested": claim}
    return Change(Scope(1), position, 1, Subject.ENTRY, f"s-{position}", Action.ADD, "ed-1", now, after=after)


@pytest.mark.parametrize("claim", ["Short.", "word " * 56, "*" * 280])
@pytest.mark.parametrize("length", [2, 9, 2_000])
def test_the_first_page_says_how_many_changes_it_does_not_show(length: int, claim: str) -> None:
    text = "\n".join(pages(render_changes([change(n + 1, claim) for n in range(length)], {}))[0].texts)
    shown = text.count("· added")

    assert 0 < shown <= length
    assert (f"and {length - shown:,} further change" in text) == (shown < length)
