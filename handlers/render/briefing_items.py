"""One change in a briefing: what happened, the claim, what is known about it, its sources and where to read on."""

from handlers.render.claims import ACTS, KINDS, NAME_LENGTH, cited, said
from handlers.render.moderation.differences import difference_lines, marked
from handlers.render.text import clip, link, safe
from knowledge.answers import Library
from knowledge.briefing.digest import Change, Item
from knowledge.codec import entry_to_dict
from knowledge.model import POSITIONS, Attribution, Document, Entry
from knowledge.moderation.model import Subject

TOLD = {
    Change.NEW: "New",
    Change.CHANGED: "Changed",
    Change.NO_LONGER_HELD: "No longer held",
    Change.RETRACTED: "Retracted",
}
MARKED_LENGTH = 1_500
"""A claim of which so many words changed that their marks make it longer is told before and after instead."""
_CLAIM = "**Claim**: "


def item_text(item: Item, library: Library) -> str:
    """A change as it is told; safe to show. It reports what is recorded and does not comment."""
    lines = [f"**{TOLD[item.change]}** · {_claim(item)}", *_details(item), " · ".join(_facts(item.entry))]
    if item.entry.is_active and item.entry.contested:
        lines.append(f"⚠ Contested: {safe(item.entry.contested)}")
    lines += [_source(library[key]) for key in cited(item.entry) if key in library]
    return "\n".join([*lines, f"Read more: {_command(item)}"])


def _claim(item: Item) -> str:
    """The claim with the changed words marked. One that is gone is told as it was told before."""
    if item.before is None or item.before.claim == item.entry.claim:
        return safe(item.entry.claim)
    if item.change is not Change.CHANGED:
        return safe(item.before.claim)
    words = marked(item.before.claim, item.entry.claim)
    return words if len(words) <= MARKED_LENGTH else f"~~{safe(item.before.claim)}~~ → {safe(item.entry.claim)}"


def _details(item: Item) -> list[str]:
    """What else changed, or why a claim is gone."""
    if item.change is Change.CHANGED and item.before:
        before, after = entry_to_dict(item.before), entry_to_dict(item.entry)
        lines = difference_lines(Subject.ENTRY, before, after)
        return [line for line in lines if not line.startswith(_CLAIM)]
    reason = item.after.reason or item.entry.reason
    return [f"Reason: {safe(reason)}"] if reason and item.change is not Change.NEW else []


def _facts(entry: Entry) -> list[str]:
    what = ACTS[entry.act] if entry.act else KINDS[entry.kind]
    reading = "the source's reading" if entry.attribution is Attribution.READING else ""
    return [fact for fact in (what, said(entry), safe(entry.speaker or ""), reading, f"`{entry.id}`") if fact]


def _source(document: Document) -> str:
    by = f", {document.author}" if document.author else ""
    name = clip(f"{document.id} · {document.name}{by}", NAME_LENGTH)
    return f"Source {link(document.url, name) if document.url else safe(name)}"


def _command(item: Item) -> str:
    """Where the claim can be read: among the others of its position, or by itself."""
    entry = item.entry
    if not entry.is_active:
        return f"`/entry history {entry.id}`"
    if entry.kind in POSITIONS and entry.party and entry.topic:
        return f"`/position {entry.party} {entry.topic}`"
    return f"`/entry show {entry.id}`"
