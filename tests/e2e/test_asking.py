"""Questions in any words, in all the ways in which people ask them."""

import pytest
from structlog.testing import capture_logs

from handlers.desk import Desk
from handlers.render.card import Card
from tests.fakes.world import World

CRIMEA = "## Russia · Territory"


async def test_ask_answers_a_question_in_any_words_for_who_asked(world: World) -> None:
    seen = await world.mia.slash("ask", question="hey bot, what does putin want on crimea?")

    assert seen.ephemeral
    assert seen.text.startswith(CRIMEA)


async def test_a_mention_is_answered_in_the_channel(world: World) -> None:
    seen = await world.mia.say(f"{world.mention} what does putin want on crimea?")

    assert seen is not None
    assert seen.text.startswith(CRIMEA)


async def test_what_is_not_said_to_the_bot_is_not_answered(world: World) -> None:
    assert await world.mia.say("what does putin want on crimea?") is None
    assert await world.mia.say(world.mention) is None


async def test_a_dm_needs_no_mention(world: World) -> None:
    seen = await world.in_dm("eve").say("чого хоче путін щодо криму")

    assert seen is not None
    assert seen.text.startswith(CRIMEA)


async def test_a_right_clicked_message_is_read_as_a_question(world: World) -> None:
    seen = await world.mia.right_click("I wonder what Ankara says about mediating", "Where do they stand?")

    assert seen.ephemeral
    assert seen.text.startswith("## Turkey · Mediation")


async def test_a_slip_is_shown(world: World) -> None:
    seen = await world.mia.slash("ask", question="kremiln neutralty")

    assert "-# I read “kremiln” as “kremlin”, “neutralty” as “neutrality”." in seen.text


async def test_a_pair_without_a_position_offers_buttons_that_work(world: World) -> None:
    asked = await world.mia.slash("ask", question="turkey on nato membership")
    assert "**no recorded position**" in asked.text
    seen = await world.mia.click(asked, "Turkey")

    assert seen.text.startswith("## Turkey")


@pytest.mark.parametrize("question", ["turkey recipe for thanksgiving", "security update for my laptop", "lol"])
async def test_another_subject_gets_an_honest_i_do_not_know(world: World, question: str) -> None:
    seen = await world.mia.slash("ask", question=question)

    assert seen.text.startswith("## I do not know")


async def test_moderators_see_what_was_not_understood_without_who_asked(world: World) -> None:
    for _ in range(2):
        await world.mia.slash("ask", question="What of the Zanzibar clause?")
    seen = await world.moderator.slash("gaps")

    assert "“what of the zanzibar clause” — 2 times" in seen.text
    assert "mia" not in seen.text


async def test_a_fault_of_ours_is_told_to_who_mentioned_the_bot(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> Card:
        raise RuntimeError("no index")

    monkeypatch.setattr(Desk, "card_for", broken)
    with capture_logs() as lines:
        seen = await world.mia.say(f"{world.mention} putin crimea")

    assert seen is not None
    assert "Something went wrong on my side" in seen.text
    assert lines[0]["error_id"] in seen.text


async def test_members_are_told_that_gaps_are_for_moderators(world: World) -> None:
    with pytest.raises(Exception, match="gaps"):
        await world.mia.slash("gaps")
