"""The rules of revising: which revision, if any, turns what is recorded into what should be."""

from dataclasses import replace
from datetime import datetime

from knowledge.model import Action, Entry, Revision, Scope, Status

_TO_INACTIVE = {Status.SUPERSEDED: Action.SUPERSEDE, Status.RETRACTED: Action.RETRACT}


def next_revision(
    current: Revision | None,
    entry: Entry,
    *,
    scope: Scope,
    now: datetime,
    actor: str | None = None,
    reason: str | None = None,
    number: int | None = None,
) -> Revision | None:
    """The revision that makes ``entry`` the content after ``current``, or None where nothing changes.

    ``now`` is UTC. ``current`` is the last revision that is seen in the scope, None for an entry that is new there;
    ``number`` is needed where that one is of another scope.
    """
    if current and current.entry == entry:
        return None
    new_reason = None if current and current.entry.reason == entry.reason else entry.reason
    return Revision(
        scope=scope,
        number=number or (current.number + 1 if current else 1),
        action=_action(current, entry),
        entry=entry,
        recorded_at=now,
        actor=actor,
        reason=reason or new_reason,
    )


def retracted(entry: Entry, reason: str) -> Entry:
    """The same entry, marked as one that should no longer be shown."""
    return replace(entry, status=Status.RETRACTED, reason=reason)


def _action(current: Revision | None, entry: Entry) -> Action:
    if current is None:
        return Action.ADD
    if entry.status is not current.entry.status:
        return _TO_INACTIVE.get(entry.status, Action.RESTORE)
    return Action.REVISE
