"""The hash chain over a server's changes: whoever alters, drops or reorders one breaks every link after it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.moderation.model import Change, Subject

START = ""
"""What the first link is chained to."""


def link_of(change: Change, previous: str) -> str:
    """The link of a change: SHA-256, in hex, over the link before it and all that the change says.

    What an entry was before is what an earlier revision says, so it is not said again. The handle stands for the
    person, so that forgetting who is behind it breaks nothing.
    """
    said = [
        previous,
        change.scope.id,
        change.position,
        change.batch,
        change.subject.value,
        change.key,
        change.number,
        change.previous,
        change.action.value,
        change.actor,
        change.recorded_at.isoformat(),
        change.reason,
        None if change.subject is Subject.ENTRY else change.before,
        change.after,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verified:
    """How far a chain holds: ``length`` changes from the first; ``broken_at`` is the first that does not fit."""

    length: int
    link: str = START
    broken_at: int | None = None


def follow(changes: Iterable[Change], so_far: Verified) -> Verified:
    """Goes on along the chain, in the order of the positions, up to the first link that does not fit."""
    length, link = so_far.length, so_far.link
    for change in changes:
        expected = length + 1
        if change.position != expected or change.link != link_of(change, link):
            return Verified(length, link, broken_at=expected)
        length, link = change.position, change.link
    return Verified(length, link)
