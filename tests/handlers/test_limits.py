"""Whatever is answered, every message keeps Discord's limits, and nothing is left out."""

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings

from handlers.custom_ids import decode
from handlers.render import render
from handlers.render.card import Block, Card
from handlers.render.layout import PageView
from handlers.render.paging import pages
from knowledge.answers import Answer
from tests.fakes.answers import ANSWERS

SOME = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def components(view: PageView) -> Iterator[dict[str, Any]]:
    """Every component of a message, as it is sent."""
    waiting: list[dict[str, Any]] = view.to_components()  # type: ignore[no-untyped-call]  # discord.py left it so
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(part.get("components", []))


@SOME
@given(ANSWERS)
async def test_every_page_keeps_every_limit_of_discord(answer: Answer) -> None:
    for page in pages(render(answer), shared_by="Shared by " + "x" * 32):
        parts = list(components(PageView(page)))
        texts = [part["content"] for part in parts if part["type"] == 10]
        assert sum(map(len, texts)) <= 4000
        assert all(texts)
        assert len(parts) <= 40
        assert all(len(part["components"]) <= 5 for part in parts if part["type"] == 1)
        assert all(1 <= len(part["label"]) <= 80 for part in parts if part["type"] == 2)


@SOME
@given(ANSWERS)
async def test_every_control_keeps_its_limits_and_leads_somewhere(answer: Answer) -> None:
    for page in pages(render(answer)):
        parts = list(components(PageView(page)))
        targets = [part["custom_id"] for part in parts if part["type"] == 2]
        for menu in (part for part in parts if part["type"] == 3):
            assert 1 <= len(menu["options"]) <= 25
            assert len(menu["placeholder"]) <= 150
            assert all(1 <= len(option["label"]) <= 100 for option in menu["options"])
            targets += [option["value"] for option in menu["options"]]
        assert all(len(target) <= 100 and decode(target) for target in targets)
        ids = [part["custom_id"] for part in parts if "custom_id" in part]
        assert len(ids) == len(set(ids))


@SOME
@given(ANSWERS)
def test_no_claim_is_cut_silently(answer: Answer) -> None:
    card = render(answer)
    told = _bare("".join(text for page in pages(card) for text in page.texts))

    assert all(_bare(word) in told for block in card.blocks for word in block.text.split())


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


async def test_many_short_sections_are_spread_over_pages() -> None:
    card = Card("Many", tuple(Block("x", section=f"Section {number}") for number in range(60)))

    for page in pages(card):
        assert len(list(components(PageView(page)))) <= 40
