"""What every store does with an overlay that takes its hand off an entry, and with a choice of ids."""

from datetime import timedelta

import pytest

from knowledge.errors import StaleRevision
from knowledge.model import BASE, Status
from knowledge.ports import Selection, Storage
from tests.knowledge.samples import (
    MONDAY,
    OTHER_SERVER,
    SERVER,
    TUESDAY,
    WEDNESDAY,
    claims,
    ids,
    record,
    record_entries,
    stance,
    step,
)
from tests.knowledge.storage.moderating import follows_base


@pytest.fixture
async def followed(store: Storage) -> Storage:
    """A server that changed an entry on Tuesday and follows the base again since Wednesday."""
    await record(
        store,
        step(stance("a", topic="water")),
        step(stance("a", topic="dam", claim="Ours."), scope=SERVER, at=TUESDAY),
        follows_base(stance("a", topic="water"), 2, at=WEDNESDAY),
    )
    return store


async def test_a_server_that_follows_the_base_sees_it_again(followed: Storage) -> None:
    assert await claims(followed, SERVER) == ["Claim a."]
    assert await ids(followed, Selection(topic="dam"), SERVER) == []
    async with followed.reading() as work:
        (seen,) = await work.revisions.select(SERVER, Selection())
        assert seen.scope == BASE
        assert await work.revisions.heads(SERVER) == {}
        assert await work.revisions.topics_of(SERVER, "uplands") == {"water"}
        assert await work.servers.count(SERVER) == 0


async def test_what_becomes_of_the_base_is_seen_from_then_on(followed: Storage) -> None:
    await record(followed, step(stance("a", claim="Newer base."), 2, at=WEDNESDAY))

    assert await claims(followed, SERVER) == ["Newer base."]


async def test_in_the_past_the_overlay_counts_until_it_follows_the_base(followed: Storage) -> None:
    for moment, claim in ((MONDAY, "Claim a."), (TUESDAY, "Ours."), (WEDNESDAY, "Claim a.")):
        assert await claims(followed, SERVER, Selection(recorded_by=moment)) == [claim]
        assert await claims(followed, OTHER_SERVER, Selection(recorded_by=moment)) == ["Claim a."]
    just_before = Selection(recorded_by=WEDNESDAY - timedelta(microseconds=1), topic="dam")
    assert await claims(followed, SERVER, just_before) == ["Ours."]
    assert await ids(followed, Selection(recorded_by=WEDNESDAY, topic="dam"), SERVER) == []


async def test_the_history_tells_that_the_base_is_followed(followed: Storage) -> None:
    async with followed.reading() as work:
        history = await work.revisions.history(SERVER, "a")

    assert [(each.scope, each.number, each.follows_base) for each in history] == [
        (BASE, 1, False),
        (SERVER, 1, False),
        (SERVER, 2, True),
    ]


async def test_the_numbers_go_on_behind_it(followed: Storage) -> None:
    async with followed.writing() as work:
        with pytest.raises(StaleRevision):
            await work.revisions.append(step(stance("a", claim="Again."), 2, scope=SERVER))
    await record(followed, step(stance("a", claim="Again."), 3, scope=SERVER, at=WEDNESDAY + timedelta(hours=1)))

    assert await claims(followed, SERVER) == ["Again."]
    assert await claims(followed, SERVER, Selection(recorded_by=WEDNESDAY)) == ["Claim a."]


async def test_two_steps_in_one_transaction_leave_the_last_one(followed: Storage) -> None:
    again = stance("a", claim="Again.")
    await record(followed, step(again, 3, scope=SERVER), follows_base(again, 4), step(again, 5, scope=SERVER))
    assert await claims(followed, SERVER) == ["Again."]

    await record(followed, follows_base(again, 6))
    assert await claims(followed, SERVER) == ["Claim a."]


async def test_following_the_base_touches_no_other_server(store: Storage) -> None:
    await record(store, step(stance("a")))
    await record(store, *(step(stance("a", claim="Ours."), scope=scope) for scope in (SERVER, OTHER_SERVER)))
    await record(store, follows_base(stance("a"), 2))

    assert await claims(store, SERVER) == ["Claim a."]
    assert await claims(store, OTHER_SERVER) == ["Ours."]


async def test_a_server_that_follows_the_base_where_that_has_nothing_sees_nothing(store: Storage) -> None:
    await record(store, step(stance("ours"), scope=SERVER), follows_base(stance("ours"), 2))

    assert await ids(store, scope=SERVER) == []
    assert await ids(store, Selection(active_only=False), SERVER) == []


async def test_select_by_ids(store: Storage) -> None:
    await record_entries(store, [stance("a"), stance("b"), stance("c", status=Status.RETRACTED, reason="a slip")])
    await record(store, step(stance("b", claim="Ours."), scope=SERVER), step(stance("d"), scope=OTHER_SERVER))
    wanted = frozenset({"b", "c", "d", "never-was"})

    assert await ids(store, Selection(ids=wanted)) == ["b"]
    assert await ids(store, Selection(ids=wanted, active_only=False)) == ["b", "c"]
    assert await claims(store, SERVER, Selection(ids=wanted)) == ["Ours."]
    assert await ids(store, Selection(ids=wanted, recorded_by=MONDAY), OTHER_SERVER) == ["b", "d"]
    assert await ids(store, Selection(ids=frozenset())) == []
