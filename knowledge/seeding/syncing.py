"""Brings the recorded base in line with what ships: each difference becomes a revision; none changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model import BASE, Action, Citation, Revision
from knowledge.ports import Clock, Storage, UnitOfWork
from knowledge.revising import next_revision, retracted
from knowledge.seeding.loading import Seeds

ACTOR = "seeds"
"""Who made the revisions that come from a release of the shipped base."""
DROPPED = "no longer in the shipped base"
"""Why an entry is retracted that a release does not contain any more."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How many entries were compared, and how many revisions that made, by action."""

    entries: int
    revisions: Mapping[Action, int]


async def sync_base(storage: Storage, seeds: Seeds, excerpts: Mapping[Citation, str], clock: Clock) -> SyncReport:
    """Records in one transaction what differs between ``seeds`` and the base; all of it or, if interrupted, nothing."""
    counts: dict[Action, int] = {}
    async with storage.writing() as work:
        await work.revisions.lock()  # two processes that start together compare one after the other
        for revision in await _differences(work, seeds, clock):
            await work.revisions.append(revision)
            counts[revision.action] = counts.get(revision.action, 0) + 1
        if list(await work.documents.all(BASE)) != sorted(seeds.documents, key=lambda each: each.id):
            await work.documents.replace(seeds.documents)
        await work.documents.put_excerpts(excerpts)
        await work.commit()
    return SyncReport(len(seeds.entries), counts)


async def _differences(work: UnitOfWork, seeds: Seeds, clock: Clock) -> list[Revision]:
    heads = await work.revisions.heads(BASE)
    wanted = {entry.id: entry for entry in seeds.entries}
    for entry_id, head in heads.items():
        if entry_id not in wanted and head.entry.is_active:
            wanted[entry_id] = retracted(head.entry, DROPPED)
    now = clock()
    found = (next_revision(heads.get(key), entry, scope=BASE, now=now, actor=ACTOR) for key, entry in wanted.items())
    return [revision for revision in found if revision]
