"""Where a delivery goes: a channel or thread, or a post of its own in a forum."""

from collections.abc import Sequence

import discord

from handlers.briefing.refusals import NoPlace
from handlers.render.briefing import Part, embed_of

Channel = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
Target = Channel | discord.ForumChannel
TAGS = 5
"""The most tags of a post."""
USUAL_TAGS = ("briefing", "briefings")
"""What a tag is called that fits every post, where a forum demands one."""


def known_target(client: discord.Client, number: int) -> Target | None:
    """The channel with this id, if it is known and open already: that takes no request."""
    found = client.get_channel(number)
    if isinstance(found, discord.Thread):
        return None if found.archived else found
    return found if isinstance(found, Target) else None


async def open_target(client: discord.Client, number: int) -> Target:
    """The channel with this id; an archived thread is opened.

    Raises:
        NoPlace, discord.HTTPException, discord.InvalidData: nothing can be posted there.
    """
    found = client.get_channel(number) or await client.fetch_channel(number)
    if isinstance(found, discord.Thread) and found.archived:
        return await found.edit(archived=False)
    if isinstance(found, Target):
        return found
    raise NoPlace(type(found).__name__)


async def send_part(target: Target, part: Part, nonce: str) -> discord.Message:
    """Sends a part; in a forum it opens a post. The same nonce within minutes gives the message that is there."""
    pinged = discord.AllowedMentions(
        everyone=False, users=False, replied_user=False, roles=[discord.Object(part.role)] if part.role else False
    )
    if isinstance(target, discord.ForumChannel):
        made = await target.create_thread(
            name=part.name,
            content=part.content,
            embed=embed_of(part),
            applied_tags=tags_for(target, part.topics),
            allowed_mentions=pinged,
        )
        return made.message
    return await target.send(part.content, embed=embed_of(part), nonce=nonce, allowed_mentions=pinged)


def tags_for(forum: discord.ForumChannel, topics: Sequence[str]) -> list[discord.ForumTag]:
    """The tags that are called like the topics; where a forum demands one and none is, one that fits or the first."""
    free = [tag for tag in forum.available_tags if not tag.moderated]
    names = {topic.casefold() for topic in topics}
    found = [tag for tag in free if tag.name.casefold() in names][:TAGS]
    if found or not forum.flags.require_tag:
        return found
    return ([tag for tag in free if tag.name.casefold() in USUAL_TAGS] or free)[:1]
