"""What can be in the way of a subscription; data only, worded in ``handlers/wording.py``."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.briefing.model import Subscription
from knowledge.errors import ParleyError


@dataclass(eq=False)
class NoSuchSubscription(ParleyError):
    """None is meant by what was typed, or several; ``choices`` are the ids of those that it may mean."""

    text: str
    choices: Sequence[str] = ()


@dataclass(eq=False)
class TooManySubscriptions(ParleyError):
    """The server has as many as it can have."""

    limit: int


@dataclass(eq=False)
class StillStopped(ParleyError):
    """The subscription was stopped, because its channel could not be posted in; it has to be resumed first."""

    subscription: Subscription
