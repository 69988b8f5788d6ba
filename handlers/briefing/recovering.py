"""Finds a message that was sent by somebody who could not note it any more."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import discord

from handlers.briefing.refusals import HistoryHidden
from handlers.briefing.targets import Channel, Target

EARLIER = timedelta(minutes=5)
"""Our clock and Discord's may differ by so much."""
ONWARD = 1_000
"""So many messages are looked at from the moment of the attempt on ..."""
NEWEST = 200
"""... and so many of the newest, in case our clock was wrong by more."""
LATEST = 10
"""So many of the bot's newest posts in a forum are looked at whenever they were made, for the same reason."""
ARCHIVED = 100
"""So many posts of a forum that are archived already."""


async def find_part(target: Target, footer: str, since: datetime, author: int) -> discord.Message | None:
    """The message with this mark, sent by ``author`` not long before ``since`` or later; None if there is none.

    Raises:
        HistoryHidden: that cannot be seen.
        discord.HTTPException: that cannot be seen now.
    """
    _require_history(target)
    sought = _messages(target, since) if isinstance(target, Channel) else _openings(target, since, author)
    async for message in sought:
        if message.author.id == author and _stem(footer) in map(_stem, _footers(message)):
            return message
    return None


async def _messages(channel: Channel, since: datetime) -> AsyncIterator[discord.Message]:
    async for message in channel.history(limit=ONWARD, after=since - EARLIER, oldest_first=True):
        yield message
    async for message in channel.history(limit=NEWEST):
        yield message


async def _openings(forum: discord.ForumChannel, since: datetime, author: int) -> AsyncIterator[discord.Message]:
    """The first messages of the posts that the bot has made since, and of its newest ones."""
    mine = [post async for post in _posts(forum) if post.owner_id == author]
    mine.sort(key=lambda post: post.id, reverse=True)
    for place, post in enumerate(mine):
        if place < LATEST or discord.utils.snowflake_time(post.id) >= since - EARLIER:
            try:
                yield await post.fetch_message(post.id)
            except discord.NotFound:  # somebody has deleted it
                continue


async def _posts(forum: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
    for post in await forum.guild.active_threads():
        if post.parent_id == forum.id:
            yield post
    async for post in forum.archived_threads(limit=ARCHIVED):
        yield post


def _require_history(target: Target) -> None:
    """Discord shows an empty channel to who may not read its history: that must not be taken for an answer."""
    me: discord.Member | None = target.guild.me  # None as long as the gateway has not told of the server
    known = not isinstance(target, discord.Thread) or target.parent is not None
    if me and known and not target.permissions_for(me).read_message_history:
        raise HistoryHidden


def _footers(message: discord.Message) -> list[str]:
    return [embed.footer.text for embed in message.embeds if embed.footer.text]


def _stem(footer: str) -> str:
    """The mark without how many parts there are: names that became longer may have added one."""
    return footer.rpartition(" of ")[0]
