"""One entry: as it is, how it came to be so, and what differs between two of its versions."""

from collections.abc import Iterator

from handlers.custom_ids import Target
from handlers.render.card import Block, Card, Link
from handlers.render.claims import ACTS, KINDS
from handlers.render.moderation.changes import DONE, maker, moment
from handlers.render.moderation.differences import LABELS, difference_lines, value_words
from handlers.render.text import date_words, link, safe
from knowledge.answers import EntryDetail, EntryDiff, EntryHistory, Library
from knowledge.codec import entry_to_dict
from knowledge.model import Citation, Entry, Revision, Status
from knowledge.moderation.model import Subject
from knowledge.moderation.outcomes import Who
from knowledge.requests import EntryDiffRequest, EntryHistoryRequest, EntryRequest

STATES = {
    Status.ACTIVE: "stands",
    Status.SUPERSEDED: "no longer held",
    Status.RETRACTED: "retracted",
}


def render_entry(answer: EntryDetail) -> Card:
    """All fields of an entry, its sources in full, and who changed it last."""
    entry = answer.revision.entry
    return Card(
        title=f"Entry `{entry.id}`",
        blocks=(
            Block(f"**{safe(entry.claim)}**"),
            Block("\n".join(_facts(entry))),
            *(Block(_source(each, answer.library), section="Sources") for each in entry.citations),
        ),
        footer=f"version {answer.steps}: {_made(answer.revision, answer.who)}",
        links=tuple(_ways(entry.id, steps=answer.steps, history=True)),
        turn=Target(answer.request),
        shareable=True,
    )


def render_entry_history(answer: EntryHistory) -> Card:
    """Each version with its number, newest first: who, when, why, and what it changed."""
    before = [None, *answer.revisions]
    numbered = list(enumerate(zip(before, answer.revisions, strict=False), start=1))
    blocks = [_step(number, old, new, answer.who) for number, (old, new) in reversed(numbered)]
    key = answer.request.entry
    return Card(
        title=f"History of `{key}`",
        lead="-# Newest first; `/entry diff` compares any two by their numbers" if len(blocks) > 1 else "",
        blocks=tuple(blocks),
        links=(Link("Entry", Target(EntryRequest(key))), *_ways(key, steps=len(blocks))),
        turn=Target(answer.request),
    )


def render_entry_diff(answer: EntryDiff) -> Card:
    """What differs between two versions, with the changed words marked."""
    key, first, second = answer.request.entry, answer.request.first, answer.request.second
    lines = _changes(answer.before, answer.after)
    lead = [
        f"-# {number}: {_made(revision, answer.who)}"
        for number, revision in ((first, answer.before), (second, answer.after))
    ]
    return Card(
        title=f"`{key}` · version {first} → {second}",
        lead="\n".join(lead),
        blocks=(Block("\n".join(lines) or "These two versions say the same."),),
        links=tuple(_ways(key, history=True)),
        turn=Target(answer.request),
    )


def _ways(key: str, *, steps: int = 0, history: bool = False) -> Iterator[Link]:
    if history:
        yield Link("History", Target(EntryHistoryRequest(key)))
    if steps > 1:
        yield Link("Last change", Target(EntryDiffRequest(key)))


def _facts(entry: Entry) -> Iterator[str]:
    """The fields but for claim and sources, which are shown otherwise."""
    told = entry_to_dict(entry) | {
        "kind": KINDS[entry.kind],
        "act": ACTS[entry.act] if entry.act else None,
        "status": STATES[entry.status],
        **{key: date_words(date) for key in ("stated_on", "valid_from", "valid_to") if (date := getattr(entry, key))},
    }
    for key, label in LABELS.items():
        if key not in ("claim", "citations") and (words := value_words(key, told.get(key))):
            yield f"**{label}**: {words}"
    if entry.reason:
        yield f"**Why**: {safe(entry.reason)}"


def _source(citation: Citation, library: Library) -> str:
    document = library.get(citation.document)
    if document is None:
        return f"• `{citation.document}` {safe(citation.locator)}"
    facts = [
        link(document.url, document.name) if document.url else safe(document.name),
        safe(document.author or ""),
        date_words(document.published_on) if document.published_on else "",
    ]
    return f"• `{document.id}` {' · '.join(filter(None, facts))}\n-# {safe(citation.locator)}"


def _made(revision: Revision, who: Who) -> str:
    return f"{DONE[revision.action]} by {maker(revision, who)}, {moment(revision.recorded_at)}"


def _step(number: int, before: Revision | None, after: Revision, who: Who) -> Block:
    lines = [f"**{number}** · {_made(after, who)}"]
    if after.reason:
        lines.append(f"Reason: {safe(after.reason)}")
    if after.follows_base:
        lines.append("-# From here on this server sees the shipped entry again.")
    return Block("\n".join([*lines, *_changes(before, after), ""]))


def _changes(before: Revision | None, after: Revision) -> list[str]:
    old = entry_to_dict(before.entry) if before else None
    return difference_lines(Subject.ENTRY, old, entry_to_dict(after.entry))
