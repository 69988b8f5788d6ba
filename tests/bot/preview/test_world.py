"""Who sees what in the simulated Discord, and what its page refuses."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from bot.preview import serve
from bot.preview.world import APPROVERS, CHANNELS, DIRECT, PEOPLE, SERVERS, World, build
from tests.bot.preview.toy_bot import ToyBot


@pytest.fixture
def world() -> World:
    return build(discord.Client(intents=discord.Intents.none()))


def test_everything_has_the_same_id_at_each_start(world: World) -> None:
    def ids(world: World) -> list[int]:
        roles = [role.id for guild in world.guilds.values() for role in guild.roles.values()]
        places = [place.channel.id for place in world.places.values()]
        return [
            *(guild.id for guild in world.guilds.values()),
            *roles,
            *places,
            *(m.id for m in world.members.values()),
        ]

    assert ids(world) == ids(build(discord.Client(intents=discord.Intents.none())))


def test_everybody_is_in_every_server_and_its_owner_sees_all(world: World) -> None:
    owner = next(person for person in PEOPLE if person.owner)

    assert len(SERVERS) > 1
    assert set(world.news(owner.key)) == {f"{server.key}/{each.key}" for server in SERVERS for each in CHANNELS} | {
        DIRECT
    }
    assert all(world.guilds[server.key].owner.name == owner.key for server in SERVERS)


async def test_a_role_opens_channels_in_its_server_only_and_can_be_taken_again(world: World) -> None:
    before = world.news("cleo")
    await world.give("cleo", "second", APPROVERS, given=True)

    assert world.roles("cleo") == {"parley": [], "second": [APPROVERS]}
    assert set(world.news("cleo")) - set(before) == {"second/review", "second/audit"}
    await world.give("cleo", "second", APPROVERS, given=False)
    assert world.news("cleo") == before


@pytest.mark.parametrize(("person", "server", "role"), [("eve", "parley", APPROVERS), ("ann", "parley", "Kings")])
async def test_an_unknown_name_is_refused(world: World, person: str, server: str, role: str) -> None:
    with pytest.raises(KeyError):
        await world.give(person, server, role, given=True)


@contextlib.asynccontextmanager
async def _served() -> AsyncIterator[str]:
    stop, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(ToyBot(), port=0, stop=stop, announce=address.set_result))
    yield await address
    stop.set()
    await serving


async def test_the_page_refuses_strangers_and_unknown_places() -> None:
    async with _served() as address, aiohttp.ClientSession() as http:
        nobody = {"person": "eve", "server": "parley", "role": APPROVERS, "given": True}
        statuses = [
            (await http.get(f"{address}enter/cleo/parley/nowhere", allow_redirects=False)).status,
            (await http.post(f"{address}roles", json=nobody)).status,
            (await http.get(f"{address}apps")).status,
        ]
        entered = await http.get(f"{address}enter/cleo/parley/review", allow_redirects=False)
        capability = entered.headers["Location"].partition("#")[2]
        asked = {"context": "none", "message": "1", "command": "Count letters"}
        unseen = await http.post(f"{address}apps", json=asked, headers={"X-Simcord-Capability": capability})

        assert statuses == [404, 404, 401]
        assert unseen.status == 409
