"""What every store tells of the history by its sequence numbers."""

from dataclasses import replace

import pytest

from knowledge.model import BASE, Revision, Scope, Status
from knowledge.ports import Selection, Storage
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER, WEDNESDAY, claims, ids, record, stance, step
from tests.knowledge.storage.moderating import follows_base


@pytest.fixture
async def recorded(store: Storage) -> list[Revision]:
    """Seven steps, all of the same moment: of the base, of a server that follows it again, and of another."""
    gone = stance("a", status=Status.RETRACTED, reason="a slip")
    return await record(
        store,
        step(stance("a", claim="Base.")),
        step(stance("a", claim="Ours.", topic="dam"), scope=SERVER),
        step(stance("a", claim="Newer."), 2),
        step(stance("theirs"), scope=OTHER_SERVER),
        follows_base(stance("a"), 2),
        step(stance("b")),
        step(gone, 3),
    )


async def test_select_as_it_was_up_to_a_place_in_the_history(store: Storage, recorded: list[Revision]) -> None:
    seen = {
        BASE: [[], ["Base."], ["Base."], ["Newer."], ["Newer."], ["Newer."], ["Newer.", "Claim b."], ["Claim b."]],
        SERVER: [[], ["Base."], ["Ours."], ["Ours."], ["Ours."], ["Newer."], ["Newer.", "Claim b."], ["Claim b."]],
    }
    places = [0, *(each.sequence for each in recorded)]

    for scope, expected in seen.items():
        assert [await claims(store, scope, Selection(upto=upto)) for upto in places] == expected
    assert await claims(store, OTHER_SERVER, Selection(upto=places[4])) == ["Newer.", "Claim theirs."]


async def test_what_else_is_selected_counts_as_it_was_then(store: Storage, recorded: list[Revision]) -> None:
    second, last = (Selection(upto=recorded[place].sequence) for place in (1, -1))

    assert await claims(store, SERVER, replace(second, topic="dam")) == ["Ours."]
    assert await claims(store, SERVER, replace(second, topic="water")) == []
    assert await claims(store, BASE, replace(second, topic="water")) == ["Base."]
    assert await ids(store, replace(last, ids=frozenset({"a"}), active_only=False), SERVER) == ["a"]
    assert await ids(store, replace(last, ids=frozenset({"a"})), SERVER) == []


async def test_the_place_counts_and_not_the_moment(store: Storage) -> None:
    first, second = await record(store, step(stance("a"), at=WEDNESDAY), step(stance("b"), at=MONDAY))

    assert await ids(store, Selection(upto=first.sequence)) == ["a"]
    assert await ids(store, Selection(upto=second.sequence)) == ["a", "b"]
    assert await ids(store, Selection(upto=second.sequence + 9)) == ["a", "b"]


async def test_touched_are_the_steps_that_a_scope_sees_in_order(store: Storage, recorded: list[Revision]) -> None:
    async def touched(scope: Scope, after: int, upto: int) -> list[int]:
        async with store.reading() as work:
            found = await work.revisions.touched(scope, after, upto)
            assert found == [recorded[recorded.index(each)] for each in found]
            return [recorded.index(each) for each in found]

    first, last = recorded[0].sequence, recorded[-1].sequence
    assert await touched(BASE, 0, last) == [0, 2, 5, 6]
    assert await touched(SERVER, 0, last + 9) == [0, 1, 2, 4, 5, 6]
    assert await touched(OTHER_SERVER, first, last - 1) == [2, 3, 5]
    assert await touched(SERVER, last, last) == []
    assert await touched(SERVER, last, first) == []


async def test_the_latest_place_is_that_of_whatever_scope(store: Storage) -> None:
    async with store.reading() as work:
        assert await work.revisions.latest() == 0
    (ours,) = await record(store, step(stance("a"), scope=SERVER))
    async with store.writing() as work:
        assert await work.revisions.latest() == ours.sequence
        undone = await work.revisions.append(step(stance("b")))
        assert await work.revisions.latest() == undone.sequence

    async with store.reading() as work:
        assert await work.revisions.latest() == ours.sequence


async def test_the_latest_place_stays_after_a_purge(store: Storage) -> None:
    (ours,) = await record(store, step(stance("a"), scope=SERVER))
    async with store.writing() as work:
        await work.servers.purge(SERVER)
        await work.commit()

    async with store.reading() as work:
        assert await work.revisions.latest() == ours.sequence
        assert await work.revisions.overlaid([SERVER]) == set()


async def test_overlaid_are_scopes_with_revisions_of_their_own(store: Storage, recorded: list[Revision]) -> None:
    async with store.reading() as work:
        assert await work.revisions.overlaid({SERVER, Scope(5)}) == {SERVER}
        assert await work.revisions.overlaid([BASE, OTHER_SERVER]) == {BASE, OTHER_SERVER}
        assert await work.revisions.overlaid([]) == set()
