"""A server's subscriptions to briefings: what is set, when the next one comes, and what became of the last ones."""

from collections.abc import Sequence
from datetime import datetime

from handlers.render.briefing import shown
from handlers.render.card import Block, Card
from handlers.render.text import count, echo, safe
from knowledge.briefing.cadence import Cadence, Schedule
from knowledge.briefing.digest import Digest
from knowledge.briefing.model import Delivery, DeliveryState, Subscription, SubscriptionState, WhenQuiet
from knowledge.briefing.subscribing import Status
from knowledge.errors import Slot
from knowledge.service.naming import Naming

NAMED = 12
"""So many parties or topics of a subscription are named."""
ERROR_LENGTH = 120
"""The most characters of an error that are shown."""
NONE_YET = "There are none yet. `/briefing subscribe` makes one."
QUIET_WORDS = {WhenQuiet.SILENT: "no message", WhenQuiet.LINE: "a line that says so"}
STATES = {
    DeliveryState.PLANNED: "waits to be sent",
    DeliveryState.CLAIMED: "is being sent",
    DeliveryState.DONE: "posted",
    DeliveryState.QUIET: "nothing had changed, so nothing was posted",
    DeliveryState.FAILED: "**not posted**; its content goes into the next one",
    DeliveryState.SKIPPED: "skipped; its content goes into the next one",
}


def subscription_label(subscription: Subscription, channel: str | None) -> str:
    """One line of plain text, for a list to choose from; ``channel`` is the name of the channel, if it is known."""
    state = "" if subscription.state is SubscriptionState.ACTIVE else f" ({subscription.state.value})"
    return f"#{channel or subscription.channel} · {schedule_words(subscription.schedule)}{state}"


def schedule_words(schedule: Schedule) -> str:
    """A schedule in words: "weekly on Monday at 09:00 Europe/Kyiv"."""
    if schedule.cadence is Cadence.ON_CHANGE:
        return "when something changes"
    words = "on weekdays" if schedule.cadence is Cadence.WEEKDAYS else schedule.cadence.value
    return f"{words}{_day(schedule)} at {schedule.at:%H:%M} {schedule.zone}"


def render_subscription(title: str, subscription: Subscription, naming: Naming, lead: str = "") -> Card:
    """All that is set of one."""
    about = [_names(naming, Slot.PARTY, subscription.parties), _names(naming, Slot.TOPIC, subscription.topics)]
    lines = [
        f"**Channel**: <#{subscription.channel}>",
        f"**When**: {schedule_words(subscription.schedule)}",
        f"**Next**: {next_words(subscription)}",
        f"**Parties**: {about[0] or 'all'}",
        f"**Topics**: {about[1] or 'all'}",
        f"**Pings**: {f'<@&{subscription.role}>' if subscription.role else 'nobody'}",
        f"**When nothing has changed**: {QUIET_WORDS[subscription.when_quiet]}",
        *(["**Published** to the channels that follow this one"] if subscription.publish else []),
        f"-# `{subscription.id}`",
    ]
    return Card(title, (Block("\n".join(lines)),), lead=lead)


def render_subscriptions(subscriptions: Sequence[Subscription]) -> Card:
    """All of a server, a line for each: as many as a server can have fit one message."""
    if not subscriptions:
        return Card("Briefings of this server", (Block(NONE_YET),))
    footer = "/briefing show has all of one, /briefing status how it is doing"
    return Card("Briefings of this server", (Block("\n".join(map(_line, subscriptions))),), footer=footer)


def render_status(status: Status) -> Card:
    """How one is doing: the next slot, the last ones, and why nothing was posted."""
    subscription, error = status.subscription, _last_error(status)
    lines = [
        f"**Channel**: <#{subscription.channel}>",
        f"**When**: {schedule_words(subscription.schedule)}",
        f"**Next**: {next_words(subscription)}",
        *([f"**Last**: {long_moment(status.deliveries[0].slot)}"] if status.deliveries else []),
        *([f"**Last error**: {echo(error, ERROR_LENGTH)}"] if error else []),
        *(
            [f"**Why the last one was not posted**: {echo(subscription.note, ERROR_LENGTH)}"]
            if subscription.note
            else []
        ),
    ]
    told = [f"• {_delivery(each)}" for each in status.deliveries] or ["No slot has come yet."]
    text = "\n".join([*lines, "", "**The latest slots**", *told])
    return Card(f"Status of `{subscription.id}`", (Block(text),))


def render_ended(subscription: Subscription) -> Card:
    """What was ended."""
    return Card("Unsubscribed", (Block(f"<#{subscription.channel}> gets no more of these briefings."),))


def render_nothing_new(subscription: Subscription) -> Card:
    """Why nothing is to be sent or previewed now."""
    text = f"Nothing has changed since the last briefing in <#{subscription.channel}>, so there is nothing to send."
    return Card("Nothing new", (Block(f"{text}\nNext: {next_words(subscription)}"),))


def render_sending(subscription: Subscription, digest: Digest) -> Card:
    """What ``/briefing send`` has set off."""
    text = (
        f"{count(len(digest.items), 'change')} will be in <#{subscription.channel}> in a moment. The schedule stays, "
        "and the next briefing tells what changes from now on."
    )
    return Card("On its way", (Block(f"{text}\nNext: {next_words(subscription)}"),))


def preview_words(total: int) -> str:
    """What stands above a preview, in small print."""
    return f"-# Preview, seen only by you: part 1 of {total}"


def next_words(subscription: Subscription) -> str:
    """When the next briefing comes, in the reader's own time."""
    if subscription.state is SubscriptionState.PAUSED:
        return "paused; `/briefing resume` goes on"
    if subscription.state is SubscriptionState.STOPPED:
        reason = f": {echo(subscription.reason, ERROR_LENGTH)}" if subscription.reason else ""
        return f"stopped{reason}. When that is mended, `/briefing resume` goes on"
    if subscription.next_slot is None:
        return "as soon as something has changed"
    return long_moment(subscription.next_slot)


def long_moment(when: datetime) -> str:
    """A moment with its weekday, and how far off it is, in the reader's own time."""
    stamp = int(when.timestamp())
    return f"<t:{stamp}:F> (<t:{stamp}:R>)"


def _day(schedule: Schedule) -> str:
    if schedule.cadence is Cadence.WEEKLY:
        return f" on {schedule.day.capitalize()}"
    if schedule.cadence is Cadence.MONTHLY:
        return " on the last day" if schedule.day == "last" else f" on day {schedule.day}"
    return ""


def _line(subscription: Subscription) -> str:
    narrowed = "narrowed" if subscription.parties or subscription.topics else ""
    slot = subscription.next_slot
    coming = f"<t:{int(slot.timestamp())}:f>" if slot else ""
    state = coming if subscription.state is SubscriptionState.ACTIVE else subscription.state.value
    words = [
        f"<#{subscription.channel}>",
        f"`{subscription.id}`",
        schedule_words(subscription.schedule),
        narrowed,
        state,
    ]
    return " · ".join(filter(None, words))


def _names(naming: Naming, slot: Slot, slugs: Sequence[str]) -> str:
    names = [safe(shown(naming, slot, slug)) for slug in slugs[:NAMED]]
    return ", ".join([*names, *([f"{len(slugs) - NAMED} more"] if len(slugs) > NAMED else [])])


def _last_error(status: Status) -> str | None:
    failed = (each.error for each in status.deliveries if each.error and each.state is not DeliveryState.SKIPPED)
    return next(failed, None)


def _delivery(delivery: Delivery) -> str:
    late = ", delayed" if delivery.delayed else ""
    words = f"<t:{int(delivery.slot.timestamp())}:f> ({delivery.kind.value}{late}): {STATES[delivery.state]}"
    retry = f"; tried again <t:{int(delivery.retry_at.timestamp())}:R>" if delivery.retry_at else ""
    posted = f" · {count(len(delivery.parts), 'message')}" if delivery.parts else ""
    error = f" · {echo(delivery.error, ERROR_LENGTH)}" if delivery.error else ""
    return f"{words}{retry}{posted}{error}"
