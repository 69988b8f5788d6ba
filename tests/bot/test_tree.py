"""All commands at once, as Discord is told about them."""

import re
from collections.abc import Iterator
from typing import Any

import discord
import pytest

from bot.client import ParleyClient
from bot.house import Services
from tests.fakes.storage import MemoryStorage

ONE_BRIEFING = ("show", "status", "preview", "send", "pause", "resume", "unsubscribe")
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
    "suggest": ["[party]", "[topic]", "[notify]"],
    "entry show": ["entry"],
    "entry history": ["entry"],
    "entry diff": ["entry", "[first]", "[second]"],
    "entry add": ["[party]", "[topic]", "[kind]", "[speaker]", "[contested]"],
    "entry revise": ["entry", "[speaker]", "[contested]"],
    "entry supersede": ["entry"],
    "entry retract": ["entry"],
    "entry restore": ["entry"],
    "entry import": ["file"],
    "entry export": ["format"],
    "alias add": ["word", "target"],
    "alias remove": ["word"],
    "alias list": [],
    "alias party-add": ["name", "about"],
    "alias topic-add": ["name", "about"],
    "review list": [],
    "settings show": [],
    "settings set": [
        *("[editor_role]", "[approver_role]", "[review_channel]", "[audit_channel]"),
        *("[two_person]", "[answers]", "[timezone]", "[reset]"),
    ],
    "audit export": [],
    "audit verify": [],
    "briefing subscribe": [
        *("channel", "every", "[at]", "[timezone]", "[day]", "[parties]", "[topics]", "[role]", "[when_quiet]"),
        "[publish]",
    ],
    "briefing edit": [
        *("[subscription]", "[channel]", "[every]", "[at]", "[timezone]", "[day]", "[parties]", "[topics]", "[role]"),
        *("[when_quiet]", "[publish]", "[reset]"),
    ],
    "briefing list": [],
    **{f"briefing {name}": ["[subscription]", "[channel]"] for name in ONE_BRIEFING},
    "privacy show": [],
    "privacy export": [],
    "privacy forget-me": [],
}
MENUS = {"Where do they stand?", "Suggest from this message", "Add to knowledge"}
OTHER_TYPES = {
    "suggest notify": discord.AppCommandOptionType.boolean,
    "entry diff first": discord.AppCommandOptionType.integer,
    "entry diff second": discord.AppCommandOptionType.integer,
    "entry import file": discord.AppCommandOptionType.attachment,
    "settings set editor_role": discord.AppCommandOptionType.role,
    "settings set approver_role": discord.AppCommandOptionType.role,
    "settings set review_channel": discord.AppCommandOptionType.channel,
    "settings set audit_channel": discord.AppCommandOptionType.channel,
    **{
        f"briefing {name} channel": discord.AppCommandOptionType.channel
        for name in (*ONE_BRIEFING, "subscribe", "edit")
    },
    **{f"briefing {name} role": discord.AppCommandOptionType.role for name in ("subscribe", "edit")},
    **{f"briefing {name} publish": discord.AppCommandOptionType.boolean for name in ("subscribe", "edit")},
}
CHOICES = {
    "entry add kind": 6,
    "entry export format": 3,
    "settings set two_person": 3,
    "settings set answers": 2,
    "settings set reset": 7,
    "briefing subscribe every": 5,
    "briefing subscribe when_quiet": 2,
    "briefing edit every": 5,
    "briefing edit when_quiet": 2,
    "briefing edit reset": 3,
}
TYPED_FREELY = {
    *("position as_of", "ask question", "entry add speaker", "entry add contested", "entry revise speaker"),
    *("entry revise contested", "alias add word", "alias party-add name", "alias party-add about"),
    *("alias topic-add name", "alias topic-add about", "briefing subscribe at", "briefing edit at"),
}
FOR_MANAGERS = {"gaps", "settings"}
OF_SERVERS = {
    "entry",
    "alias",
    "review",
    "settings",
    "audit",
    "briefing",
    "suggest",
    "Suggest from this message",
    "Add to knowledge",
}
"""Where there is no server, there is nothing to moderate; what is stored about one can be asked in a DM too."""
GUILD, BOT_DM, PRIVATE_CHANNEL = 0, 1, 2
GUILD_INSTALL, USER_INSTALL = 0, 1
SUBCOMMAND = discord.AppCommandOptionType.subcommand.value
TEXT = discord.AppCommandOptionType.string.value
MANAGE_GUILD = 32
Definitions = dict[str, dict[str, Any]]


@pytest.fixture
def client(idle: Services) -> ParleyClient:
    """The bot, not connected to anything."""
    return ParleyClient(idle, MemoryStorage())


@pytest.fixture
def definitions(client: ParleyClient) -> Definitions:
    """What Discord is told about each slash command and each menu."""
    return {command.name: command.to_dict(client.tree) for command in client.tree.get_commands()}


def leaves(definitions: Definitions) -> Definitions:
    """Every command that can be typed, those of groups with the group's name before theirs."""
    found: Definitions = {}
    for name, definition in definitions.items():
        inner = [each for each in definition.get("options", []) if each["type"] == SUBCOMMAND]
        found |= {f"{name} {each['name']}": each for each in inner}
        if not inner and name not in MENUS:
            found[name] = definition
    return found


def options(definitions: Definitions) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every option with the name of its command before its own."""
    for name, leaf in leaves(definitions).items():
        for each in leaf.get("options", []):
            yield f"{name} {each['name']}", each


def test_there_are_exactly_these_commands_with_these_options(definitions: Definitions) -> None:
    told = {
        name: [each["name"] if each["required"] else f"[{each['name']}]" for each in leaf.get("options", [])]
        for name, leaf in leaves(definitions).items()
    }
    assert told == COMMANDS


def test_every_command_and_option_says_what_it_is(definitions: Definitions) -> None:
    typed = {name: each for name, each in definitions.items() if name not in MENUS}
    for name, each in (*typed.items(), *leaves(definitions).items(), *options(definitions)):
        assert 10 < len(each["description"]) <= 100, name
        assert re.fullmatch(r"[A-Z].*[^.\s]", each["description"]), name
        assert re.fullmatch(r"[a-z_-]{1,32}", each["name"]), name


def test_nothing_is_more_than_discord_takes(client: ParleyClient, definitions: Definitions) -> None:
    for kind in (discord.AppCommandType.message, discord.AppCommandType.user):
        assert len(client.tree.get_commands(type=kind)) <= 5
    for name, definition in (*definitions.items(), *leaves(definitions).items()):
        assert len(definition.get("options", [])) <= 25, name
        assert _length(definition) <= 8_000, name
    assert len(definitions) <= 100


def test_messages_have_these_menus(client: ParleyClient) -> None:
    menus = client.tree.get_commands(type=discord.AppCommandType.message)

    assert {menu.name for menu in menus} == MENUS
    assert not client.tree.get_commands(type=discord.AppCommandType.user)


def test_commands_can_be_used_everywhere_but_for_those_that_moderate(definitions: Definitions) -> None:
    for name, definition in definitions.items():
        contexts = [GUILD] if name in OF_SERVERS | {"gaps"} else [GUILD, BOT_DM, PRIVATE_CHANNEL]
        assert sorted(definition["contexts"]) == contexts, name


def test_commands_come_with_servers_and_with_people_but_for_those_that_moderate(definitions: Definitions) -> None:
    for name, definition in definitions.items():
        installs = [GUILD_INSTALL] if name in OF_SERVERS else [GUILD_INSTALL, USER_INSTALL]
        assert sorted(definition["integration_types"]) == installs, name


def test_commands_are_shown_to_everyone_who_may_use_some_of_it(definitions: Definitions) -> None:
    for name, definition in definitions.items():
        allowed = MANAGE_GUILD if name in FOR_MANAGERS else None
        assert definition["default_member_permissions"] == allowed, name
        assert not definition["nsfw"], name


def test_options_take_text_unless_said_otherwise(definitions: Definitions) -> None:
    others = {name: option["type"] for name, option in options(definitions) if option["type"] != TEXT}

    assert others == {name: kind.value for name, kind in OTHER_TYPES.items()}


def test_texts_help_while_typing_or_give_a_choice(definitions: Definitions) -> None:
    texts = {name: option for name, option in options(definitions) if option["type"] == TEXT}
    unaided = {name for name, each in texts.items() if not each.get("autocomplete") and not each.get("choices")}

    assert {name: len(each["choices"]) for name, each in texts.items() if each.get("choices")} == CHOICES
    assert unaided == TYPED_FREELY
    for name, each in texts.items():
        assert name in CHOICES or 0 < each["min_length"] <= each["max_length"] <= 1000, name


def test_channels_are_those_in_which_messages_can_be_posted(definitions: Definitions) -> None:
    for name, option in options(definitions):
        if option["type"] == discord.AppCommandOptionType.channel.value:
            assert discord.ChannelType.text.value in option["channel_types"], name
            assert discord.ChannelType.voice.value not in option["channel_types"], name
            is_forum_possible = discord.ChannelType.forum.value in option["channel_types"]
            assert is_forum_possible == name.startswith("briefing "), name


def test_the_bot_asks_for_no_privileged_intent(client: ParleyClient) -> None:
    assert client.intents == discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    assert not any((client.intents.members, client.intents.presences, client.intents.message_content))


def test_the_bot_mentions_nobody(client: ParleyClient) -> None:
    assert client.allowed_mentions is not None
    assert dict(client.allowed_mentions.to_dict()) == {"parse": []}


def test_the_bot_keeps_no_members_and_no_messages(client: ParleyClient) -> None:
    assert client._connection.member_cache_flags == discord.MemberCacheFlags.none()
    assert client._connection._messages is None


def _length(definition: dict[str, Any]) -> int:
    """As Discord counts it: names, descriptions and values of a command and all that is in it."""
    words = sum(len(str(definition.get(part) or "")) for part in ("name", "description", "value"))
    return words + sum(_length(each) for part in ("options", "choices") for each in definition.get(part, []))
