"""The simulated Discord: its servers and channels, the people in it, and who sees what."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, UserHandle

from bot.preview._simcord import ChannelPage, LiveEnv, avatar_url, give_role, newest_message, role_names

BOT: Final = "Parley"
MODERATOR, EDITORS, APPROVERS = "Moderator", "Editors", "Approvers"
STAFF: Final = (MODERATOR, EDITORS, APPROVERS)
DIRECT: Final = "direct"


@dataclass(frozen=True)
class Person:
    """Somebody whose eyes the visitor borrows, with the roles that they start with in every server."""

    key: str
    name: str
    roles: tuple[str, ...] = ()
    owner: bool = False


@dataclass(frozen=True)
class Server:
    """A server that the bot is in."""

    key: str
    name: str
    initials: str


@dataclass(frozen=True)
class Channel:
    """A text channel of every server. ``seen_by`` names the roles that see it; empty: everyone does."""

    key: str
    topic: str
    seen_by: tuple[str, ...] = ()


PEOPLE: Final = (
    Person("cleo", "Cleo"),
    Person("ann", "Ann", (EDITORS,)),
    Person("bob", "Bob", (APPROVERS,)),
    Person("dana", "Dana", (MODERATOR,), owner=True),
)
ROLES: Final = {
    MODERATOR: (0xE67E22, discord.Permissions(manage_guild=True)),
    EDITORS: (0x3498DB, discord.Permissions.none()),
    APPROVERS: (0x2ECC71, discord.Permissions.none()),
}
SERVERS: Final = (Server("parley", "Parley preview", "PP"), Server("second", "Second Community", "SC"))
CHANNELS: Final = (
    Channel("general", "Ask Parley here: type / to see its commands"),
    Channel("briefings", "A good place for scheduled briefings"),
    Channel("review", "What waits for approval; Moderators, Editors and Approvers see it", STAFF),
    Channel("audit", "Who changed what; Moderators, Editors and Approvers see it", STAFF),
    Channel("moderators", "Only moderators see this channel", (MODERATOR,)),
)


@dataclass(frozen=True)
class Place:
    """A channel as one person sees it."""

    channel: ChannelHandle
    viewer: MemberActor | UserHandle


@dataclass
class World:
    """A running world. ``places`` and ``pages`` go by the keys of person and place, such as "parley/general"."""

    env: LiveEnv
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    guilds: dict[str, GuildHandle] = field(default_factory=dict)
    members: dict[tuple[str, str], MemberActor] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    pages: dict[tuple[str, str], ChannelPage] = field(default_factory=dict)

    def named(self, capability: str) -> ChannelPage | None:
        """The page that a capability opens; None for a wrong one."""
        return next((page for page in self.pages.values() if page.capability == capability), None)

    def news(self, person: str) -> dict[str, str]:
        """The places that the person sees now, each with the id of its newest message; empty without one."""
        mine = ((key, place) for (who, key), place in self.places.items() if who == person)
        newest = ((key, newest_message(self.env, place.channel, place.viewer)) for key, place in mine)
        return {key: message for key, message in newest if message is not None}

    def roles(self, person: str) -> dict[str, list[str]]:
        """The roles of the person in each server."""
        return {server: role_names(self.env, self.members[person, server]) for server in self.guilds}

    async def give(self, person: str, server: str, role: str, *, given: bool) -> None:
        """Give the person a role, or take it away; what each page offers and shows changes with it.

        Raises KeyError for a name that does not exist.
        """
        member, handle = self.members[person, server], self.guilds[server].roles[role]
        async with self.gate:
            give_role(self.env, member, handle, given=given)
            for page in self.pages.values():
                page.catch_up(again=True)

    async def page(self, person: str, place: str, port: int, stack: AsyncExitStack) -> ChannelPage:
        """The page of a place, opened when it is asked for first; ``stack`` closes it. Raises KeyError."""
        key, here = (person, place), self.places[person, place]
        async with self.gate:
            if key not in self.pages:
                pictures = dict(_pictures(self.env))
                page = ChannelPage(self.env, here.channel, here.viewer, gate=self.gate, port=port, pictures=pictures)
                await page.open()
                stack.push_async_callback(page.close)
                self.pages[key] = page
        return self.pages[key]


def build(client: discord.Client) -> World:
    """A world around ``client``, which has not started yet: the bot finds servers that were there before it."""
    world = World(LiveEnv(client, bot_name=BOT))
    world.env.backend.bot_user.avatar = "parley"
    users = {each: world.env.create_user(each.key, global_name=each.name, avatar=each.key) for each in PEOPLE}
    for server in SERVERS:
        _populate(world, server, users)
    for person, user in users.items():
        world.places[person.key, DIRECT] = Place(user.dm_channel, user)
    world.env.live.open()
    return world


def _populate(world: World, server: Server, users: dict[Person, UserHandle]) -> None:
    owner = next(user for person, user in users.items() if person.owner)
    guild = world.guilds[server.key] = world.env.create_guild(server.name, owner=owner)
    for name, (color, permissions) in ROLES.items():
        guild.create_role(name, permissions=permissions, color=color)
    channels = [(channel, _create(guild, channel)) for channel in CHANNELS]
    for person, user in users.items():
        member = guild.add_member(user, roles=[guild.roles[name] for name in person.roles])
        world.members[person.key, server.key] = member
        for channel, handle in channels:
            world.places[person.key, f"{server.key}/{channel.key}"] = Place(handle, member)


def _create(guild: GuildHandle, channel: Channel) -> ChannelHandle:
    if not channel.seen_by:
        return guild.create_text_channel(channel.key, topic=channel.topic)
    hidden, shown = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
    seen_by = (guild.roles[name] for name in (BOT, *channel.seen_by))
    return guild.create_text_channel(
        channel.key,
        topic=channel.topic,
        overwrites={guild.default_role: hidden, **dict.fromkeys(seen_by, shown)},
    )


def _pictures(env: LiveEnv) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for user in env.backend.users.values():
        if user.avatar:
            picture = files("bot.preview") / "pictures" / f"{user.avatar}.png"
            yield avatar_url(user.id, user.avatar), (f"{user.avatar}.png", picture.read_bytes())
