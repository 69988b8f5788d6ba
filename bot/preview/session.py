"""One run of the preview, from the free port to the last closed door."""

import asyncio
import logging
import secrets
import socket
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Final

import discord
from aiohttp import web

from bot.preview import page, pump, welcome, world
from bot.preview.errors import PortTaken

HOST: Final = "127.0.0.1"
FIRST: Final = f"{world.SERVERS[0].key}/{world.CHANNELS[0].key}"  # what a visitor sees first, ready before they come
GRACE: Final = 0.5  # seconds each that open requests, the bot's close() and its tasks may take at the end

log = logging.getLogger(__name__)


async def run(client: discord.Client, *, port: int, stop: asyncio.Event, announce: Callable[[str], None]) -> None:
    """Do what ``bot.preview.serve`` promises; raises PortTaken."""
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(_listen(port))
        port = listener.getsockname()[1]
        place = world.build(client)
        await _start(place, client, stack)
        await place.page(world.PEOPLE[0].key, FIRST, port, stack)
        key = secrets.token_urlsafe(16)
        await _host(page.application(place, key, port, stack), listener, stack)
        announce(f"http://{HOST}:{port}/{key}/")
        await pump.run(place, stop)


def _listen(port: int) -> socket.socket:
    # Listening at once, not only binding, settles who has the port before the bot starts.
    try:
        return socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        raise PortTaken(port) from error


async def _start(place: world.World, client: discord.Client, stack: AsyncExitStack) -> None:
    stack.push_async_callback(_close, place, client)
    await place.env.start()
    await welcome.post(client)


async def _close(place: world.World, client: discord.Client) -> None:
    try:
        await _patiently(client.close())
    finally:
        place.env.settle_timeout = GRACE
        await _patiently(place.env.shutdown())


async def _patiently(work: Awaitable[None]) -> None:
    try:
        await asyncio.wait_for(work, GRACE + 0.1)
    except TimeoutError:
        log.warning("the bot was still busy when the preview closed")


async def _host(app: web.Application, listener: socket.socket, stack: AsyncExitStack) -> None:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE)
    stack.push_async_callback(runner.cleanup)
    await runner.setup()
    await web.SockSite(runner, listener).start()
