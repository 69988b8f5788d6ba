"""When commands are registered: if what Discord is told about them has changed, and not otherwise."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import discord
import pytest
from discord import app_commands
from discord.http import Route

from bot import tree
from bot.client import ParleyClient
from bot.house import Services
from bot.sync import definitions_hash
from handlers.moderation.groups import GROUPS
from tests.fakes.discord_stub import API, TOKEN, DiscordStub, discord_stub
from tests.fakes.storage import MemoryStorage


@pytest.fixture
async def stub(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordStub]:
    """A stand-in for Discord, to which this process's requests go."""
    async with discord_stub() as stub:
        monkeypatch.setattr(Route, "BASE", stub.api_url + API)
        yield stub


COMMANDS = len((*tree.COMMANDS, *tree.MENUS, *GROUPS))
"""Of all kinds together."""


@app_commands.command(description="A command of a later release")
async def later(interaction: discord.Interaction) -> None:
    """Does nothing."""


@dataclass
class Bot:
    """A bot that is started again and again; its storage is what stays."""

    services: Services
    storage: MemoryStorage = field(default_factory=MemoryStorage)

    async def start(self, *, force: bool = False, with_later: bool = False) -> None:
        """One start, as far as the registration; perhaps of a release with one more command."""
        async with ParleyClient(self.services, self.storage, force_sync=force) as client:
            if with_later:
                client.tree.add_command(later)
            await client.login(TOKEN)


@pytest.fixture
def bot(idle: Services) -> Bot:
    """The bot, before its first start."""
    return Bot(idle)


def registered(stub: DiscordStub) -> list[tuple[str, int]]:
    """Where commands were registered, and how many."""
    return [(call.path, len(call.body)) for call in stub.registrations]


async def test_commands_are_registered_at_the_first_start_only(bot: Bot, stub: DiscordStub) -> None:
    for _ in range(3):
        await bot.start()
    assert registered(stub) == [("/applications/1000/commands", COMMANDS)]


async def test_a_release_with_other_commands_registers_them_once(bot: Bot, stub: DiscordStub) -> None:
    await bot.start()
    await bot.start(with_later=True)
    await bot.start(with_later=True)
    assert [number for _, number in registered(stub)] == [COMMANDS, COMMANDS + 1]


async def test_going_back_to_an_older_release_registers_its_commands(bot: Bot, stub: DiscordStub) -> None:
    for with_later in (False, True, False):
        await bot.start(with_later=with_later)
    assert [number for _, number in registered(stub)] == [COMMANDS, COMMANDS + 1, COMMANDS]


async def test_commands_can_be_registered_in_any_case(bot: Bot, stub: DiscordStub) -> None:
    await bot.start()
    await bot.start(force=True)
    await bot.start()
    assert len(registered(stub)) == 2


async def test_each_application_on_one_database_gets_its_commands(bot: Bot, stub: DiscordStub) -> None:
    for application in (1000, 2000, 1000, 2000):
        stub.application = application
        await bot.start()
    assert registered(stub) == [("/applications/1000/commands", COMMANDS), ("/applications/2000/commands", COMMANDS)]


async def test_what_discord_rejected_is_registered_again(bot: Bot, stub: DiscordStub) -> None:
    stub.rejected.add("/applications/1000/commands")
    with pytest.raises(discord.HTTPException):
        await bot.start()
    stub.rejected.clear()
    await bot.start()
    assert len(registered(stub)) == 2


def test_the_order_of_the_commands_does_not_matter(bot: Bot) -> None:
    commands = ParleyClient(bot.services, bot.storage).tree
    before = definitions_hash(commands)
    position = commands.remove_command("position")
    assert isinstance(position, app_commands.Command)
    assert definitions_hash(commands) != before
    commands.add_command(position)
    assert definitions_hash(commands) == before
