"""Where errors become sentences: kind ones, that say what to do."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

import discord
import structlog
from discord import app_commands

from handlers.custom_ids import Target, Verb
from handlers.render.card import Block, Card, Link
from handlers.render.text import echo
from handlers.wording import wording
from knowledge.errors import AmbiguousName, ParleyError, Slot, UnknownName
from knowledge.requests import AboutRequest, Request

log = structlog.get_logger(__name__)

NameOf = Callable[[Slot, str], str]
NOUNS = {
    Slot.PARTY: "party",
    Slot.TOPIC: "topic",
    Slot.DOCUMENT: "source",
    Slot.ENTRY: "entry",
    Slot.REVISION: "revision",
    Slot.TARGET: "party, topic or person",
}
ALREADY_ANSWERED = 40060
UNKNOWN_INTERACTION = 10062


def unwrap(error: BaseException) -> BaseException:
    """The error inside what discord.py wraps around it."""
    inner = getattr(error, "original", None) or (
        error.__cause__ if isinstance(error, app_commands.TransformerError) else None
    )
    return unwrap(inner) if isinstance(inner, BaseException) else error


def is_gone(error: BaseException) -> bool:
    """Whether nobody waits for an answer any more: the interaction has expired or was answered elsewhere."""
    inner = unwrap(error)
    return isinstance(inner, discord.HTTPException) and inner.code in (ALREADY_ANSWERED, UNKNOWN_INTERACTION)


def error_card(error: BaseException, request: Request | None, name_of: NameOf) -> Card:
    """What the user is told. Errors that are not the user's doing get a short id, with the trace in the log."""
    inner = unwrap(error)
    if isinstance(inner, UnknownName):
        text = f"I know no {NOUNS[inner.slot]} called “{echo(inner.text)}”."
        return _choices(
            f"{text} Did you mean one of these?", inner.slot, inner.text, inner.suggestions, request, name_of
        )
    if isinstance(inner, AmbiguousName):
        text = f"“{echo(inner.text)}” can mean several things. Which one?"
        return _choices(text, inner.slot, inner.text, inner.choices, request, name_of)
    words = wording(inner)
    if words is not None:
        return _plain(words)
    return _unexpected(inner)


def _unexpected(error: BaseException) -> Card:
    short_id = secrets.token_hex(3)
    log.error("error.unexpected", error_id=short_id, exc_info=error, expected=isinstance(error, ParleyError))
    return _plain(
        "Something went wrong on my side, sorry. Please try again in a moment; if it stays so, tell who runs me this "
        f"number: `{short_id}`."
    )


def _plain(text: str) -> Card:
    return Card("That did not work", (Block(text),), links=(Link("What I can do", Target(AboutRequest())),))


def _choices(text: str, slot: Slot, typed: str, slugs: Sequence[str], request: Request | None, name_of: NameOf) -> Card:
    links = tuple(
        Link(name_of(slot, slug), Target(corrected, Verb.TURN), primary=index == 0)
        for index, slug in enumerate(slugs)
        if (corrected := _corrected(request, typed, slug))
    )
    return Card("Not quite", (Block(text if links else text.partition(". ")[0] + "."),), links=links)


def _corrected(request: Request | None, typed: str, slug: str) -> Request | None:
    """The request with the word that was not understood replaced, or None where it does not hold that word."""
    if request is None:
        return None
    wrong = [field.name for field in fields(request) if getattr(request, field.name) == typed]
    values: dict[str, Any] = {wrong[0]: slug} if wrong else {}
    return replace(request, **values) if wrong else None
