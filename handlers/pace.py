"""How fast one member may go, wherever they are; nobody ever waits for what somebody else did."""

from collections import OrderedDict
from datetime import datetime

from discord import app_commands

RATE, SECONDS = 30, 30.0
"""So many commands and clicks in so many seconds: more than a hurried reader makes, less than a script."""
MOST_KEPT = 10_000
"""So many members are remembered; who was quiet for longest is forgotten first."""


class Pace:
    """How fast members have gone while this process runs. Typing into options and sending forms is never slowed."""

    def __init__(self) -> None:
        self._members: OrderedDict[int, app_commands.Cooldown] = OrderedDict()

    def note(self, member: int, moment: datetime) -> None:
        """Counts a command or a click of a member (their user id), at the moment that Discord gives for it.

        Raises:
            app_commands.CommandOnCooldown: the member was too fast; it says how long to wait.
        """
        cooldown = self._members.setdefault(member, app_commands.Cooldown(RATE, SECONDS))
        self._members.move_to_end(member)
        if len(self._members) > MOST_KEPT:
            self._members.popitem(last=False)
        wait = cooldown.update_rate_limit(moment.timestamp())
        if wait:
            raise app_commands.CommandOnCooldown(cooldown, wait)
