"""Where briefings can be posted, and what the bot must be allowed to do there: asked before a channel is taken."""

from dataclasses import dataclass

import discord
from discord import app_commands

from handlers.moderation.places import Place, PlaceTransformer

PUBLISHED_FROM = discord.ChannelType.news


@dataclass(eq=False)
class CannotPost(Exception):
    """The bot lacks permissions in a channel: ``missing`` are their names, as Discord shows them."""

    channel: int
    missing: tuple[str, ...]


@dataclass(eq=False)
class CannotPublish(Exception):
    """The channel is no announcement channel."""

    channel: int


@dataclass(eq=False)
class CannotPing(Exception):
    """The role is @everyone (None), or the bot may not mention it in the channel."""

    role: int | None = None


class BriefingPlaceTransformer(PlaceTransformer):
    """Takes a forum, too."""

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Where messages or posts stay readable in order."""
        return [*super().channel_types, discord.ChannelType.forum]


BriefingPlace = app_commands.Transform[Place, BriefingPlaceTransformer]


def check_place(guild: discord.Guild | None, channel: int, *, publish: bool, role: discord.Role | None) -> None:
    """Nothing, if briefings can be posted there as far as that is known; a doubt is no reason to refuse.

    What Discord sends along with a chosen channel are the permissions of who chose it, so the bot's own are asked for
    here.

    Raises:
        CannotPost, CannotPublish, CannotPing: otherwise.
    """
    if role is not None and role.is_default():
        raise CannotPing
    place = guild.get_channel_or_thread(channel) if guild else None
    if guild is None or place is None:
        return
    if publish and place.type is not PUBLISHED_FROM:
        raise CannotPublish(channel)
    try:
        allowed = place.permissions_for(guild.me)
    except discord.ClientException:  # a thread whose channel is in no cache
        return
    if missing := tuple(name for name, granted in needed_in(place, allowed).items() if not granted):
        raise CannotPost(channel, missing)
    if role is not None and not (role.mentionable or allowed.mention_everyone):
        raise CannotPing(role.id)


def needed_in(place: discord.abc.GuildChannel | discord.Thread, allowed: discord.Permissions) -> dict[str, bool]:
    """What is needed in a channel, by the name under which Discord's settings have it."""
    if isinstance(place, discord.Thread):
        writes = {"Send Messages in Threads": allowed.send_messages_in_threads}
    elif isinstance(place, discord.ForumChannel):
        writes = {"Create Posts": allowed.send_messages, "Send Messages in Posts": allowed.send_messages_in_threads}
    else:
        writes = {"Send Messages": allowed.send_messages}
    return {
        "View Channel": allowed.view_channel,
        **writes,
        "Embed Links": allowed.embed_links,
        "Read Message History": allowed.read_message_history,
    }
