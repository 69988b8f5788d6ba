"""A change as the audit channel tells it: who, what, why, and the difference."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers.custom_ids import Deed, DeedVerb
from handlers.render.card import Block, Card, Link
from handlers.render.moderation.differences import difference_lines
from handlers.render.text import count, safe
from knowledge.model import Action, Revision
from knowledge.moderation.model import Change, Subject

SHOWN = 8
"""So many changes of a batch are told in full at most; the others are counted."""
ROOM = 1_600
"""So many characters of changes fit the one message that a batch has, beside all else in it."""
DONE = {
    Action.ADD: "added",
    Action.REVISE: "revised",
    Action.SUPERSEDE: "marked as no longer held",
    Action.RETRACT: "retracted",
    Action.RESTORE: "restored",
}
NOUNS = {
    Subject.ENTRY: "entry",
    Subject.ALIAS: "word",
    Subject.PARTY: "party",
    Subject.TOPIC: "topic",
    Subject.SETTINGS: "settings",
}


def render_changes(batch: Sequence[Change], who: Mapping[str, int]) -> Card:
    """The card of one batch of changes, with *Undo*."""
    first = batch[0]
    blocks = _fitting([_block(change, is_one_of_many=len(batch) > 1) for change in batch[:SHOWN]])
    more = len(batch) - len(blocks)
    rest = f"\n-# … and {count(more, 'further change')} beside those below; `/audit export` has all." if more else ""
    return Card(
        title=headline(batch),
        blocks=tuple(blocks),
        lead=f"-# by {person(first.actor, who)}, {moment(first.recorded_at)}{rest}",
        footer=f"change {first.position} · {first.link[:12]}",
        links=(Link("Undo", Deed(DeedVerb.UNDO, str(first.batch)), danger=True),),
    )


def headline(batch: Sequence[Change]) -> str:
    """What was done, in a few words: "Entry `s-4k2m9q` revised", "12 entries changed"."""
    first = batch[0]
    if len(batch) > 1:
        return f"{count(len(batch), 'change')} at once"
    if first.subject is Subject.SETTINGS:
        return "Settings changed"
    return f"{NOUNS[first.subject].capitalize()} {safe(name_of(first))} {DONE[first.action]}"


def name_of(change: Change) -> str:
    """By what people know what was changed: an entry's id, a word, a name."""
    content: Mapping[str, Any] = change.after or change.before or {}
    return str(content.get("word") or content.get("name") or change.key)


def person(handle: str | None, who: Mapping[str, int]) -> str:
    """The person behind a handle, as a mention that pings nobody; the handle where they are forgotten."""
    if handle is None:
        return "the shipped base"
    return f"<@{who[handle]}>" if handle in who else f"`{handle}`"


def maker(revision: Revision, who: Mapping[str, int]) -> str:
    """Who made a revision; that of the base is made by nobody here."""
    return "the shipped base" if revision.scope.is_base else person(revision.actor, who)


def moment(when: datetime) -> str:
    """A moment, shown by Discord in the reader's own time."""
    return f"<t:{int(when.timestamp())}:f>"


def _fitting(blocks: list[Block]) -> list[Block]:
    """At least one, and as many as there is room for."""
    while len(blocks) > 1 and sum(len(block.text) + len(block.section) for block in blocks) > ROOM:
        blocks.pop()
    return blocks


def _block(change: Change, *, is_one_of_many: bool) -> Block:
    lines = difference_lines(change.subject, change.before, change.after)
    why = [f"Reason: {safe(change.reason)}"] if change.reason else []
    section = f"{safe(name_of(change))} · {DONE[change.action]}" if is_one_of_many else ""
    return Block("\n".join([*lines, *why]), section=section)
