"""The recorded base follows what ships: on every kind of store."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from knowledge.model import BASE, Action, Citation, Document, Entry, Revision, Status
from knowledge.ports import Selection, Storage
from knowledge.seeding import Seeds, SyncReport, sync_base
from knowledge.seeding.syncing import ACTOR, DROPPED
from tests.knowledge.samples import (
    LETTER,
    MONDAY,
    SERVER,
    TAXONOMY,
    TREATY,
    TUESDAY,
    preferred,
    record,
    stance,
    step,
)

FIRST, SECOND = preferred("up-wat-1"), stance("up-wat-2")
HERE, THERE = Citation("000", "paragraph 1"), Citation("001", "paragraph 1")


def shipped(*entries: Entry, documents: tuple[Document, ...] = (LETTER, TREATY)) -> Seeds:
    """A release of the base with these entries."""
    return Seeds(TAXONOMY, documents, entries, {entry.id: "entries/water.yaml" for entry in entries})


async def sync(
    store: Storage, *entries: Entry, at: datetime = MONDAY, excerpts: Mapping[Citation, str] | None = None
) -> SyncReport:
    """Brings the base in line with a release of these entries."""
    return await sync_base(store, shipped(*entries), excerpts or {}, lambda: at)


async def history(store: Storage, entry: Entry) -> list[tuple[int, Action, str | None]]:
    """Number, action and reason of each revision of an entry."""
    async with store.reading() as work:
        return [(each.number, each.action, each.reason) for each in await work.revisions.history(BASE, entry.id)]


async def standing(store: Storage) -> list[Entry]:
    """The entries of the base that stand."""
    async with store.reading() as work:
        return [each.entry for each in await work.revisions.select(BASE, Selection())]


async def test_the_first_load_adds_all(store: Storage) -> None:
    report = await sync(store, FIRST, SECOND)

    assert report == SyncReport(entries=2, revisions={Action.ADD: 2})
    assert await standing(store) == [FIRST, SECOND]
    async with store.reading() as work:
        (revision,) = await work.revisions.history(BASE, FIRST.id)
        assert await work.documents.all(BASE) == [TREATY, LETTER]
    assert revision == Revision(BASE, 1, Action.ADD, FIRST, MONDAY, ACTOR, None, revision.sequence)


async def test_the_second_load_of_the_same_changes_nothing(store: Storage) -> None:
    await sync(store, FIRST, SECOND)
    report = await sync(store, FIRST, SECOND, at=TUESDAY)

    assert report == SyncReport(entries=2, revisions={})
    assert await history(store, FIRST) == [(1, Action.ADD, None)]


async def test_a_changed_claim_becomes_one_revision(store: Storage) -> None:
    await sync(store, FIRST, SECOND)
    better = replace(SECOND, claim="A better claim.")
    report = await sync(store, FIRST, better, at=TUESDAY)

    assert report.revisions == {Action.REVISE: 1}
    assert await history(store, SECOND) == [(1, Action.ADD, None), (2, Action.REVISE, None)]
    assert await standing(store) == [FIRST, better]


async def test_a_new_entry_is_added_beside_the_others(store: Storage) -> None:
    await sync(store, FIRST)

    assert (await sync(store, FIRST, SECOND)).revisions == {Action.ADD: 1}


async def test_an_entry_that_a_release_drops_is_retracted_once_with_the_reason(store: Storage) -> None:
    await sync(store, FIRST, SECOND)
    report = await sync(store, FIRST, at=TUESDAY)
    again = await sync(store, FIRST, at=TUESDAY)

    assert (report.revisions, again.revisions) == ({Action.RETRACT: 1}, {})
    assert await history(store, SECOND) == [(1, Action.ADD, None), (2, Action.RETRACT, DROPPED)]
    assert await standing(store) == [FIRST]


async def test_an_entry_that_a_release_brings_back_is_restored(store: Storage) -> None:
    await sync(store, FIRST, SECOND)
    await sync(store, FIRST)
    report = await sync(store, FIRST, SECOND)

    assert report.revisions == {Action.RESTORE: 1}
    assert (await history(store, SECOND))[-1] == (3, Action.RESTORE, None)
    assert set(await standing(store)) == {FIRST, SECOND}


@pytest.mark.parametrize(
    ("status", "action"), [(Status.SUPERSEDED, Action.SUPERSEDE), (Status.RETRACTED, Action.RETRACT)]
)
async def test_a_claim_that_no_longer_stands_keeps_its_reason(store: Storage, status: Status, action: Action) -> None:
    await sync(store, FIRST, SECOND)
    report = await sync(store, FIRST, replace(SECOND, status=status, reason="said otherwise since"))

    assert report.revisions == {action: 1}
    assert (await history(store, SECOND))[-1] == (2, action, "said otherwise since")
    assert await standing(store) == [FIRST]


async def test_a_superseded_entry_that_a_release_drops_stays_as_it_is(store: Storage) -> None:
    await sync(store, FIRST, replace(SECOND, status=Status.SUPERSEDED, reason="said otherwise since"))

    assert (await sync(store, FIRST)).revisions == {}


async def test_an_overlay_is_left_alone(store: Storage) -> None:
    ours = stance("ours")
    await record(store, step(ours, scope=SERVER), step(replace(FIRST, claim="Ours."), scope=SERVER))
    await sync(store, FIRST)
    await sync(store)

    async with store.reading() as work:
        seen = await work.revisions.select(SERVER, Selection())
    assert [each.entry.claim for each in seen] == ["Claim ours.", "Ours."]


async def test_documents_follow_the_release(store: Storage) -> None:
    await sync(store, FIRST)
    renamed = replace(TREATY, title="The New Treaty")
    await sync_base(store, shipped(FIRST, documents=(renamed,)), {}, lambda: TUESDAY)

    async with store.reading() as work:
        assert await work.documents.all(BASE) == [renamed]


async def test_excerpts_are_kept_when_a_text_is_no_longer_at_hand(store: Storage) -> None:
    await sync(store, FIRST, excerpts={HERE: "Words here."})
    await sync(store, FIRST, excerpts={THERE: "Words there."})

    async with store.reading() as work:
        found = await work.documents.excerpts([HERE, THERE])
    assert found == {HERE: "Words here.", THERE: "Words there."}


class TornPage(Mapping[Citation, str]):
    """Excerpts that cannot be read to the end."""

    def __getitem__(self, key: Citation) -> str:
        raise OSError("the disk is gone")

    def __iter__(self) -> Iterator[Citation]:
        yield HERE
        raise OSError("the disk is gone")

    def __len__(self) -> int:
        return 2


async def test_an_interruption_in_the_middle_leaves_what_was_there(store: Storage) -> None:
    await sync(store, FIRST)
    with pytest.raises(OSError, match="the disk is gone"):
        await sync_base(store, shipped(SECOND, documents=(LETTER,)), TornPage(), lambda: TUESDAY)

    assert await standing(store) == [FIRST]
    assert await history(store, SECOND) == []
    async with store.reading() as work:
        assert await work.documents.all(BASE) == [TREATY, LETTER]
        assert await work.documents.excerpts([HERE]) == {}
