"""Pure: what became of entries between two moments of the history, as a channel should be told of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.model import Document, Entry, Revision, Status


class Change(StrEnum):
    """What became of a claim; in the order in which it is told."""

    NEW = "new"
    CHANGED = "changed"
    NO_LONGER_HELD = "no longer held"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Item:
    """One claim: what is recorded now, what was told before (None for what is new), and since when."""

    change: Change
    after: Revision
    before: Entry | None = None

    @property
    def entry(self) -> Entry:
        """What is recorded now."""
        return self.after.entry


@dataclass(frozen=True, slots=True)
class Group:
    """The items of a party on a topic, the newest first; slugs, None where the entries have none."""

    topic: str | None
    party: str | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What changed after the sequence number ``since`` up to ``upto``; never without groups."""

    since: int
    upto: int
    groups: tuple[Group, ...]
    library: Mapping[str, Document]

    @property
    def items(self) -> list[Item]:
        """All items."""
        return [item for group in self.groups for item in group.items]


def changes_between(before: Iterable[Revision], after: Iterable[Revision]) -> list[Item]:
    """What became of entries, from what a server saw then and sees now; what is the same again does not appear."""
    then = {revision.entry.id: revision.entry for revision in before}
    found = (_item(then.get(revision.entry.id), revision) for revision in after)
    return [item for item in found if item]


def grouped(items: Iterable[Item], topics: Sequence[str], parties: Sequence[str]) -> tuple[Group, ...]:
    """The items by topic and party, in the order in which those are shown; what has no topic comes last."""
    by: dict[tuple[str | None, str | None], list[Item]] = {}
    for item in items:
        by.setdefault((item.entry.topic, item.entry.party), []).append(item)
    order = sorted(by, key=lambda key: (_place(key[0], topics), _place(key[1], parties)))
    return tuple(Group(topic, party, _newest_first(by[topic, party])) for topic, party in order)


def covers(item: Item, parties: Sequence[str], topics: Sequence[str]) -> bool:
    """Whether a subscription to these parties and topics (none: all) is told of an item.

    An entry that was moved from one to another concerns both.
    """
    entries = [entry for entry in (item.before, item.entry) if entry]
    of_party = not parties or any({entry.party, *entry.involved} & set(parties) for entry in entries)
    return of_party and (not topics or any(entry.topic in topics for entry in entries))


def _item(before: Entry | None, after: Revision) -> Item | None:
    was, now = before is not None and before.is_active, after.entry.is_active
    if now and not was:
        return Item(Change.NEW, after)
    if was and not now:
        gone = Change.RETRACTED if after.entry.status is Status.RETRACTED else Change.NO_LONGER_HELD
        return Item(gone, after, before)
    return Item(Change.CHANGED, after, before) if was and before != after.entry else None


def _newest_first(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.after.sequence, reverse=True))


def _place(slug: str | None, order: Sequence[str]) -> int:
    return order.index(slug) if slug in order else len(order)
