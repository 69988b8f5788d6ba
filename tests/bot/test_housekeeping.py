"""What the bot sees to by itself, round by round."""

import asyncio
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.housekeeping import housekeeping
from knowledge.model import Scope
from knowledge.moderation.purging import KEPT, mark_left
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER


@dataclass
class Bot:
    """A bot that is asked at each round which servers it is in; the test answers."""

    asked: "asyncio.Queue[None]" = field(default_factory=asyncio.Queue)
    answers: "asyncio.Queue[Set[int] | Exception]" = field(default_factory=asyncio.Queue)
    now: datetime = MONDAY

    async def servers(self) -> Set[int]:
        """The answer, as soon as there is one."""
        self.asked.put_nowait(None)
        answer = await self.answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def round(self, answer: Set[int] | Exception) -> None:
        """One round, from the question to the next one."""
        self.answers.put_nowait(answer)
        await self.asked.get()


async def left(storage: MemoryStorage) -> set[Scope]:
    """The servers that are remembered as left."""
    async with storage.reading() as work:
        return set(await work.servers.left())


async def test_what_is_due_goes_at_once_and_then_round_by_round() -> None:
    storage, bot = MemoryStorage(), Bot()
    await mark_left(storage, lambda: MONDAY - KEPT, SERVER)
    await mark_left(storage, lambda: MONDAY, OTHER_SERVER)
    async with asyncio.timeout(5), housekeeping(storage, lambda: bot.now, bot.servers, pause=0):
        await bot.asked.get()
        assert await left(storage) == {SERVER, OTHER_SERVER}, "nothing goes before it is known who is back"
        await bot.round(set())
        assert await left(storage) == {OTHER_SERVER}
        bot.now += KEPT
        await bot.round(set())
        assert await left(storage) == set()


async def test_a_server_that_came_back_meanwhile_is_kept() -> None:
    storage, bot = MemoryStorage(), Bot()
    for scope in (SERVER, OTHER_SERVER):
        await mark_left(storage, lambda: MONDAY - KEPT, scope)
    async with storage.writing() as work:
        await work.gaps.note(SERVER, "weather", MONDAY)
        await work.gaps.note(OTHER_SERVER, "weather", MONDAY)
        await work.commit()
    async with asyncio.timeout(5), housekeeping(storage, lambda: bot.now, bot.servers, pause=0):
        await bot.asked.get()
        await bot.round({SERVER.id})

    async with storage.reading() as work:
        assert await work.servers.all() == [SERVER]
        assert await work.servers.left() == {}


async def test_an_error_ends_nothing_and_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    storage, bot = MemoryStorage(), Bot()
    await mark_left(storage, lambda: MONDAY - KEPT, SERVER)
    async with asyncio.timeout(5), housekeeping(storage, lambda: bot.now, bot.servers, pause=0):
        await bot.asked.get()
        await bot.round(OSError("the database is away"))
        await bot.round(set())

    assert await left(storage) == set()
    assert "servers.not_purged" in capsys.readouterr().out


async def test_it_ends_with_the_bot() -> None:
    bot = Bot()
    async with housekeeping(MemoryStorage(), lambda: bot.now, bot.servers):
        await bot.asked.get()
    others = asyncio.all_tasks() - {asyncio.current_task()}

    assert not others
