"""What every store keeps of an audit trail."""

from datetime import timedelta, timezone

import pytest

from knowledge.codec import entry_to_dict
from knowledge.errors import StaleRevision
from knowledge.model import BASE
from knowledge.moderation.model import Change, Subject
from knowledge.ports import Storage
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER, TUESDAY, record, stance, step
from tests.knowledge.storage.moderating import add_changes, change, entry_change, follows_base


async def trail(store: Storage, after: int = 0, limit: int = 99) -> list[Change]:
    """The changes of the server."""
    async with store.reading() as work:
        return await work.changes.page(SERVER, after, limit)


async def test_a_scope_without_changes_has_no_last_one(store: Storage) -> None:
    await add_changes(store, change(1, OTHER_SERVER))

    async with store.reading() as work:
        assert await work.changes.last(SERVER) is None
        assert await work.changes.head(SERVER) is None
        assert await work.changes.batch(SERVER, 1) == await work.changes.page(SERVER, 0, 9) == []


async def test_changes_come_back_as_they_were_made(store: Storage) -> None:
    full = change(1, subject=Subject.SETTINGS, before={"a": "ї"}, after={"b": {"c": [True, 1.5]}}, reason="so")
    removed = change(2, before={"target": "dam"}, after=None, recorded_at=TUESDAY + timedelta(microseconds=7))
    await add_changes(store, full, removed)

    assert await trail(store) == [full, removed]
    async with store.reading() as work:
        assert await work.changes.last(SERVER) == removed
        assert await work.changes.head(SERVER) == (2, removed.link)


async def test_a_moment_comes_back_in_utc_whatever_its_zone(store: Storage) -> None:
    await add_changes(store, change(1, recorded_at=MONDAY.astimezone(timezone(timedelta(hours=5)))))

    (read,) = await trail(store)
    assert read.recorded_at.isoformat() == MONDAY.isoformat()


async def test_of_an_entry_the_contents_are_read_from_its_revisions(store: Storage) -> None:
    base, other, ours, again = await record(
        store,
        step(stance("a")),
        step(stance("a", claim="Theirs."), scope=OTHER_SERVER),
        step(stance("a", claim="Ours."), scope=SERVER),
        follows_base(stance("a"), 2),
    )
    await add_changes(
        store,
        entry_change(1, ours, base, before={"id": "forged"}, after={"id": "forged"}),
        entry_change(2, again, ours),
        entry_change(3, ours, other),
        entry_change(4, ours),
    )

    first, second, third, fourth = await trail(store)
    assert (first.before, first.after) == (entry_to_dict(base.entry), entry_to_dict(ours.entry))
    assert (second.before, second.after) == (entry_to_dict(ours.entry), entry_to_dict(again.entry))
    assert third.before is None, "what another server wrote is not seen here"
    assert (fourth.before, fourth.after) == (None, entry_to_dict(ours.entry))
    assert (first.number, first.previous, second.number) == (1, base.sequence, 2)


async def test_a_later_revision_does_not_change_what_is_told(store: Storage) -> None:
    (ours,) = await record(store, step(stance("a", claim="Ours."), scope=SERVER))
    await add_changes(store, entry_change(1, ours))
    before = await trail(store)
    await record(store, step(stance("a", claim="Newer."), 2, scope=SERVER))

    assert await trail(store) == before


async def test_only_the_contents_of_entries_are_read_elsewhere(store: Storage) -> None:
    await record(store, step(stance("a"), scope=SERVER))
    await add_changes(store, change(1, key="a", number=1, previous=1, before=None, after=None))

    (read,) = await trail(store)
    assert (read.before, read.after) == (None, None)


async def test_a_position_that_exists_is_stale_and_changes_nothing(store: Storage) -> None:
    await add_changes(store, change(1), change(1, OTHER_SERVER))

    async with store.writing() as work:
        with pytest.raises(StaleRevision) as caught:
            await work.changes.append(change(1, actor="ed-xyz", link="forged"))
        await work.changes.append(change(2))
        await work.commit()

    assert (caught.value.id, caught.value.number) == ("the plain", 1)
    assert await trail(store) == [change(1), change(2)]
    async with store.reading() as work:
        assert await work.changes.head(SERVER) == (2, change(2).link)
        assert await work.changes.head(OTHER_SERVER) == (1, change(1, OTHER_SERVER).link)


async def test_a_page_goes_on_behind_a_position(store: Storage) -> None:
    await add_changes(store, *(change(position) for position in (1, 2, 3, 4)), change(3, OTHER_SERVER))

    assert [each.position for each in await trail(store, 1, 2)] == [2, 3]
    assert [each.position for each in await trail(store, 3)] == [4]
    assert await trail(store, 4) == []


async def test_a_batch_is_what_was_made_together(store: Storage) -> None:
    await add_changes(store, change(1), change(2, batch=2), change(3, batch=2), change(4, batch=4))
    await add_changes(store, change(2, OTHER_SERVER))

    async with store.reading() as work:
        assert [each.position for each in await work.changes.batch(SERVER, 2)] == [2, 3]
        assert await work.changes.batch(SERVER, 3) == []


async def test_changes_are_undone_without_a_commit(store: Storage) -> None:
    async with store.writing() as work:
        await work.changes.append(change(1))
        assert await work.changes.last(SERVER) == change(1)

    assert await trail(store) == []


async def test_what_has_been_told_is_remembered_by_scope(store: Storage) -> None:
    await add_changes(store, change(1), change(2), change(1, OTHER_SERVER))
    async with store.writing() as work:
        assert (await work.changes.posted(SERVER), await work.changes.posted(BASE)) == (0, 0)
        assert await work.changes.scopes_behind() == [SERVER, OTHER_SERVER]
        await work.changes.mark_posted(SERVER, 1)
        assert await work.changes.scopes_behind() == [SERVER, OTHER_SERVER]
        await work.changes.mark_posted(SERVER, 2)
        await work.changes.mark_posted(BASE, 5)
        await work.commit()

    await add_changes(store, change(2, OTHER_SERVER))
    async with store.reading() as work:
        assert await work.changes.posted(SERVER) == 2
        assert await work.changes.posted(BASE) == 0, "where nothing was changed, nothing is told"
        assert await work.changes.scopes_behind() == [OTHER_SERVER]
        assert await work.changes.head(SERVER) == (2, change(2).link)


async def test_a_new_change_keeps_what_has_been_told(store: Storage) -> None:
    await add_changes(store, change(1))
    async with store.writing() as work:
        await work.changes.mark_posted(SERVER, 1)
        await work.changes.append(change(2))
        assert await work.changes.posted(SERVER) == 1
        assert await work.changes.scopes_behind() == [SERVER]
