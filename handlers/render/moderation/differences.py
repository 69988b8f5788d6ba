"""What differs between two contents, field by field, with the changed words marked."""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from handlers.render.text import echo, safe
from knowledge.model import Attribution, Rank, Status
from knowledge.moderation.model import Subject

LABELS = {
    "claim": "Claim",
    "party": "Party",
    "topic": "Topic",
    "act": "Act",
    "kind": "Kind",
    "rank": "Rank",
    "speaker": "Speaker",
    "stated_on": "Said on",
    "valid_from": "Valid from",
    "valid_to": "Valid to",
    "when": "When",
    "order": "Place on the time line",
    "contested": "Contested",
    "status": "Status",
    "attribution": "Attribution",
    "citations": "Sources",
    "involved": "Involved",
    "editor_role": "Editor role",
    "approver_role": "Approver role",
    "review_channel": "Review channel",
    "audit_channel": "Audit channel",
    "two_person": "Two-person rule",
    "answers": "Answers",
    "timezone": "Time zone",
    "word": "Word",
    "target": "Means",
    "name": "Name",
    "about": "About",
}
"""The fields in the order and under the names in which a difference is told; others are not (ids, defaults)."""
DEFAULTS = {"rank": Rank.NORMAL.value, "attribution": Attribution.OWN.value, "status": Status.ACTIVE.value}
"""What goes without saying of an entry."""
ISOLATE, END = "\u2068", "\u2069"
_NO_ISOLATES = dict.fromkeys(map(ord, (ISOLATE, END)))
"""What ``safe`` puts around text from right to left goes around the whole, not around one of its words."""


def difference_lines(subject: Subject, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """A line for each field that differs; None is what is there before anything is said."""
    nothing = DEFAULTS if subject is Subject.ENTRY else {}
    old, new = before or nothing, after or nothing
    return [
        f"**{label}**: {words}"
        for key, label in LABELS.items()
        if (words := _difference(key, old.get(key), new.get(key)))
    ]


def marked(before: str, after: str) -> str:
    """Two texts as one, what went struck out and what came in bold; safe to show."""
    texts = [safe(before), safe(after)]
    plain = [text.translate(_NO_ISOLATES) for text in texts]
    old, new = map(_tokens, plain)
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    shown = "".join(_pieces(matcher, old, new)).strip()
    return shown if plain == texts else f"{ISOLATE}{shown}{END}"


def value_words(key: str, value: Any) -> str:
    """A value as it is told; empty for none."""
    if value in (None, "", []):
        return ""
    if key.endswith("_role"):
        return f"<@&{value}>"
    if key.endswith("_channel"):
        return f"<#{value}>"
    if key == "citations":
        return ", ".join(f"`{each['document']}` {echo(each['locator'])}" for each in value)
    return safe(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _difference(key: str, old: Any, new: Any) -> str:
    if old == new:
        return ""
    before, after = value_words(key, old), value_words(key, new)
    if before == after:  # nothing can be None or empty
        return ""
    if key in ("claim", "contested") and before and after:
        return marked(str(old), str(new))
    if not before or not after:
        return after or f"~~{before}~~"
    return f"~~{before}~~ → {after}"


def _tokens(text: str) -> list[str]:
    """Words, spaces and signs of a text that is safe already: what escapes a sign stays with it."""
    return re.findall(r"\s+|\w+|\\.|@\u2060|[^\w\s]", text)


def _pieces(matcher: "difflib.SequenceMatcher[str]", old: list[str], new: list[str]) -> Iterator[str]:
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        if tag == "equal":
            yield come
        else:
            yield _around("~~", gone) + _around("**", come)


def _around(mark: str, text: str) -> str:
    """The text between marks, with its outer spaces outside, where markdown needs them."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{mark}{inner}{mark}{text[start + len(inner) :]}"
