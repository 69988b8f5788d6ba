"""What the doctor has found, and the channels that it looks at."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: ``ok`` is None where there was nothing to check. ``advice`` is what to do about it."""

    name: str
    ok: bool | None
    found: str
    advice: str = ""

    @classmethod
    def good(cls, name: str, found: str, advice: str = "") -> "Finding":
        """All is well; ``advice`` is what could be better."""
        return cls(name, True, found, advice)

    @classmethod
    def bad(cls, name: str, found: str, advice: str) -> "Finding":
        """The bot, or a part of it, cannot work like this."""
        return cls(name, False, found, advice)

    @classmethod
    def left_out(cls, name: str, found: str) -> "Finding":
        """This cannot be told, and that is no fault."""
        return cls(name, None, found)


class Use(StrEnum):
    """What a channel is for."""

    REVIEW = "review channel"
    AUDIT = "audit channel"
    BRIEFINGS = "briefings"


@dataclass(frozen=True, slots=True, order=True)
class Configured:
    """A channel that a server has chosen, by the ids of both."""

    server: int
    channel: int
    use: Use
