"""Undo: a change of the last 30 days is taken back by another change, so nothing of the history is lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from knowledge.codec import entry_from_dict
from knowledge.model import Action, Entry, Revision, Scope
from knowledge.moderation.context import Moderation, Sitting, sitting
from knowledge.moderation.entries import append, next_number
from knowledge.moderation.errors import CannotUndo, NoUndo
from knowledge.moderation.model import Caller, Change, Level, Record, Subject, TwoPerson
from knowledge.moderation.outcomes import Applied
from knowledge.moderation.people import who_of
from knowledge.moderation.rights import require
from knowledge.revising import next_revision, retracted
from knowledge.service.entries import visible_heads

UNDO_FOR = timedelta(days=30)
"""How long after it a change can be undone."""
UNDONE = "undone"
"""Why an entry is retracted that an undone change had added."""
UNDO_OF = "undo of change"
"""Why a change is made that takes one back, whose position follows."""
LEVELS = {
    Subject.ENTRY: Level.EDITOR,
    Subject.ALIAS: Level.EDITOR,
    Subject.PARTY: Level.APPROVER,
    Subject.TOPIC: Level.APPROVER,
    Subject.SETTINGS: Level.MANAGER,
}
"""What it takes to undo a change: what it took to make it."""


async def undo(mod: Moderation, scope: Scope, caller: Caller, position: int) -> Applied:
    """Takes back the batch of changes that begins at ``position``, all or nothing.

    Raises:
        Forbidden: the caller could not have made it; where a rule of two holds, only approvers undo entries.
        CannotUndo: it is unknown or too old, or something was changed again since.
    """
    async with sitting(mod, scope, caller, Level.VIEWER) as at:
        batch = await at.work.changes.batch(scope, position)
        _may_be_undone(at, batch)
        heads = await visible_heads(at.work, scope, [each.key for each in batch if each.subject is Subject.ENTRY])
        for change in reversed(batch):
            await _undo_one(at, change, heads)
        return Applied(tuple(at.trail.changes), at.settings, await who_of(at.work, scope, [at.handle]))


def _may_be_undone(at: Sitting, batch: list[Change]) -> None:
    if not batch:
        require(at.caller, at.settings, Level.EDITOR)
        raise CannotUndo(NoUndo.UNKNOWN)
    for subject in {change.subject for change in batch}:
        require(at.caller, at.settings, _needed(at, subject, len(batch)))
    if at.trail.now - batch[0].recorded_at > UNDO_FOR:
        raise CannotUndo(NoUndo.TOO_OLD)


def _needed(at: Sitting, subject: Subject, changes: int) -> Level:
    if subject is Subject.ENTRY and (changes > 1 or at.settings.two_person is not TwoPerson.OFF):
        return Level.APPROVER
    return LEVELS[subject]


async def _undo_one(at: Sitting, change: Change, heads: Mapping[str, Revision]) -> None:
    if change.subject is Subject.ENTRY:
        await _undo_entry(at, change, heads.get(change.key))
    else:
        await _undo_record(at, change)


async def _undo_entry(at: Sitting, change: Change, head: Revision | None) -> None:
    steps = await at.work.revisions.history(at.scope, change.key)
    last = max((step.number for step in steps if step.scope == at.scope), default=0)
    if head is None or last != change.number:
        raise CannotUndo(NoUndo.CHANGED_SINCE, change.key)
    base = next((step for step in reversed(steps) if step.scope.is_base), None)
    follows = base is not None and change.previous is not None and change.number == 1
    before = base.entry if follows and base else _before(change)
    await _append_undo(at, change, head, before, follows_base=follows)


async def _append_undo(at: Sitting, change: Change, head: Revision, before: Entry, *, follows_base: bool) -> None:
    number = await next_number(at, change.key)
    reason = f"{UNDO_OF} {change.position}"
    revision = next_revision(
        head, before, scope=at.scope, now=at.trail.now, actor=at.handle, reason=reason, number=number
    ) or Revision(at.scope, number, Action.RESTORE, before, at.trail.now, at.handle, reason)
    await append(at, replace(revision, follows_base=follows_base), head)


def _before(change: Change) -> Entry:
    if change.before is not None:
        return entry_from_dict(change.before)
    return retracted(entry_from_dict(change.after or {}), UNDONE)


async def _undo_record(at: Sitting, change: Change) -> None:
    now = await at.work.records.get(at.scope, change.subject, change.key)
    if (now.content if now else None) != change.after:
        raise CannotUndo(NoUndo.CHANGED_SINCE, change.key)
    if change.before is None:
        await at.work.records.remove(at.scope, change.subject, change.key)
    else:
        await at.work.records.put(Record(at.scope, change.subject, change.key, change.before))
    action = _OPPOSITE.get(change.action, Action.REVISE)
    await at.trail.add(
        change.subject,
        change.key,
        action,
        before=change.after,
        after=change.before,
        reason=f"{UNDO_OF} {change.position}",
    )


_OPPOSITE = {Action.ADD: Action.RETRACT, Action.RETRACT: Action.RESTORE, Action.RESTORE: Action.RETRACT}
