"""How begun work comes to its end when the bot stops."""

import asyncio

from bot.stopping import finish_work

COMMAND, CLICK, EVENT, OTHER = "CommandTree-invoker", "discord-ui-view-dispatch-1", "discord.py: on_message", "ours"


async def test_handlers_are_waited_for_and_so_is_what_they_begin() -> None:
    done: list[str] = []

    async def second() -> None:
        await asyncio.sleep(0)
        done.append("second")

    async def first() -> None:
        await asyncio.sleep(0)
        later.append(asyncio.create_task(second(), name=EVENT))
        done.append("first")

    later: list[asyncio.Task[None]] = []
    tasks = [asyncio.create_task(first(), name=name) for name in (COMMAND, CLICK)]
    await finish_work()
    assert all(task.done() for task in tasks)
    assert sorted(done) == ["first", "first", "second", "second"]


async def test_a_handler_that_hangs_is_cancelled_after_a_while() -> None:
    hanging = asyncio.create_task(asyncio.Event().wait(), name=COMMAND)
    await finish_work(patience=0.01)
    assert hanging.cancelled()


async def test_what_is_no_handler_is_left_alone() -> None:
    other = asyncio.create_task(asyncio.Event().wait(), name=OTHER)
    await asyncio.wait_for(finish_work(), 1)
    assert not other.done()
    other.cancel()
