"""Errors that need no choice to be offered, each as a kind sentence that says what to do."""

from collections.abc import Callable
from typing import Any

from discord import app_commands

from handlers.briefing.places import CannotPing, CannotPost, CannotPublish
from handlers.render.moderation.changes import person
from handlers.render.moderation.faults import fault_words
from handlers.render.text import count, echo
from knowledge.briefing.cadence import ScheduleNotUnderstood
from knowledge.briefing.errors import NoSuchSubscription, StillStopped, TooManySubscriptions
from knowledge.errors import DateNotUnderstood, StaleRevision
from knowledge.moderation.errors import (
    AlreadyDecided,
    CannotUndo,
    FaultyFields,
    Forbidden,
    NoSuchProposal,
    NoSuchSetting,
    NothingChanged,
    NoUndo,
    OwnProposal,
    Quota,
    QuotaReached,
    WordReserved,
    WordTaken,
)
from knowledge.moderation.links import LinkNotAllowed
from knowledge.moderation.model import Level
from knowledge.moderation.text import TextEmpty, TextTooLong


class OutdatedControl(Exception):
    """A button or an option was used that this release cannot read."""


LEVELS = {Level.EDITOR: "editors", Level.APPROVER: "approvers"}
QUOTAS = {
    Quota.ENTRIES: "This server holds {} entries of its own, which is the limit. No further ones can be added.",
    Quota.SUGGESTIONS: "You have made {} suggestions in the last 24 hours, which is the limit. Please go on tomorrow.",
    Quota.ALIASES: "This server has {} words, parties and topics of its own, which is the limit. Remove one first.",
    Quota.PENDING: "{} proposals wait for approval here. Please let the approvers decide some of them first.",
}
NO_UNDO = {
    NoUndo.UNKNOWN: "This change is not of this server, or is no longer known.",
    NoUndo.TOO_OLD: "This change is more than 30 days old. Revise the entry instead: `/entry revise`.",
    NoUndo.CHANGED_SINCE: (
        "`{}` was changed again since, so I leave it. Undo the later change first, or revise it; see `/entry history`."
    ),
}


SCHEDULE = {
    "every": "how often: daily, weekdays, weekly, monthly or on change",
    "at": "a time of day: write it as `9:00` or `18:30`",
    "timezone": "a time zone: write it as `Europe/Kyiv`, and pick it from the list while typing",
    "day": (
        "the day: weekly briefings have a weekday as in `monday`, monthly ones `1` to `31` or `last`, and others none"
    ),
}
MOST_CHOICES = 5
"""So many near time zones are named."""


def wording(error: BaseException) -> str | None:
    """What is told of an error, or None where it is none that we expect."""
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words(error)
    return None


def _forbidden(error: Forbidden) -> str:
    if error.needed is Level.MANAGER:
        return "For this you need the permission to *Manage Server*. Someone who has it can do it for you."
    who = LEVELS.get(error.needed, "members")
    if error.role is not None:
        return f"This is for {who}: it needs the role <@&{error.role}>. A moderator can give it to you."
    return f"This is for {who}. As long as no role is set for them, it needs *Manage Server*; see `/settings set`."


def _date(error: DateNotUnderstood) -> str:
    return (
        f"I cannot read “{echo(error.text)}” as a date. Write it as `2026`, `2026-11` or `2026-11-22`; "
        "put `said` before it to ask for what was said by then."
    )


def _permissions(error: app_commands.MissingPermissions) -> str:
    names = (each.replace("_", " ").replace("guild", "server") for each in error.missing_permissions)
    return f"For this you need the permission to {', '.join(names)} here. Someone who has it can do it for you."


def _taken(error: WordTaken) -> str:
    return (
        f"“{echo(error.word)}” means `{error.target}` already, so I leave it. Take another word, or remove that one "
        "with `/alias remove` if it is this server's."
    )


def _setting(error: NoSuchSetting) -> str:
    choices = " Choose one of " + ", ".join(f"`{each}`" for each in error.choices) + "." if error.choices else ""
    hint = " Write it as `Europe/Kyiv`, and pick it from the list while typing." if error.setting == "timezone" else ""
    return f"“{echo(error.value)}” is no value for `{error.setting}`.{choices}{hint}"


def _decided(error: AlreadyDecided) -> str:
    by = person(error.proposal.decided_by, error.who)
    return f"`{error.proposal.id}` is {error.proposal.state.value} already, by {by}."


def _schedule(error: ScheduleNotUnderstood) -> str:
    near = error.choices[:MOST_CHOICES] if error.field == "timezone" else ()
    hint = f" Near it: {', '.join(f'`{each}`' for each in near)}." if near else ""
    return f"I cannot read “{echo(error.text)}” as {SCHEDULE[error.field]}.{hint}"


def _no_subscription(error: NoSuchSubscription) -> str:
    if not error.choices:
        return "There are no briefings in this server yet. `/briefing subscribe` makes some."
    place = error.text.strip().strip("<#>")
    what = f"<#{place}>" if place.isdecimal() else f"“{echo(error.text)}”"
    return (
        f"I cannot tell which briefings you mean by {what}. Pick them from the list while typing `subscription`; "
        "`/briefing list` shows all."
    )


def _cannot_post(error: CannotPost) -> str:
    names = ", ".join(f"*{name}*" for name in error.missing)
    return f"I cannot brief <#{error.channel}>: I lack {names} there. Allow me that, or choose another channel."


def _cannot_ping(error: CannotPing) -> str:
    if error.role is None:
        return "I do not ping everyone. Choose a role that people can take if they want it."
    return (
        f"I cannot ping <@&{error.role}> there. Let anyone mention the role, or allow me to mention all roles, "
        "or leave it out."
    )


def _faulty(error: FaultyFields) -> str:
    return "Something in the form is not right:\n" + "\n".join(f"• {fault_words(each)}" for each in error.faults)


_WORDS: dict[type[BaseException], Callable[[Any], str]] = {
    DateNotUnderstood: _date,
    OutdatedControl: lambda _: "This button comes from an older version of me. Please ask again with a command.",
    Forbidden: _forbidden,
    NothingChanged: lambda _: "That is what is recorded already, so nothing has changed.",
    QuotaReached: lambda error: QUOTAS[error.quota].format(f"{error.limit:,}"),
    WordTaken: _taken,
    WordReserved: lambda error: (
        f"“{echo(error.word)}” cannot be a name: questions are full of it, or it has no letters. Take another word."
    ),
    CannotUndo: lambda error: NO_UNDO[error.why].format(error.key),
    NoSuchProposal: lambda _: "I do not know this proposal any more. `/review list` shows what waits now.",
    AlreadyDecided: _decided,
    OwnProposal: lambda _: (
        "The two-person rule holds here: someone else has to approve what you proposed. "
        "What someone proposed who was forgotten since has to be edited first."
    ),
    NoSuchSetting: _setting,
    FaultyFields: _faulty,
    ScheduleNotUnderstood: _schedule,
    NoSuchSubscription: _no_subscription,
    TooManySubscriptions: lambda error: (
        f"This server has {count(error.limit, 'subscription')}, which is the limit. End one first: "
        "`/briefing unsubscribe`."
    ),
    StillStopped: lambda error: (
        f"The briefings of <#{error.subscription.channel}> are stopped, because I could not post there. When that is "
        "mended, `/briefing resume` goes on."
    ),
    CannotPost: _cannot_post,
    CannotPublish: lambda error: (
        f"<#{error.channel}> is no announcement channel, so nothing can be published there. Set `publish` to False."
    ),
    CannotPing: _cannot_ping,
    TextTooLong: lambda error: f"That is {count(error.length, 'character')} long; {error.limit} are possible here.",
    TextEmpty: lambda _: "There is nothing to be seen in that text. Please write a word.",
    LinkNotAllowed: lambda error: (
        f"I cannot link to “{echo(error.text)}”. Give an https address of a public site, without a user name in it."
    ),
    StaleRevision: lambda error: f"`{error.id}` was changed at the same moment. Please look at it and try again.",
    app_commands.MissingPermissions: _permissions,
    app_commands.CommandOnCooldown: lambda error: (
        f"That was a little fast. Please wait {count(max(1, round(error.retry_after)), 'second')} and try again."
    ),
    app_commands.NoPrivateMessage: lambda _: "This works in a server only.",
    app_commands.CheckFailure: lambda _: "You may not use this command here.",
}
"""In the order in which they are tried: what is special before what is general."""
