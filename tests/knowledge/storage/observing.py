"""All that a store of a few entries tells."""

from dataclasses import replace
from datetime import timedelta

from knowledge.model import BASE, Scope
from knowledge.moderation.model import ProposalKind
from knowledge.ports import Selection, UnitOfWork
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER
from tests.knowledge.storage.briefing import DAY, NINE

SEARCHED: list[tuple[list[str], int]] = [
    ([], 2),
    ([], 9),
    (["r"], 1),
    (["the", "riv"], 9),
    (["river", "the"], 1),
    (["s", "1"], 9),
]
"""Words, and how many are wanted."""


async def observe(work: UnitOfWork) -> dict[str, object]:
    """Of the base and two servers, by what was asked."""
    found: dict[str, object] = {
        "scopes": await work.servers.all(),
        "left": await work.servers.left(),
        "behind": await work.changes.scopes_behind(),
    }
    found |= await _due(work)
    for user in range(4):
        found[f"handles of {user}"] = await work.people.handles(user)
    for scope in (BASE, SERVER, OTHER_SERVER):
        told = {
            **await _entries(work, scope),
            **await _past(work, scope),
            **await _moderated(work, scope),
            **await _briefed(work, scope),
        }
        found |= {f"{what} in {scope.id}": answer for what, answer in told.items()}
    return found


async def _entries(work: UnitOfWork, scope: Scope) -> dict[str, object]:
    revisions = work.revisions
    found: dict[str, object] = {}
    for words, limit in SEARCHED:
        found[f"{words} {limit}"] = await revisions.find(scope, words, limit)
    return found | {
        "heads": await revisions.heads(scope),
        "count": await work.servers.count(scope),
        "history": {name: await revisions.history(scope, name) for name in ("a", "b", "s-1")},
        "topics": await revisions.topics_of(scope, "uplands"),
        "parties": await revisions.parties_on(scope, "dam"),
        "began": await revisions.began(scope),
        "documents": await work.documents.all(scope),
    }


async def _past(work: UnitOfWork, scope: Scope) -> dict[str, object]:
    numbered = {f"up to {upto}": await work.revisions.select(scope, Selection(upto=upto)) for upto in range(0, 9, 2)}
    chosen = [Selection(active_only=False), Selection(topic="dam"), Selection(ids=frozenset({"a", "x"}))]
    moments = [None, MONDAY, MONDAY + timedelta(days=2)]
    asked = [replace(each, recorded_by=moment) for each in chosen for moment in moments]
    found: dict[str, object] = {f"{each}": await work.revisions.select(scope, each) for each in asked}
    return found | numbered | {"touched": await work.revisions.touched(scope, 1, 6)}


async def _moderated(work: UnitOfWork, scope: Scope) -> dict[str, object]:
    changes, proposals = work.changes, work.proposals
    return {
        "trail": await changes.page(scope, 0, 99),
        "page": await changes.page(scope, 1, 2),
        "batches": [await changes.batch(scope, position) for position in range(4)],
        "ends": (await changes.last(scope), await changes.head(scope), await changes.posted(scope)),
        "records": await work.records.all(scope),
        "proposals": await proposals.by(scope, "me-abc"),
        "pending": await proposals.pending(scope, 2),
        "made": await proposals.made_since(scope, "me-abc", ProposalKind.SUGGESTION, MONDAY + timedelta(days=1)),
        "gaps": await work.gaps.top(scope, 9),
    }


async def _due(work: UnitOfWork) -> dict[str, object]:
    found: dict[str, object] = {
        "latest": await work.revisions.latest(),
        "overlaid": await work.revisions.overlaid([SERVER, OTHER_SERVER]),
        "untold": await work.deliveries.untold(9),
        "counts": await work.deliveries.counts(),
    }
    for now in (NINE, NINE + DAY, NINE + 2 * DAY):
        found[f"due {now}"] = await work.subscriptions.due(now, 3)
        found[f"claimable {now}"] = await work.deliveries.claimable(now, 3)
    return found


async def _briefed(work: UnitOfWork, scope: Scope) -> dict[str, object]:
    known = await work.subscriptions.of(scope)
    return {
        "subscriptions": known,
        "deliveries": [await work.deliveries.last(each.id, 9) for each in known],
        "unfinished": [await work.deliveries.unfinished(each.id) for each in known],
    }
