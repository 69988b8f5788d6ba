"""Why a briefing could not be posted, as editors read it in ``/briefing status`` and in a message to them."""

import discord

from handlers.briefing.refusals import HistoryHidden, NoPlace
from knowledge.briefing.model import Delivery, Subscription, SubscriptionState

_CODES = {
    10003: "the channel no longer exists",
    50001: "I cannot see the channel",
    50013: "I may not post there",
    50083: "the thread is archived",
    160005: "the thread is locked",
}
"""Discord's error codes of what happens most."""


def refusal_words(error: BaseException) -> str:
    """A clause without a full stop; plain text."""
    if isinstance(error, HistoryHidden):
        return "I may not read the channel's history, so I cannot tell whether an interrupted briefing has arrived"
    if isinstance(error, NoPlace | discord.InvalidData):
        return "nothing can be posted in a channel of this kind"
    if isinstance(error, discord.HTTPException):
        return f"{_CODES.get(error.code, 'Discord refuses it')} ({error.status}, code {error.code})"
    if isinstance(error, discord.RateLimited):
        return "Discord asks me to wait"
    return "Discord cannot be reached" if isinstance(error, TimeoutError | OSError) else "something went wrong here"


def failure_notice(subscription: Subscription, delivery: Delivery) -> str:
    """What moderators are told, once, of a briefing that was not posted; at most 600 characters."""
    slot, place = f"<t:{int(delivery.slot.timestamp())}:f>", f"<#{subscription.channel}>"
    what = "was posted only in part" if delivery.parts else "was not posted"
    lines = [f"⚠ The briefing of {slot} for {place} {what}: {(delivery.error or '')[:300]}."]
    if subscription.state is SubscriptionState.STOPPED:
        how = f"`/briefing resume subscription:{subscription.id}`"
        lines.append(f"I have stopped these briefings. When that is mended, {how} goes on, and nothing is left out.")
    else:
        lines.append("What it would have told is in the next one.")
    return "\n".join(lines)
