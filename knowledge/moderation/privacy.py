"""What is stored about a person, and how they are forgotten: the history keeps a handle that leads to nobody."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.model import BASE, Scope
from knowledge.moderation.auditing import trail_of
from knowledge.moderation.context import Moderation
from knowledge.moderation.model import Change, Proposal
from knowledge.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Stored:
    """What a server's data holds of a person: a handle, the changes and proposals recorded under it."""

    scope: Scope
    handle: str
    changes: Sequence[Change]
    proposals: Sequence[Proposal]


async def stored_about(mod: Moderation, scope: Scope, user: int) -> list[Stored]:
    """What is stored about a user in a server; asked from a DM (the base), in all servers."""
    async with mod.storage.reading() as work:
        handles = await work.people.handles(user)
        wanted = sorted(handles) if scope == BASE else [scope] if scope in handles else []
        return [await _stored(work, each, handles[each]) for each in wanted]


async def privacy_export(mod: Moderation, scope: Scope, user: int) -> bytes:
    """The same as JSON. Names what was changed, when and why; the entries' texts belong to the server."""
    found = await stored_about(mod, scope, user)
    told = {"user": str(user), "servers": [_told(each) for each in found]}
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


async def forget(mod: Moderation, scope: Scope, user: int) -> list[str]:
    """Forgets who stands behind the user's handles, in a server or (asked from a DM) in all; returns the handles."""
    async with mod.storage.writing() as work:
        handles = await work.people.handles(user)
        wanted = [each for each in sorted(handles) if scope in (BASE, each)]
        for each in wanted:
            await work.people.forget(each, user)
        await work.commit()
    return [handles[each] for each in wanted]


async def _stored(work: UnitOfWork, scope: Scope, handle: str) -> Stored:
    changes = [change async for change in trail_of(work, scope) if change.actor == handle]
    return Stored(scope, handle, changes, await work.proposals.by(scope, handle))


def _told(stored: Stored) -> dict[str, object]:
    return {
        "server": str(stored.scope.id),
        "handle": stored.handle,
        "changes": [_line(each.recorded_at, each.action.value, each.key, each.reason) for each in stored.changes],
        "proposals": [
            {**_line(each.created_at, each.state.value, each.id, each.reason), "message": each.message_url}
            for each in stored.proposals
        ],
    }


def _line(at: datetime, what: str, key: str, why: str | None) -> dict[str, object]:
    return {"at": at.isoformat(), "what": what, "key": key, "reason": why}
