"""What the doctor asks Discord: whether it takes the token, what the application may do, and what time it is."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import aiohttp
import discord

from bot.doctor.channels import examine_channels
from bot.doctor.finding import Configured, Finding
from bot.house import utc_now

PATIENCE = 30.0
"""Seconds for logging in; discord.py tries again for some time when Discord is not well."""
SKEW = timedelta(seconds=5)
"""So much may our clock differ. Discord counts three seconds for an answer, and briefings go out by our clock."""
PRIVILEGED = discord.ApplicationFlags(
    gateway_presence=True,
    gateway_presence_limited=True,
    gateway_guild_members=True,
    gateway_guild_members_limited=True,
    gateway_message_content=True,
    gateway_message_content_limited=True,
)
PORTAL = "https://discord.com/developers/applications"


async def examine_discord(token: str, channels: Sequence[Configured]) -> AsyncIterator[Finding]:
    """All that can only be known from Discord; nothing is written there."""
    dates: list[datetime] = []
    client = discord.Client(intents=discord.Intents(guilds=True), http_trace=_clock(dates))
    async with client:
        reached = await _login(client, token)
        yield reached
        if dates:
            yield _skew(dates[-1])
        if reached.ok:
            yield _application(client)
            async for finding in examine_channels(client, channels):
                yield finding


async def _login(client: discord.Client, token: str) -> Finding:
    try:
        await asyncio.wait_for(client.login(token), PATIENCE)
    except discord.LoginFailure:
        return Finding.bad("token", "Discord does not accept it", f"Copy DISCORD_TOKEN again from {PORTAL}")
    except TimeoutError:
        return Finding.bad(
            "token", f"Discord did not answer within {PATIENCE:.0f} s", "Try again, or see discordstatus.com"
        )
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        return Finding.bad("token", f"Discord cannot be asked: {error}", "Check the network and DISCORD_API_URL")
    return Finding.good("token", f"is that of {client.user}")


def _skew(theirs: datetime) -> Finding:
    ahead = utc_now() - theirs
    found = f"{abs(ahead).total_seconds():.0f} s {'ahead of' if ahead > timedelta() else 'behind'} Discord's"
    if abs(ahead) > SKEW:
        return Finding.bad("clock", found, "Let this machine keep time: timedatectl set-ntp true")
    return Finding.good("clock", found)


def _application(client: discord.Client) -> Finding:
    if client.application_flags.value & PRIVILEGED.value:
        advice = f"It needs none: switch them off under Bot in {PORTAL}"
        return Finding.good("intents", "privileged ones are switched on", advice)
    return Finding.good("intents", "no privileged ones, as it should be")


def _clock(dates: list[datetime]) -> aiohttp.TraceConfig:
    """Notes the time that Discord puts on its answers."""

    async def ended(_: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
        if "Date" in end.response.headers:
            dates.append(parsedate_to_datetime(end.response.headers["Date"]))

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace
