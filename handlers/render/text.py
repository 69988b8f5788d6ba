"""Text that is safe to show: markdown, mentions and links of what people typed are shown, not obeyed."""

import re
from calendar import month_name

from knowledge.as_of import AsOf, Axis
from knowledge.dates import PartialDate, Precision

_ACTIVE = re.compile(r"([\\*_~|`<\[\]])")
_AT_START = re.compile(r"^(\s*)([#>+-]|\d+(?=\.))", re.MULTILINE)
_INVISIBLE = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f]")
ELLIPSIS = "…"


def safe(text: str) -> str:
    """``text`` with everything escaped that Discord would obey, without invisible characters.

    ``discord.utils.escape_markdown`` leaves timestamps, channel, role and command mentions alone; here "<" is escaped,
    and "://" is broken up, so that nothing becomes a mention or a link.
    """
    escaped = _ACTIVE.sub(r"\\\1", _INVISIBLE.sub("", text))
    return _AT_START.sub(r"\1\\\2", escaped).replace("://", ":\\//").replace("@", "@\u2060")


def echo(text: str, length: int = 60) -> str:
    """What someone typed, safe, on one line, with an ellipsis where it is longer than ``length`` characters."""
    line = " ".join(text.split())
    return safe(line if len(line) <= length else line[: length - 1] + ELLIPSIS)


def clip(text: str, length: int) -> str:
    """``text``, with an ellipsis where it is longer than ``length`` characters; for labels, never for claims."""
    return text if len(text) <= length else text[: length - 1] + ELLIPSIS


def date_words(date: PartialDate) -> str:
    """A date in words, as precise as it is known: "2 June 2025", "June 2025", "2025"."""
    words = str(date.year)
    if date.precision is not Precision.YEAR:
        words = f"{month_name[date.month]} {words}"
    return f"{date.day} {words}" if date.day else words


def as_of_words(as_of: AsOf) -> str:
    """A point on a time axis in words."""
    verb = "as recorded by" if as_of.axis is Axis.RECORDED else "as said by"
    return f"{verb} {date_words(as_of.date)}"


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: "1 claim", "3 claims"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
