"""The real bot in a simulated Discord, in a page of the local browser: no token, no network.

The simulator (simcord) is an optional dependency, so nothing here imports it before ``serve`` runs.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import discord

from bot.preview.errors import PortTaken, SimulatorMissing

__all__ = ["PortTaken", "SimulatorMissing", "serve"]


async def serve(client: discord.Client, *, port: int, stop: asyncio.Event, announce: Callable[[str], None]) -> None:
    """Run ``client`` in the simulated Discord until ``stop`` is set; returns once all is closed, ``client`` too.

    ``announce`` gets the address of the page, once, when it is ready. Port 0 takes any free port.
    Raises PortTaken before ``client`` is touched, SimulatorMissing without the ``preview`` extra, and whatever
    ``client.setup_hook`` raises.
    """
    try:
        with _quiet("discord.state"):  # importing simcord makes a client without intents, which discord.py warns about
            from bot.preview import session
    except ModuleNotFoundError as error:
        raise SimulatorMissing(error.name or "simcord") from error
    await session.run(client, port=port, stop=stop, announce=announce)


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
