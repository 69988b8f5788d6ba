"""Single entries as a server sees them: the base below, its own overlay above."""

from collections.abc import Iterable, Sequence

from knowledge.answers import EntryDetail, EntryDiff, EntryHistory
from knowledge.errors import Slot, UnknownName
from knowledge.model import SLUG_LENGTH, Revision, Scope, words_of
from knowledge.moderation.model import Visible
from knowledge.moderation.people import who_of
from knowledge.ports import Selection, UnitOfWork
from knowledge.requests import EntryDiffRequest, EntryHistoryRequest, EntryRequest
from knowledge.service.context import Context, library


async def entry_detail(context: Context, request: EntryRequest, scope: Scope) -> EntryDetail:
    """An entry with all its fields; UnknownName where the server sees none with this id."""
    async with context.storage.reading() as work:
        seen = await visible(work, scope, request.entry)
        asked = EntryRequest(seen.revision.entry.id)
        steps = await work.revisions.history(scope, asked.entry)
        return EntryDetail(
            asked, seen.revision, len(steps), seen.library, await who_of(work, scope, [seen.revision.actor])
        )


async def entry_history(context: Context, request: EntryHistoryRequest, scope: Scope) -> EntryHistory:
    """Every revision of an entry; UnknownName where the server sees none with this id."""
    async with context.storage.reading() as work:
        steps = await _steps(work, scope, request.entry)
        who = await who_of(work, scope, [step.actor for step in steps])
        return EntryHistory(EntryHistoryRequest(steps[-1].entry.id), steps, who)


async def entry_diff(context: Context, request: EntryDiffRequest, scope: Scope) -> EntryDiff:
    """Two revisions of an entry.

    Raises:
        UnknownName: the server sees no entry with this id, or it has no revision at that place.
    """
    async with context.storage.reading() as work:
        steps = await _steps(work, scope, request.entry)
        second = _place(request.second, steps, len(steps))
        first = _place(request.first, steps, max(1, second - 1))
        before, after = steps[first - 1], steps[second - 1]
        asked = EntryDiffRequest(after.entry.id, str(first), str(second))
        cited = await library(work, scope, [before.entry, after.entry])
        return EntryDiff(asked, before, after, cited, await who_of(work, scope, [before.actor, after.actor]))


async def visible(work: UnitOfWork, scope: Scope, entry_id: str) -> Visible:
    """An entry as a server sees it.

    Raises:
        UnknownName: no entry that it sees has this id.
    """
    asked = entry_id.strip().casefold()[: SLUG_LENGTH + 1]
    found = (await visible_heads(work, scope, [asked])).get(asked)
    if found is None:
        raise UnknownName(Slot.ENTRY, entry_id, [each.entry.id for each in await near(work, scope, entry_id, 5)])
    return Visible(found, await library(work, scope, [found.entry]))


async def visible_heads(work: UnitOfWork, scope: Scope, ids: Iterable[str]) -> dict[str, Revision]:
    """The latest revisions that a server sees of these entries, by id."""
    found = await work.revisions.select(scope, Selection(ids=frozenset(ids), active_only=False))
    return {revision.entry.id: revision for revision in found}


async def near(work: UnitOfWork, scope: Scope, typed: str, limit: int) -> list[Revision]:
    """Entries whose id or claim holds what is being typed, those whose id begins with it first."""
    found = await work.revisions.find(scope, words_of(typed), limit)
    begins = typed.strip().casefold()
    return sorted(found, key=lambda each: not each.entry.id.startswith(begins) if begins else False)


async def _steps(work: UnitOfWork, scope: Scope, entry_id: str) -> Sequence[Revision]:
    seen = await visible(work, scope, entry_id)
    return await work.revisions.history(scope, seen.revision.entry.id)


def _place(typed: str, steps: Sequence[Revision], otherwise: int) -> int:
    """A place in a history, from 1."""
    if not typed.strip():
        return otherwise
    if not typed.strip().isdecimal() or not 1 <= int(typed) <= len(steps):
        raise UnknownName(Slot.REVISION, typed, [str(place) for place in range(1, len(steps) + 1)][-5:])
    return int(typed)
