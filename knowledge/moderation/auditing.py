"""The audit trail for those who read it: what is still to be told, the whole as a file, and whether it is whole."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import groupby

from knowledge.model import Revision, Scope
from knowledge.moderation.chain import Verified, follow
from knowledge.moderation.context import Moderation, looking, settings_of
from knowledge.moderation.model import Caller, Change, Level, Subject
from knowledge.moderation.outcomes import Unposted
from knowledge.moderation.people import who_of
from knowledge.ports import Storage, UnitOfWork

PAGE = 500
"""How many changes are read at a time, so that a long trail needs little memory."""


async def unposted(mod: Moderation, scope: Scope) -> Unposted:
    """The first batches that the audit channel has not been told, in order, each whole: about ``PAGE`` changes."""
    async with mod.storage.reading() as work:
        settings = await settings_of(work, scope)
        changes = await work.changes.page(scope, await work.changes.posted(scope), PAGE)
        batches = [tuple(group) for _, group in groupby(changes, key=lambda change: change.batch)]
        if len(changes) == PAGE:  # the last one may go on
            batches[-1] = tuple(await work.changes.batch(scope, batches[-1][0].batch))
        return Unposted(settings.audit_channel, batches, await who_of(work, scope, [each.actor for each in changes]))


async def mark_posted(mod: Moderation, scope: Scope, position: int) -> None:
    """Remembers that the audit channel has been told up to there."""
    async with mod.storage.writing() as work:
        if position > await work.changes.posted(scope):
            await work.changes.mark_posted(scope, position)
            await work.commit()


async def scopes_behind(mod: Moderation) -> list[Scope]:
    """The servers whose audit channel has something to be told yet."""
    async with mod.storage.reading() as work:
        return await work.changes.scopes_behind()


async def audit_export(mod: Moderation, scope: Scope, caller: Caller) -> bytes:
    """The whole trail, one change a line in JSON, in order; raises Forbidden for who is no approver."""
    async with looking(mod, scope, caller, Level.APPROVER) as (work, _):
        lines = [json.dumps(_told(change), ensure_ascii=False) async for change in trail_of(work, scope)]
    return "".join(f"{line}\n" for line in lines).encode()


async def audit_verify(mod: Moderation, scope: Scope, caller: Caller) -> Verified:
    """Whether the trail is whole (``verify``), for approvers; raises Forbidden for others."""
    async with looking(mod, scope, caller, Level.APPROVER):
        pass
    return await verify(mod.storage, scope)


async def verify(storage: Storage, scope: Scope) -> Verified:
    """Follows the chain of a scope from its first change; a trail whose end was cut off is broken there.

    So is one where the revision that a change made tells otherwise of who did it, when, why and what.
    """
    found = Verified(0)
    async with storage.reading() as work:
        head = await work.changes.head(scope)
        while found.broken_at is None and (page := await work.changes.page(scope, found.length, PAGE)):
            alike = await _alike(work, page)
            found = follow(page[:alike], found)
            if found.broken_at is None and alike < len(page):
                found = replace(found, broken_at=page[alike].position)
    if found.broken_at is None and head is not None and head != (found.length, found.link):
        return Verified(found.length, found.link, broken_at=min(found.length, head[0]) + 1)
    return found


async def _alike(work: UnitOfWork, changes: Sequence[Change]) -> int:
    """How many changes there are before the first that its revision does not bear out; the histories show that one."""
    made: dict[tuple[str, int], Revision] = {}
    for scope, key in {(each.scope, each.key) for each in changes if each.subject is Subject.ENTRY}:
        made |= {(key, step.number): step for step in await work.revisions.history(scope, key) if step.scope == scope}
    for index, change in enumerate(changes):
        if change.subject is Subject.ENTRY and not _bears_out(made.get((change.key, change.number)), change):
            return index
    return len(changes)


def _bears_out(revision: Revision | None, change: Change) -> bool:
    return revision is not None and (revision.action, revision.actor, revision.recorded_at, revision.reason) == (
        change.action,
        change.actor,
        change.recorded_at,
        change.reason,
    )


async def trail_of(work: UnitOfWork, scope: Scope) -> AsyncIterator[Change]:
    """All changes of a scope, in order."""
    position = 0
    while page := await work.changes.page(scope, position, PAGE):
        for change in page:
            yield change
        position = page[-1].position


def _told(change: Change) -> dict[str, object]:
    return {
        "position": change.position,
        "batch": change.batch,
        "at": change.recorded_at.isoformat(),
        "by": change.actor,
        "subject": change.subject.value,
        "key": change.key,
        "action": change.action.value,
        "reason": change.reason,
        "before": change.before,
        "after": change.after,
        "link": change.link,
    }
