"""Writing entries into a server's overlay, each with its line in the audit trail."""

from collections.abc import Iterable, Sequence

from knowledge.codec import entry_to_dict
from knowledge.errors import StaleRevision
from knowledge.model import Document, Revision
from knowledge.moderation.context import Sitting
from knowledge.moderation.errors import NothingChanged, Quota, QuotaReached
from knowledge.moderation.model import Change, Item, Subject
from knowledge.revising import next_revision
from knowledge.service.entries import visible_heads

MOST_ENTRIES = 5_000
"""The most entries of a server's overlay."""


async def write(sitting: Sitting, items: Sequence[Item], documents: Iterable[Document], reason: str | None) -> None:
    """Makes the items what the entries are in this server, all or nothing.

    Raises:
        StaleRevision: an entry was changed since the revision that an item started from.
        NothingChanged: no item changes anything.
        QuotaReached: the server would have too many entries.
    """
    heads = await visible_heads(sitting.work, sitting.scope, [item.entry.id for item in items])
    await _add_documents(sitting, list(documents))
    for item in items:
        await _write_one(sitting, item, heads.get(item.entry.id), reason)
    if not sitting.trail.changes:
        raise NothingChanged(items[0].entry.id if items else "")
    if await sitting.work.servers.count(sitting.scope) > MOST_ENTRIES:
        raise QuotaReached(Quota.ENTRIES, MOST_ENTRIES)


async def _add_documents(sitting: Sitting, documents: Sequence[Document]) -> None:
    """Those that the server does not have; what it has, perhaps since they were looked at, stays as it is."""
    known = {each.id for each in await sitting.work.documents.all(sitting.scope)} if documents else set()
    for document in documents:
        if document.id not in known:
            await sitting.work.documents.put(document, sitting.scope)


async def _write_one(sitting: Sitting, item: Item, seen: Revision | None, reason: str | None) -> Change | None:
    if (seen.sequence if seen else None) != item.version:
        raise StaleRevision(item.entry.id, seen.number if seen else 0)
    revision = next_revision(
        seen,
        item.entry,
        scope=sitting.scope,
        now=sitting.trail.now,
        actor=sitting.handle,
        reason=reason,
        number=await next_number(sitting, item.entry.id),
    )
    return await append(sitting, revision, seen) if revision else None


async def append(sitting: Sitting, revision: Revision, seen: Revision | None) -> Change:
    """Records a revision together with its line in the audit trail."""
    await sitting.work.revisions.append(revision)
    return await sitting.trail.add(
        Subject.ENTRY,
        revision.entry.id,
        revision.action,
        before=entry_to_dict(seen.entry) if seen else None,
        after=entry_to_dict(revision.entry),
        number=revision.number,
        previous=seen.sequence if seen else None,
        reason=revision.reason,
    )


async def next_number(sitting: Sitting, entry_id: str) -> int:
    """The number of the next revision that this server makes of an entry."""
    steps = await sitting.work.revisions.history(sitting.scope, entry_id)
    return 1 + max((step.number for step in steps if step.scope == sitting.scope), default=0)


def new_entry_id(sitting: Sitting) -> str:
    """An id that no other server has given and none will give again: 30 to the power of 6 are possible."""
    return f"s-{sitting.mod.new_id(6)}"
