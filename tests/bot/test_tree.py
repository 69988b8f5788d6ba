"""All commands at once, as Discord is told about them."""

import re
from typing import Any

import discord
import pytest

from bot.client import ParleyClient
from knowledge.service import KnowledgeService
from tests.fakes.storage import MemoryStorage

COMMANDS = {
    "position": ["party", "topic", "[as_of]"],
    "compare": ["topic", "[first]", "[second]"],
    "party": ["name"],
    "topic": ["name"],
    "timeline": ["[party]", "[topic]"],
    "obstacles": [],
    "proposals": [],
    "sources": ["[document]"],
    "about": [],
    "ask": ["question"],
    "gaps": [],
}
MENUS = ["Where do they stand?"]
FOR_MODERATORS = {"gaps"}
TYPED_FREELY = {"as_of", "question"}
GUILD, BOT_DM, PRIVATE_CHANNEL = 0, 1, 2
GUILD_INSTALL, USER_INSTALL = 0, 1
TEXT = 3
MANAGE_GUILD = 32


@pytest.fixture
def client(idle_service: KnowledgeService) -> ParleyClient:
    """The bot, not connected to anything."""
    return ParleyClient(idle_service, MemoryStorage())


@pytest.fixture
def definitions(client: ParleyClient) -> dict[str, dict[str, Any]]:
    """What Discord is told about each slash command."""
    commands = client.tree.get_commands(type=discord.AppCommandType.chat_input)
    return {command.name: command.to_dict(client.tree) for command in commands}


def test_there_are_exactly_these_commands_with_these_options(definitions: dict[str, dict[str, Any]]) -> None:
    told = {
        name: [each["name"] if each["required"] else f"[{each['name']}]" for each in definition["options"]]
        for name, definition in definitions.items()
    }
    assert told == COMMANDS


def test_every_command_and_option_says_what_it_is(definitions: dict[str, dict[str, Any]]) -> None:
    for each in _all(definitions):
        assert 10 < len(each["description"]) <= 100, each["name"]
        assert re.fullmatch(r"[A-Z].*[^.\s]", each["description"]), each["name"]
        assert re.fullmatch(r"[a-z_]{1,32}", each["name"])


def test_a_message_can_be_asked_about_by_a_right_click(client: ParleyClient) -> None:
    menus = client.tree.get_commands(type=discord.AppCommandType.message)

    assert [menu.name for menu in menus] == MENUS


def test_commands_can_be_used_in_servers_in_dms_and_in_private_channels(definitions: dict[str, dict[str, Any]]) -> None:
    for name, definition in definitions.items():
        everywhere = [GUILD] if name in FOR_MODERATORS else [GUILD, BOT_DM, PRIVATE_CHANNEL]
        assert sorted(definition["contexts"]) == everywhere, name


def test_commands_come_with_servers_and_with_people(definitions: dict[str, dict[str, Any]]) -> None:
    for name, definition in definitions.items():
        assert sorted(definition["integration_types"]) == [GUILD_INSTALL, USER_INSTALL], name


def test_commands_are_for_everyone_and_of_all_ages(definitions: dict[str, dict[str, Any]]) -> None:
    for name, definition in definitions.items():
        allowed = MANAGE_GUILD if name in FOR_MODERATORS else None
        assert definition["default_member_permissions"] == allowed, name
        assert not definition["nsfw"], name


def test_every_option_takes_text_and_helps_while_typing(definitions: dict[str, dict[str, Any]]) -> None:
    for definition in definitions.values():
        for option in definition["options"]:
            assert option["type"] == TEXT
            assert option.get("autocomplete", False) == (option["name"] not in TYPED_FREELY)
            assert len(option.get("choices", [])) <= 25
            assert 0 < option["min_length"] <= option["max_length"] <= 1000


def test_the_bot_asks_for_no_privileged_intent(client: ParleyClient) -> None:
    assert client.intents == discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    assert not any((client.intents.members, client.intents.presences, client.intents.message_content))


def test_the_bot_mentions_nobody(client: ParleyClient) -> None:
    assert client.allowed_mentions is not None
    assert dict(client.allowed_mentions.to_dict()) == {"parse": []}


def test_the_bot_keeps_no_members_and_no_messages(client: ParleyClient) -> None:
    assert client._connection.member_cache_flags == discord.MemberCacheFlags.none()
    assert client._connection._messages is None


def _all(definitions: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [*definitions.values(), *(option for each in definitions.values() for option in each["options"])]
