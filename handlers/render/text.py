"""Text that is safe to show: markdown, mentions and links of what people typed are shown, not obeyed."""

import re
from calendar import month_name

from knowledge.as_of import AsOf, Axis
from knowledge.dates import PartialDate, Precision
from knowledge.moderation.links import LinkNotAllowed, host_of, https_address
from knowledge.moderation.text import visible

_ACTIVE = re.compile(r"([\\*_~|`<\[\]])")
_AT_START = re.compile(r"^([^\S\n]*)([#>+-]|\d+(?=\.))", re.MULTILINE)
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVITE = re.compile(r"(discord(?:app)?\.\w+|dis\.gd)/", re.IGNORECASE)  # shown as a card without "https://" too
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_JOIN = "\u2060"
ELLIPSIS = "…"


def safe(text: str) -> str:
    """``text`` with everything escaped that Discord would obey, without invisible characters.

    ``discord.utils.escape_markdown`` leaves timestamps, channel, role and command mentions alone; here "<" is escaped,
    and "://" is broken up, so that nothing becomes a mention or a link. A line with letters that are written from right
    to left is isolated, so that it does not move what stands beside it. White space stays as it is.
    """
    escaped = _ACTIVE.sub(r"\\\1", visible(_LINE_END.sub("\n", text)))
    quiet = _INVITE.sub(r"\1\\/", escaped.replace("://", ":\\//").replace("@", f"@{_JOIN}"))
    return "\n".join(map(_isolated, _AT_START.sub(_escape_start, quiet).split("\n")))


def link(url: str, label: str) -> str:
    """A citation's address as a link that tells where it leads: "[label](<url>) (host)".

    Only the label, safe, if the address is not one that ``https_address`` allows. For citations only.
    """
    try:
        address = https_address(url)
    except LinkNotAllowed:
        return safe(label)
    return f"[{' '.join(safe(label).split())}](<{address}>) ({host_of(address)})"


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


def _escape_start(found: re.Match[str]) -> str:
    """A digit cannot be escaped: of a numbered item, the point is."""
    space, mark = found.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _isolated(line: str) -> str:
    return f"\u2068{line}\u2069" if _RIGHT_TO_LEFT.search(line) else line
