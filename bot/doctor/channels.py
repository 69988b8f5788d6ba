"""Whether the bot may do in the channels that servers chose what they chose them for."""

from collections.abc import AsyncIterator, Sequence
from itertools import groupby

import discord

from bot.doctor.finding import Configured, Finding, Use
from handlers.briefing.places import needed_in

Place = discord.abc.GuildChannel | discord.Thread
ONLY_FOR_BRIEFINGS = {"Embed Links", "Read Message History"}
CHOOSE = {
    Use.REVIEW: "/settings set review_channel",
    Use.AUDIT: "/settings set audit_channel",
    Use.BRIEFINGS: "/briefing edit",
}
"""Where a server chooses another channel."""


async def examine_channels(client: discord.Client, channels: Sequence[Configured]) -> AsyncIterator[Finding]:
    """A finding for each channel."""
    if not channels:
        yield Finding.left_out("channels", "no server has chosen any yet")
    for server, group in groupby(channels, lambda each: each.server):
        try:
            guild = await client.fetch_guild(server, with_counts=False)
            me = await guild.fetch_member(client.user.id if client.user else 0)
        except discord.HTTPException as error:
            yield _unseen(f"server {server}", error, "Invite the bot again, or remove its data: parley purge")
            continue
        for each in group:
            yield await _examine(guild, me, each)


async def _examine(guild: discord.Guild, me: discord.Member, chosen: Configured) -> Finding:
    name = f"{chosen.use} {chosen.channel} of server {chosen.server}"
    try:
        place = await guild.fetch_channel(chosen.channel)
        allowed = await _allowed(guild, me, place)
    except (discord.HTTPException, discord.InvalidData) as error:
        return _unseen(name, error, f"Let the bot view it, or choose another one: {CHOOSE[chosen.use]}")
    ignored = () if chosen.use is Use.BRIEFINGS else ONLY_FOR_BRIEFINGS
    missing = [each for each, is_granted in needed_in(place, allowed).items() if not is_granted and each not in ignored]
    if missing:
        return Finding.bad(name, f"the bot lacks: {', '.join(missing)}", "Grant it to the bot's role in that channel")
    return Finding.good(name, "the bot may post there")


async def _allowed(guild: discord.Guild, me: discord.Member, place: Place) -> discord.Permissions:
    """What the bot may do; in a thread that is up to the channel around it."""
    around = await guild.fetch_channel(place.parent_id) if isinstance(place, discord.Thread) else place
    return around.permissions_for(me)


def _unseen(name: str, error: discord.HTTPException | discord.InvalidData, advice: str) -> Finding:
    reason = f"{error.status}, code {error.code}" if isinstance(error, discord.HTTPException) else "of no known kind"
    return Finding.bad(name, f"Discord does not show it ({reason})", advice)
