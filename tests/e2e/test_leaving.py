"""A server removes the bot, and perhaps takes it back."""

from knowledge.model import Scope
from knowledge.moderation.purging import left_servers
from knowledge.moderation.service import ModerationService
from knowledge.storage import SqlStorage
from tests.fakes.world import Person, World

ELSEWHERE = Scope(811)


async def left(storage: SqlStorage) -> list[Scope]:
    """The servers that are remembered as left."""
    return [each.scope for each in await left_servers(storage)]


def server_of(person: Person) -> Scope:
    """Under what the data of somebody's server is stored."""
    assert person.channel.guild is not None
    return Scope(person.channel.guild.id)


async def test_a_removal_is_remembered_and_its_data_kept(world: World, storage: SqlStorage) -> None:
    zoe = world.elsewhere("zoe")
    guild = server_of(zoe)
    await zoe.slash("alias add", word="the mediators", target="party/turkey")
    await world.remove_bot(zoe)

    assert await left(storage) == [guild]
    async with storage.reading() as work:
        assert guild in await work.servers.all()


async def test_a_start_notices_who_has_left_and_who_is_back(
    world: World, storage: SqlStorage, moderation: ModerationService
) -> None:
    here = server_of(world.mia)
    await moderation.server_left(here)
    async with storage.writing() as work:
        await work.people.add(ELSEWHERE, 7, "ed-1")
        await work.commit()
    await world.restart()

    assert await left(storage) == [ELSEWHERE]


async def test_joining_again_is_remembered(world: World, storage: SqlStorage) -> None:
    zoe = world.elsewhere("zoe")
    guild = server_of(zoe)
    await zoe.slash("alias add", word="the mediators", target="party/turkey")
    await world.remove_bot(zoe)
    assert await left(storage) == [guild]
    await world.take_bot_back(zoe)

    assert await left(storage) == []
    assert "the mediators" in (await zoe.slash("alias list")).text
