"""What an answer of Discord means for a delivery."""

from enum import Enum, auto

import aiohttp
import discord


class Refusal(Enum):
    """What to do after an attempt that failed."""

    STOP = auto()
    """Nothing can be posted there until somebody changes something."""
    NEVER = auto()
    """Discord will not take this message, however often it is sent."""
    AGAIN = auto()
    """Later it may go; and it may have arrived all the same."""


class HistoryHidden(Exception):
    """Whether a message has arrived cannot be seen, as the bot may not read the channel's history."""


class NoPlace(Exception):
    """The channel is of a kind in which nothing can be posted."""


RETRIED = (TimeoutError, OSError, aiohttp.ClientError, discord.RateLimited, discord.HTTPException)
"""Errors of a request that may be no more than bad luck; ``refusal`` decides."""
_TOO_MANY, _UNAUTHORISED = 429, 401


def refusal(error: BaseException) -> Refusal | None:
    """What to do; None for what is no answer of Discord, but a fault of ours or of the database."""
    if isinstance(error, discord.Forbidden | discord.NotFound | discord.InvalidData | HistoryHidden | NoPlace):
        return Refusal.STOP
    if isinstance(error, discord.HTTPException) and not _is_passing(error.status):
        return Refusal.NEVER
    return Refusal.AGAIN if isinstance(error, RETRIED) else None


def is_passing(error: BaseException) -> bool:
    """Whether another attempt is worth while."""
    return refusal(error) is Refusal.AGAIN


def _is_passing(status: int) -> bool:
    return status >= 500 or status in (_TOO_MANY, _UNAUTHORISED)
