"""What the tests of moderation's part of a store have in common."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from knowledge.model import Action, Entry, Revision, Scope
from knowledge.moderation.model import Change, Item, Proposal, ProposalKind, ProposalState, Record, Subject
from knowledge.ports import Storage
from tests.knowledge.samples import MONDAY, SERVER, stance, step


def change(position: int, scope: Scope = SERVER, **fields: Any) -> Change:
    """A change of an alias; what is not given is plain."""
    plain: dict[str, Any] = {
        "batch": position,
        "subject": Subject.ALIAS,
        "key": "the plain",
        "action": Action.ADD,
        "actor": "ed-abc",
        "recorded_at": MONDAY,
        "after": {"target": "lowlands", "weights": [1, None]},
        "link": f"{scope.id}-{position}",
    }
    return Change(scope=scope, position=position, **{**plain, **fields})


def entry_change(position: int, revision: Revision, previous: Revision | None = None, **fields: Any) -> Change:
    """The change that a recorded revision made."""
    of_entry: dict[str, Any] = {
        "subject": Subject.ENTRY,
        "key": revision.entry.id,
        "number": revision.number,
        "previous": previous.sequence if previous else None,
        "after": None,
    }
    return change(position, revision.scope, **{**of_entry, **fields})


def follows_base(entry: Entry, number: int, scope: Scope = SERVER, at: datetime = MONDAY) -> Revision:
    """A revision that takes the hand of an overlay off an entry."""
    return replace(step(entry, number, scope=scope, at=at, action=Action.RESTORE), follows_base=True)


def proposal(name: str, scope: Scope = SERVER, **fields: Any) -> Proposal:
    """A suggestion that waits; what is not given is plain."""
    plain: dict[str, Any] = {
        "kind": ProposalKind.SUGGESTION,
        "state": ProposalState.PENDING,
        "items": (Item(stance("a")),),
        "proposer": "me-abc",
        "created_at": MONDAY,
    }
    return Proposal(id=name, scope=scope, **{**plain, **fields})


async def add_changes(store: Storage, *changes: Change) -> None:
    """Adds all in one transaction."""
    async with store.writing() as work:
        for each in changes:
            await work.changes.append(each)
        await work.commit()


async def put_records(store: Storage, *records: Record) -> None:
    """Puts all in one transaction."""
    async with store.writing() as work:
        for each in records:
            await work.records.put(each)
        await work.commit()


async def put_proposals(store: Storage, *proposals: Proposal) -> None:
    """Puts all in one transaction."""
    async with store.writing() as work:
        for each in proposals:
            await work.proposals.put(each)
        await work.commit()
