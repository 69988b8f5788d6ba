"""The one error door: kind words for what people mistype, a number for what is our fault."""

import re
from typing import cast

import discord
import pytest
from discord import app_commands
from structlog.testing import capture_logs

from bot.client import ParleyClient
from handlers.custom_ids import Target, Verb
from handlers.desk import Desk
from handlers.errors import ALREADY_ANSWERED, UNKNOWN_INTERACTION, error_card
from handlers.views import desk_of
from knowledge.answers import Answer
from knowledge.errors import AmbiguousName, Slot, UnknownName
from knowledge.model import BASE, Scope
from knowledge.requests import ComparisonRequest, PositionRequest, Request
from knowledge.service import KnowledgeService
from tests.fakes.world import Person, Seen, World


class Failing(KnowledgeService):
    """A service that fails, or that is slow until told to go on."""

    def __init__(self, service: KnowledgeService, error: Exception) -> None:
        super().__init__(service._context)
        self._error = error

    async def answer(self, request: Request, scope: Scope = BASE) -> Answer:
        """Fails."""
        raise self._error


def name_of(slot: Slot, slug: str) -> str:
    """A slug as its own name."""
    return slug.title()


def fail_with(world: World, service: KnowledgeService, error: Exception) -> None:
    """From now on every answer fails."""
    bot = cast(ParleyClient, world.env.bot)
    bot.desk = Desk(Failing(service, error), bot.desk.moderation, bot.desk.briefings)


async def ask(person: Person) -> Seen:
    """Any question."""
    return await person.slash("position", party="russia", topic="nato")


async def test_a_fault_of_ours_gets_a_number_that_is_in_the_log_with_the_trace(
    world: World, service: KnowledgeService
) -> None:
    fail_with(world, service, RuntimeError("the disk is on fire"))
    with capture_logs() as lines:
        seen = await ask(world.mia)

    number = re.search(r"`([0-9a-f]{6})`", seen.text)
    logged = next(line for line in lines if line["event"] == "error.unexpected")
    assert seen.ephemeral
    assert number is not None
    assert number.group(1) == logged["error_id"]
    assert "on fire" not in seen.text
    assert isinstance(logged["exc_info"], RuntimeError)


async def test_buttons_have_the_same_door(world: World, service: KnowledgeService) -> None:
    position = await ask(world.mia)
    fail_with(world, service, RuntimeError("again"))
    with capture_logs() as lines:
        seen = await world.mia.click(position, "History")

    assert "Something went wrong on my side" in seen.text
    assert [line["event"] for line in lines] == ["error.unexpected"]


async def test_autocomplete_that_fails_offers_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: discord.Interaction) -> Desk:
        raise RuntimeError("no desk")

    monkeypatch.setattr("handlers.completion.desk_of", broken)
    with capture_logs() as lines:
        offered = await world.mia.typing("position", "party", "r")

    assert offered == []
    assert [line["event"] for line in lines] == ["autocomplete.failed"]
    assert desk_of is not broken


@pytest.mark.parametrize(("status", "code"), [(404, UNKNOWN_INTERACTION), (400, ALREADY_ANSWERED)])
async def test_nobody_is_told_of_an_interaction_that_is_gone(status: int, code: int, world: World) -> None:
    """Expired, or answered by another process: of a command, a click and a form."""
    seen = await world.mia.slash("position", party="russia", topic="security")
    form = await world.mia.opens("suggest", party="russia", topic="territory")
    with capture_logs() as lines:
        for work in (
            world.mia.slash("about"),
            world.mia.click(seen, seen.buttons[0]),
            world.mia.sends(
                form, act="demand", claim="So it is.", sources="Talks | https://example.org/talks | 2025-06-02"
            ),
        ):
            world.env.inject_error("POST", "/interactions/*/callback", status=status, code=code)
            with pytest.raises(AssertionError):
                await work

    assert [line["event"] for line in lines if line["event"] == "interaction.gone"] == ["interaction.gone"] * 3
    assert [line["event"] for line in lines if line["log_level"] not in ("debug", "info")] == []


def test_an_unknown_word_offers_the_same_request_with_the_word_replaced() -> None:
    request = ComparisonRequest("nato", "rusia", "china")
    card = error_card(UnknownName(Slot.PARTY, "rusia", ("russia", "turkey")), request, name_of)

    assert "I know no party called “rusia”. Did you mean one of these?" in card.blocks[0].text
    assert [link.label for link in card.links] == ["Russia", "Turkey"]
    assert card.links[0].target == Target(ComparisonRequest("nato", "russia", "china"), Verb.TURN)


def test_an_ambiguous_word_asks_which_one() -> None:
    request = PositionRequest("russia", "aid")
    card = error_card(AmbiguousName(Slot.TOPIC, "aid", ("military-aid", "humanitarian")), request, name_of)

    assert "“aid” can mean several things. Which one?" in card.blocks[0].text
    assert len(card.links) == 2


def test_without_a_request_nothing_is_offered_that_would_not_work() -> None:
    card = error_card(UnknownName(Slot.PARTY, "rusia", ("russia",)), None, name_of)

    assert card.links == ()
    assert card.blocks[0].text == "I know no party called “rusia”."


def test_a_refusal_names_the_permission_that_is_needed() -> None:
    card = error_card(app_commands.MissingPermissions(["manage_guild"]), None, name_of)

    assert "you need the permission to manage server here" in card.blocks[0].text
