"""A slow answer is announced before Discord gives up, and still arrives."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.house import Services
from handlers import desk
from handlers.custom_ids import Target, Verb
from handlers.desk import Desk
from handlers.render.layout import PageView
from knowledge.answers import Answer
from knowledge.model import BASE, Scope
from knowledge.requests import AboutRequest, Request
from knowledge.service import KnowledgeService


class Slow(KnowledgeService):
    """A service that answers only after Discord was told to wait."""

    def __init__(self, service: KnowledgeService, told: asyncio.Event) -> None:
        super().__init__(service._context)
        self._told = told

    async def answer(self, request: Request, scope: Scope = BASE) -> Answer:
        """Answers late."""
        await self._told.wait()
        return await super().answer(request, scope)


class Waiting:
    """An interaction that notes what is done with it; as much of discord.py's as the desk uses."""

    def __init__(self, *, ephemeral_message: bool = False) -> None:
        self.told = asyncio.Event()
        self.done: list[tuple[str, dict[str, Any]]] = []
        self.guild_id = None
        self.user = SimpleNamespace(display_name="mia")
        self.message = SimpleNamespace(flags=SimpleNamespace(ephemeral=ephemeral_message))
        self.response = SimpleNamespace(is_done=self.told.is_set, defer=self._defer)
        self.followup = SimpleNamespace(send=self._send)

    async def edit_original_response(self, *, view: PageView) -> None:
        """Notes the new content."""
        self.done.append(("edit", {"view": view}))

    async def _defer(self, **options: Any) -> None:
        self.done.append(("defer", options))
        self.told.set()

    async def _send(self, *, view: PageView, ephemeral: bool, files: list[discord.File]) -> None:
        self.done.append(("send", {"ephemeral": ephemeral, "view": view}))


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test need not wait as long as people do."""
    monkeypatch.setattr(desk, "PATIENCE", 0.01)


async def follow(services: Services, verb: Verb, interaction: Waiting) -> list[tuple[str, dict[str, Any]]]:
    """What is done with a click whose answer is slow."""
    slow = Desk(Slow(services.knowledge, interaction.told), services.moderation, services.briefings)
    await slow.follow(cast(discord.Interaction, interaction), Target(AboutRequest(), verb))
    return interaction.done


async def test_a_slow_answer_is_announced_and_follows_for_who_asked(services: Services) -> None:
    announced, sent = await follow(services, Verb.OPEN, Waiting())

    assert announced == ("defer", {"ephemeral": True, "thinking": True})
    assert sent[0] == "send"
    assert sent[1]["ephemeral"] is True


async def test_a_slow_answer_that_is_shared_is_announced_for_everyone(services: Services) -> None:
    announced, sent = await follow(services, Verb.SHARE, Waiting())

    assert announced == ("defer", {"ephemeral": False, "thinking": True})
    assert sent[1]["ephemeral"] is False


async def test_a_slow_page_replaces_the_one_before(services: Services) -> None:
    announced, edited = await follow(services, Verb.TURN, Waiting(ephemeral_message=True))

    assert announced == ("defer", {})
    assert edited[0] == "edit"
