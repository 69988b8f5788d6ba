"""The bot in a simulated Discord, as the people in it see it. The only test code that knows simcord."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.backend.models.channel import Overwrite
from simcord.backend.serializers import guild_create_payload
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle, UserHandle
from simcord.enums import OverwriteType
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

    @property
    def headline(self) -> str:
        """What the message says beside its card."""
        return self.message.content

    @property
    def card(self) -> str:
        """All text of the message's card, which is an embed."""
        texts = [(each.title, each.description, each.footer.text) for each in self.message.embeds]
        return "\n".join(text for found in texts for text in found if text)

    async def file(self) -> bytes:
        """The file that the message carries."""
        return await self.message.attachments[0].read()

    def _parts(self, kind: int) -> list[dict[str, Any]]:
        return [part for part in _walk(self.message.components) if part["type"] == kind]


@dataclass(frozen=True, slots=True)
class Opened:
    """A form that somebody has before them."""

    shown: InteractionResult

    @property
    def title(self) -> str:
        """What stands above it."""
        return str(self._modal["title"])

    @property
    def text(self) -> str:
        """What it says beside the fields."""
        return "\n".join(str(part["content"]) for part in self._modal["components"] if part["type"] == TEXT)

    @property
    def filled(self) -> dict[str, str]:
        """What stands in the fields, or is chosen there; in their order."""
        return {field["custom_id"]: _default(field) for field in self._fields}

    @property
    def options(self) -> dict[str, list[str]]:
        """What can be chosen, by field."""
        return {
            field["custom_id"]: [each["value"] for each in field["options"]]
            for field in self._fields
            if field["type"] == MENU
        }

    @property
    def instead(self) -> Seen | None:
        """What was answered where no form was opened."""
        return None if self.shown.modal else _seen(self.shown)

    @property
    def _modal(self) -> dict[str, Any]:
        assert self.shown.modal is not None, f"the bot opened no form: {self.shown.response}"
        return self.shown.modal

    @property
    def _fields(self) -> list[dict[str, Any]]:
        return [part["component"] for part in self._modal["components"] if "component" in part]


@dataclass
class Person:
    """Somebody who uses the bot, in a channel or in a DM."""

    actor: MemberActor | UserHandle
    channel: ChannelHandle
    env: simcord.Env

    async def slash(self, command: str, **options: object) -> Seen:
        """Types a command; returns the answer. Roles and channels are handles, files are a name and bytes."""
        if isinstance(self.actor, UserHandle):
            return _seen(await self.actor.slash(command, **options))
        return _seen(await self.actor.slash(self.channel, command, **options))

    async def click(self, seen: Seen, label: str) -> Seen:
        """Clicks a button; returns what it leads to."""
        return _seen(await self.actor.click(seen.message, label=label))

    async def choose(self, seen: Seen, option: str) -> Seen:
        """Chooses from a menu; returns what it leads to."""
        return _seen(await self.actor.select(seen.message, [seen.options[option]], custom_id="menu:0"))

    async def opens(self, command: str, **options: object) -> Opened:
        """Types a command that opens a form."""
        assert isinstance(self.actor, MemberActor)
        return Opened(await self.actor.slash(self.channel, command, **options))

    async def click_opens(self, seen: Seen, label: str) -> Opened:
        """Clicks a button that opens a form."""
        return Opened(await self.actor.click(seen.message, label=label))

    async def right_click_opens(self, text: str, menu: str) -> Opened:
        """Sends a message, right-clicks it and chooses what opens a form."""
        assert isinstance(self.actor, MemberActor)
        message = await self.actor.send(self.channel, text)
        return Opened(await self.actor.context_menu(self.channel, menu, message))

    async def sends(self, form: Opened, **typed: str) -> Seen:
        """Sends a form with what stands in it, and what is typed over that; returns the answer."""
        texts = {field: text for field, text in (form.filled | typed).items() if text}
        values = {field: [text] if field in form.options else text for field, text in texts.items()}
        return _seen(await self.actor.submit_modal(form.shown, values))

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
        return _seen(await self.actor.context_menu(self.channel, menu, message))


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

    def newest(self, channel: ChannelHandle) -> Seen | None:
        """The last message of a channel."""
        last = channel.last_message
        stored = last and self.env.backend.get_message(channel.id, last.id)
        return Seen(ResponseMessage(self.env, stored), ephemeral=False) if stored else None

    def said(self, channel: ChannelHandle) -> list[Seen]:
        """All messages of the bot in a channel that everyone there sees, in order."""
        messages = self.env.backend.messages.get(channel.id, {}).values()
        own = [each for each in messages if each.author_id == self.env.backend.bot_user.id and not each.flags & 64]
        return [Seen(ResponseMessage(self.env, each), ephemeral=False) for each in own]

    def another_moderator(self, name: str) -> Person:
        """One more who may manage the server."""
        role = self.guild.create_role(f"{name}'s role", permissions=discord.Permissions(manage_guild=True))
        return Person(self.guild.add_member(self.env.create_user(name), roles=[role]), self.channel, self.env)

    def elsewhere(self, name: str) -> Person:
        """A moderator of another server with the bot."""
        guild = self.env.create_guild(f"{name}'s server")
        role = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        member = guild.add_member(self.env.create_user(name), roles=[role])
        return Person(member, guild.create_text_channel("general"), self.env)

    def allow(self, command: str, person: Person) -> None:
        """Shows somebody a command that Discord would hide from them, as who runs a server can."""
        assert isinstance(person.actor, MemberActor)
        root = self.env.backend.find_command(command, self.guild.id, type=1)
        assert root is not None
        self.guild.set_command_permissions(int(root["id"]), {person.actor: True})

    def give_role(self, person: Person, role: RoleHandle) -> None:
        """Gives somebody a role."""
        self.env.backend.add_member_role(self.guild.id, person.actor.id, role.id)

    def take_role(self, person: Person, role: RoleHandle) -> None:
        """Takes a role from somebody."""
        self.env.backend.remove_member_role(self.guild.id, person.actor.id, role.id)

    async def remove_bot(self, person: Person) -> None:
        """Somebody's server removes the bot."""
        assert isinstance(person.actor, MemberActor)
        self.env.backend.emit("GUILD_DELETE", {"id": str(person.actor.guild.id)})
        await self.env.settle()

    async def take_bot_back(self, person: Person) -> None:
        """The same server invites the bot again."""
        assert isinstance(person.actor, MemberActor)
        guild = self.env.backend.get_guild(person.actor.guild.id)
        payload = dict(guild_create_payload(self.env.backend, guild))
        del payload["unavailable"]  # discord.py takes a server with this for one that is back after an outage
        self.env.backend.emit("GUILD_CREATE", payload)
        await self.env.settle()

    def close(self, channel: ChannelHandle) -> None:
        """Lets nobody write in a channel, nor the bot."""
        denied = discord.Permissions(send_messages=True).value
        everyone = Overwrite(target_id=self.guild.id, type=OverwriteType.ROLE, allow=0, deny=denied)
        self.env.backend.edit_channel(channel.id, {}, overwrites=[everyone])

    def open_again(self, channel: ChannelHandle) -> None:
        """Lets all write there again."""
        self.env.backend.edit_channel(channel.id, {}, overwrites=[])

    async def later(self, seconds: float) -> None:
        """Lets time pass in this world."""
        await self.env.advance_time(seconds)

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


def _seen(result: InteractionResult) -> Seen:
    shown = result.followups[-1] if result.followups else result.response
    assert shown is not None, "the bot did not answer"
    return Seen(shown, shown.ephemeral)


def _default(field: dict[str, Any]) -> str:
    chosen = (each["value"] for each in field.get("options", []) if each.get("default"))
    return str(field.get("value") or next(chosen, ""))


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in components:
        yield part
        yield from _walk(part.get("components", []))
