"""The preview's own promises; what it looks like is tested in a browser (``tests/e2e/test_browser.py``)."""

import asyncio
import socket

import discord
import pytest

from bot.client import ParleyClient
from bot.house import Services
from bot.preview import PortTaken, serve
from bot.preview._simcord import missing_internals
from knowledge.storage import SqlStorage


def test_the_simulator_still_has_every_private_name_that_the_page_leans_on() -> None:
    assert missing_internals() == []


async def test_a_taken_port_is_told_before_the_bot_starts() -> None:
    client = discord.Client(intents=discord.Intents.none())
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as told:
            await serve(client, port=port, stop=asyncio.Event(), announce=lambda _: None)

    assert told.value.port == port
    assert not client.is_ready()


async def test_it_ends_when_it_is_told_to_and_closes_the_bot(services: Services, storage: SqlStorage) -> None:
    client = ParleyClient(services, storage, force_sync=True)
    stop, addresses = asyncio.Event(), list[str]()

    def announce(address: str) -> None:
        addresses.append(address)
        stop.set()

    await asyncio.wait_for(serve(client, port=0, stop=stop, announce=announce), timeout=20)

    assert addresses[0].startswith("http://127.0.0.1:")
    assert client.is_closed()
