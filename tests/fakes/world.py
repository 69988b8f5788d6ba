"""The bot in a simulated Discord, as the people in it see it. The only test code that knows simcord."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.results import InteractionResult, ResponseMessage
from simcord.types import HttpLogEntry

TEXT, BUTTON, MENU = 10, 2, 3


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as somebody sees it."""

    message: ResponseMessage
    ephemeral: bool

    @property
    def text(self) -> str:
        """All text of the message, one part below the other."""
        return "\n".join(str(part["content"]) for part in self._parts(TEXT))

    @property
    def buttons(self) -> list[str]:
        """What the buttons say."""
        return [str(part["label"]) for part in self._parts(BUTTON)]

    @property
    def options(self) -> dict[str, str]:
        """The values of all menus by what they say."""
        return {each["label"]: each["value"] for menu in self._parts(MENU) for each in menu["options"]}

    def _parts(self, kind: int) -> list[dict[str, Any]]:
        return [part for part in _walk(self.message.components) if part["type"] == kind]


@dataclass
class Person:
    """Somebody who uses the bot, in a channel or in a DM."""

    actor: MemberActor | UserHandle
    channel: ChannelHandle
    env: simcord.Env

    async def slash(self, command: str, **options: str) -> Seen:
        """Types a command; returns the answer."""
        if isinstance(self.actor, UserHandle):
            return self._seen(await self.actor.slash(command, **options))
        return self._seen(await self.actor.slash(self.channel, command, **options))

    async def click(self, seen: Seen, label: str) -> Seen:
        """Clicks a button; returns what it leads to."""
        return self._seen(await self.actor.click(seen.message, label=label))

    async def choose(self, seen: Seen, option: str) -> Seen:
        """Chooses from a menu; returns what it leads to."""
        return self._seen(await self.actor.select(seen.message, [seen.options[option]], custom_id="menu:0"))

    async def typing(self, command: str, option: str, typed: str) -> list[str]:
        """Types into an option; returns what is offered."""
        assert isinstance(self.actor, MemberActor)
        offered = await self.actor.autocomplete(self.channel, command, option, typed)
        return [str(each["name"]) for each in offered]

    async def say(self, text: str) -> Seen | None:
        """Sends a message; returns the bot's reply, if there is one."""
        if isinstance(self.actor, UserHandle):
            await self.actor.send_dm(text)
        else:
            await self.actor.send(self.channel, text)
        last = self.channel.last_message
        if last is None or last.author.id != self.env.bot.user.id:  # type: ignore[union-attr]  # the bot has logged in
            return None
        stored = self.env.backend.get_message(self.channel.id, last.id)
        return Seen(ResponseMessage(self.env, stored), ephemeral=False)

    async def right_click(self, text: str, menu: str) -> Seen:
        """Sends a message, right-clicks it and chooses an entry of the menu; returns the answer."""
        assert isinstance(self.actor, MemberActor)
        message = await self.actor.send(self.channel, text)
        return self._seen(await self.actor.context_menu(self.channel, menu, message))

    def _seen(self, result: InteractionResult) -> Seen:
        assert result.response is not None, "the bot did not answer"
        return Seen(result.response, result.response.ephemeral)


@dataclass
class World:
    """A server with a channel, two people, and the bot."""

    env: simcord.Env
    make_client: Callable[[], discord.Client]
    guild: GuildHandle = field(init=False)
    channel: ChannelHandle = field(init=False)
    mia: Person = field(init=False)
    ben: Person = field(init=False)
    moderator: Person = field(init=False)

    def __post_init__(self) -> None:
        self.guild = self.env.create_guild("Test server")
        self.channel = self.guild.create_text_channel("general")
        self.mia = self._person("mia")
        self.ben = self._person("ben")
        role = self.guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        moderator = self.guild.add_member(self.env.create_user("mod"), roles=[role])
        self.moderator = Person(moderator, self.channel, self.env)

    def in_dm(self, name: str) -> Person:
        """Somebody who talks to the bot alone."""
        user = self.env.create_user(name)
        return Person(user, user.dm_channel, self.env)

    async def restart(self) -> None:
        """Ends the bot and starts a new one; Discord and its messages stay."""
        await self.env.restart_bot(self.make_client())

    @property
    def mention(self) -> str:
        """What one types to mention the bot."""
        assert self.env.bot.user is not None
        return self.env.bot.user.mention

    @property
    def requests(self) -> list[HttpLogEntry]:
        """Every REST request that the bot has made."""
        return self.env.http_requests

    @property
    def public_messages(self) -> int:
        """How many messages everyone in the channel sees."""
        messages = self.env.backend.messages.get(self.channel.id, {}).values()
        return sum(not message.flags & 64 for message in messages)

    def _person(self, name: str) -> Person:
        return Person(self.guild.add_member(self.env.create_user(name)), self.channel, self.env)


@asynccontextmanager
async def open_world(make_client: Callable[[], discord.Client]) -> AsyncIterator[World]:
    """A running world. What the bot reports as an error to its users is no failure of the test by itself."""
    env = simcord.Env(make_client(), check_errors=False)
    await env.start()
    try:
        yield World(env, make_client)
    finally:
        await env.shutdown()


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in components:
        yield part
        yield from _walk(part.get("components", []))
