"""What is remembered of forms while the bot runs: which are open, and what was typed into those that were not taken."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import discord

from knowledge.moderation.context import random_id

if TYPE_CHECKING:
    from handlers.moderation.forms import Form

MOST_KEPT = 500
"""So many forms that were not taken are kept; the oldest go first."""
KEY_LENGTH = 10


@dataclass(slots=True)
class Typed:
    """One bot's memory of forms; it does not outlive the process."""

    open: set[str] = field(default_factory=set)
    """The custom ids of forms that somebody has before them."""
    _kept: "OrderedDict[str, tuple[int, Form]]" = field(default_factory=OrderedDict)

    def keep(self, user: int, form: "Form") -> str:
        """Keeps a form with what the user typed into it; returns its key."""
        key = random_id(KEY_LENGTH)
        self._kept[key] = user, form
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return key

    def find(self, user: int, key: str) -> "Form | None":
        """The form that was kept for this user under a key; None where there is none any more."""
        owner, form = self._kept.get(key, (None, None))
        return form if owner == user else None


_BY_CLIENT: WeakKeyDictionary[discord.Client, Typed] = WeakKeyDictionary()


def typed_into(client: discord.Client) -> Typed:
    """The memory of one bot."""
    return _BY_CLIENT.setdefault(client, Typed())
