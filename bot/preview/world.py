"""The simulated server: its people, its channels, and who sees what."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final, Literal

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle

from bot.preview._simcord import ChannelPage, LiveEnv, avatar_url

BOT, SERVER, MODERATOR = "Parley", "Parley preview", "Moderator"
DIRECT: Final = "direct"


@dataclass(frozen=True)
class Person:
    """Somebody whose eyes the visitor borrows."""

    key: Literal["mia", "moritz"]
    name: str
    note: str
    moderator: bool


@dataclass(frozen=True)
class Channel:
    """A text channel of the server."""

    key: str
    topic: str
    moderators_only: bool = False


PEOPLE: Final = (
    Person("mia", "Mia", "Member", moderator=False),
    Person("moritz", "Moritz", MODERATOR, moderator=True),
)
CHANNELS: Final = (
    Channel("general", "Ask Parley here: type / to see its commands"),
    Channel("moderators", "Only moderators see this channel", moderators_only=True),
    Channel("briefings", "A good place for scheduled briefings"),
)


@dataclass
class World:
    """A running world. ``pages`` has one entry for each person and channel that the person can see."""

    env: LiveEnv
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    pages: dict[tuple[str, str], ChannelPage] = field(default_factory=dict)
    places: list[tuple[Person, str, ChannelHandle, MemberActor | UserHandle]] = field(default_factory=list)

    def named(self, capability: str) -> ChannelPage | None:
        """The page that a capability opens; None for a wrong one."""
        return next((page for page in self.pages.values() if page.capability == capability), None)

    async def open_pages(self, port: int, stack: AsyncExitStack) -> None:
        """Open every page on ``port``; ``stack`` closes them."""
        pictures = dict(_pictures(self.env))
        for person, key, channel, viewer in self.places:
            page = ChannelPage(self.env, channel, viewer, gate=self.gate, port=port, pictures=pictures)
            await page.open()
            stack.push_async_callback(page.close)
            self.pages[person.key, key] = page


def build(client: discord.Client) -> World:
    """A world around ``client``, which has not started yet: the bot finds a server that was there before it."""
    world = World(LiveEnv(client, bot_name=BOT))
    world.env.backend.bot_user.avatar = "parley"
    guild = world.env.create_guild(SERVER)
    role = guild.create_role(MODERATOR, permissions=discord.Permissions(manage_guild=True), color=0xE67E22)
    channels = [(channel, _create(guild, channel)) for channel in CHANNELS]
    for person in PEOPLE:
        user = world.env.create_user(person.key, global_name=person.name, avatar=person.key)
        member = guild.add_member(user, roles=[role] if person.moderator else [])
        for channel, handle in channels:
            if person.moderator or not channel.moderators_only:
                world.places.append((person, channel.key, handle, member))
        world.places.append((person, DIRECT, user.dm_channel, user))
    return world


def _create(guild: GuildHandle, channel: Channel) -> ChannelHandle:
    if not channel.moderators_only:
        return guild.create_text_channel(channel.key, topic=channel.topic)
    hidden, shown = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
    roles = guild.roles
    return guild.create_text_channel(
        channel.key,
        topic=channel.topic,
        overwrites={guild.default_role: hidden, roles[MODERATOR]: shown, roles[BOT]: shown},
    )


def _pictures(env: LiveEnv) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for user in env.backend.users.values():
        if user.avatar:
            picture = files("bot.preview") / "pictures" / f"{user.avatar}.png"
            yield avatar_url(user.id, user.avatar), (f"{user.avatar}.png", picture.read_bytes())
