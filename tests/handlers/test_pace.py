"""How fast members may go, as counted."""

from datetime import UTC, datetime, timedelta

import pytest
from discord.app_commands import CommandOnCooldown

from handlers.pace import MOST_KEPT, RATE, SECONDS, Pace

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def hurried(member: int = 1) -> Pace:
    """A member has done as much as one may."""
    pace = Pace()
    for _ in range(RATE):
        pace.note(member, NOW)
    return pace


def test_what_is_too_much_says_how_long_to_wait() -> None:
    pace = hurried()
    for seconds in (0, 10, 29):
        with pytest.raises(CommandOnCooldown) as told:
            pace.note(1, NOW + timedelta(seconds=seconds))
        assert told.value.retry_after == SECONDS - seconds


def test_trying_again_too_early_makes_the_wait_no_longer() -> None:
    pace = hurried()
    for _ in range(100):
        with pytest.raises(CommandOnCooldown):
            pace.note(1, NOW + timedelta(seconds=20))
    pace.note(1, NOW + timedelta(seconds=SECONDS + 1))


def test_others_go_on() -> None:
    pace = hurried()
    pace.note(2, NOW)


def test_only_so_many_members_are_remembered_and_those_who_go_on_stay() -> None:
    pace = hurried()
    for other in range(2, MOST_KEPT + 1):
        pace.note(other, NOW)
    with pytest.raises(CommandOnCooldown):
        pace.note(1, NOW)
    pace.note(MOST_KEPT + 1, NOW)
    with pytest.raises(CommandOnCooldown):
        pace.note(1, NOW)
    for other in range(MOST_KEPT):
        pace.note(other + 2 * MOST_KEPT, NOW)
    pace.note(1, NOW)
