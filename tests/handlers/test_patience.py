"""A slow answer is announced before Discord gives up, and still arrives."""

import pytest

from handlers import desk
from tests.fakes.world import World


DEFERRED, EPHEMERAL = 5, 64


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer is slower than this."""
    monkeypatch.setattr(desk, "PATIENCE", 0)


async def test_a_slow_answer_is_deferred_and_arrives(world: World) -> None:
    seen = await world.mia.slash("about")

    told = [each.json for each in world.requests if each.path.endswith("/callback")]
    assert [(each["type"], each["data"]["flags"]) for each in told if each] == [(DEFERRED, EPHEMERAL)]
    assert seen.ephemeral
    assert seen.text.startswith("## About Parley")


async def test_a_slow_page_is_turned_in_place(world: World) -> None:
    first = await world.mia.slash("position", party="russia", topic="territory")
    await world.mia.click(first, "Next ▶")

    assert "Page 2 of" in first.text


async def test_a_slow_answer_is_shared_for_everyone(world: World) -> None:
    first = await world.mia.slash("about")
    before = world.public_messages
    await world.mia.click(first, "Share")

    assert world.public_messages == before + 1


async def test_an_error_after_a_slow_start_still_reaches_only_who_asked(world: World) -> None:
    seen = await world.mia.slash("position", party="xqzzy", topic="nato")

    assert seen.ephemeral
    assert "I know no party called “xqzzy”." in seen.text
