"""``/briefing``: what a server's editors do with its subscriptions."""

from collections.abc import Awaitable

import discord
from discord import app_commands

from handlers import completion
from handlers.briefing import options
from handlers.briefing.options import EVERY, QUIET, WHICH, Names, Typed, meant, names_in, naming_one
from handlers.briefing.places import BriefingPlace, check_place
from handlers.moderation.caller import caller_of, server_of
from handlers.moderation.groups import briefing
from handlers.moderation.places import Place
from handlers.moderation.telling import reply, soon
from handlers.render.subscriptions import render_ended, render_status, render_subscription, render_subscriptions
from handlers.views import desk_of
from knowledge.briefing.cadence import Schedule, parse_schedule
from knowledge.briefing.model import Subscription, WhenQuiet
from knowledge.briefing.subscribing import NO_ROLE, Status, Wish

AT = "09:00"
"""When briefings go out where no time is given."""
_SETTINGS = {
    "every": "How often they come",
    "at": f"The time of day there, as in 18:30; {AT} if you leave it out",
    "timezone": "As in Europe/Kyiv; this server's if you leave it out",
    "day": "Of weekly briefings a weekday, of monthly ones 1 to 31 or last",
    "parties": "Only these, with commas between",
    "topics": "Only these, with commas between",
    "role": "Who is pinged when something has changed",
    "when_quiet": "What the channel gets when nothing has changed",
    "publish": "In an announcement channel: publish to the channels that follow it",
}
_TYPED = {
    "timezone": completion.time_zones,
    "day": options.days,
    "parties": options.parties,
    "topics": options.topics,
}


@briefing.command(description="Briefs a channel on what changed, on time")
@app_commands.describe(channel="Where: a channel, a thread or a forum", **_SETTINGS)
@app_commands.choices(every=EVERY, when_quiet=QUIET)
@app_commands.autocomplete(**_TYPED)
async def subscribe(
    interaction: discord.Interaction,
    channel: BriefingPlace,
    every: str,
    at: Typed = AT,
    timezone: Typed | None = None,
    day: Typed | None = None,
    parties: Names | None = None,
    topics: Names | None = None,
    role: discord.Role | None = None,
    when_quiet: str = WhenQuiet.SILENT.value,
    publish: bool = False,
) -> None:
    """A new subscription."""

    async def made() -> Subscription:
        desk, scope, caller = desk_of(interaction), server_of(interaction), caller_of(interaction)
        zone = timezone or await desk.moderation.timezone(scope)
        wish = Wish(
            channel=channel.id,
            schedule=parse_schedule(every, at, zone, day or ""),
            parties=names_in(parties),
            topics=names_in(topics),
            role=role.id if role else None,
            when_quiet=WhenQuiet(when_quiet),
            publish=publish,
        )
        check_place(interaction.guild, channel.id, publish=publish, role=role)
        return await desk.briefings.subscribe(scope, caller, wish)

    await _tell(interaction, "Subscribed", made())


@briefing.command(description="Changes a subscription; what you leave out stays")
@app_commands.describe(
    subscription=WHICH,
    channel="Its channel or, if you name the subscription, the channel that it moves to",
    reset="Something to put back: all parties, all topics, or no ping",
    **_SETTINGS,
)
@app_commands.choices(
    every=EVERY,
    when_quiet=QUIET,
    reset=[app_commands.Choice(name=name, value=name) for name in ("parties", "topics", "role")],
)
@app_commands.autocomplete(subscription=options.subscriptions, **_TYPED)
async def edit(
    interaction: discord.Interaction,
    subscription: Typed | None = None,
    channel: BriefingPlace | None = None,
    every: str | None = None,
    at: Typed | None = None,
    timezone: Typed | None = None,
    day: Typed | None = None,
    parties: Names | None = None,
    topics: Names | None = None,
    role: discord.Role | None = None,
    when_quiet: str | None = None,
    publish: bool | None = None,
    reset: str | None = None,
) -> None:
    """Changes a subscription."""

    async def changed() -> Subscription:
        desk, scope, caller = desk_of(interaction), server_of(interaction), caller_of(interaction)
        typed = meant(interaction, subscription, channel)
        now = (await desk.briefings.status(scope, caller, typed)).subscription
        wish = Wish(
            channel=channel.id if channel else None,
            schedule=_rescheduled(now.schedule, every, at, timezone, day),
            parties=() if reset == "parties" else names_in(parties),
            topics=() if reset == "topics" else names_in(topics),
            role=NO_ROLE if reset == "role" else role.id if role else None,
            when_quiet=WhenQuiet(when_quiet) if when_quiet else None,
            publish=publish,
        )
        published = now.publish if publish is None else publish
        check_place(interaction.guild, wish.channel or now.channel, publish=published, role=role)
        return await desk.briefings.edit(scope, caller, now.id, wish)

    await _tell(interaction, "Changed", changed())


@briefing.command(name="list", description="The channels of this server that get briefings")
async def list_all(interaction: discord.Interaction) -> None:
    """Shows all subscriptions."""
    found = desk_of(interaction).briefings.subscriptions(server_of(interaction), caller_of(interaction))
    await reply(interaction, render_subscriptions(await soon(interaction, found)))


@briefing.command(description="What is set for a subscription")
@naming_one
async def show(
    interaction: discord.Interaction, subscription: Typed | None = None, channel: BriefingPlace | None = None
) -> None:
    """Shows one subscription."""

    async def found() -> Subscription:
        return (await _status(interaction, subscription, channel)).subscription

    await _tell(interaction, "Subscription", found())


@briefing.command(description="How a subscription is doing: its last and next slot, the last error")
@naming_one
async def status(
    interaction: discord.Interaction, subscription: Typed | None = None, channel: BriefingPlace | None = None
) -> None:
    """Shows how one is doing."""
    found = _status(interaction, subscription, channel)
    await reply(interaction, render_status(await soon(interaction, found)))


@briefing.command(description="No briefings until it is resumed")
@naming_one
async def pause(
    interaction: discord.Interaction, subscription: Typed | None = None, channel: BriefingPlace | None = None
) -> None:
    """Pauses a subscription."""
    scope, caller, typed = server_of(interaction), caller_of(interaction), meant(interaction, subscription, channel)
    await _tell(interaction, "Paused", desk_of(interaction).briefings.pause(scope, caller, typed))


@briefing.command(description="Goes on with one that was paused or stopped; what was missed is told once")
@naming_one
async def resume(
    interaction: discord.Interaction, subscription: Typed | None = None, channel: BriefingPlace | None = None
) -> None:
    """Goes on with a subscription, if its channel can be posted in."""

    async def resumed() -> Subscription:
        scope, caller = server_of(interaction), caller_of(interaction)
        now = (await _status(interaction, subscription, channel)).subscription
        check_place(interaction.guild, now.channel, publish=now.publish, role=None)
        return await desk_of(interaction).briefings.resume(scope, caller, now.id)

    await _tell(interaction, "Resumed", resumed())


@briefing.command(description="Ends a subscription")
@naming_one
async def unsubscribe(
    interaction: discord.Interaction, subscription: Typed | None = None, channel: BriefingPlace | None = None
) -> None:
    """Ends a subscription."""
    scope, caller, typed = server_of(interaction), caller_of(interaction), meant(interaction, subscription, channel)
    ended = await soon(interaction, desk_of(interaction).briefings.unsubscribe(scope, caller, typed))
    await reply(interaction, render_ended(ended))


async def _status(interaction: discord.Interaction, subscription: str | None, channel: Place | None) -> Status:
    scope, caller, typed = server_of(interaction), caller_of(interaction), meant(interaction, subscription, channel)
    return await desk_of(interaction).briefings.status(scope, caller, typed)


async def _tell(interaction: discord.Interaction, title: str, work: Awaitable[Subscription]) -> None:
    done = await soon(interaction, work)
    naming = await desk_of(interaction).naming(server_of(interaction))
    await reply(interaction, render_subscription(title, done, naming))


def _rescheduled(
    now: Schedule, every: str | None, at: str | None, zone: str | None, day: str | None
) -> Schedule | None:
    """The schedule with what was given, None where nothing was; another cadence has a day of its own."""
    if not (every or at or zone or day):
        return None
    kept = now.day if every in (None, now.cadence.value) else ""
    return parse_schedule(every or now.cadence.value, at or f"{now.at:%H:%M}", zone or now.zone, day or kept)
