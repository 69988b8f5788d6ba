"""What every store does with the past and with scopes: the fake and the real one run the same tests."""

from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.model import BASE, Citation, Kind, Rank, Scope, Status
from knowledge.ports import Selection, Storage
from tests.knowledge.samples import (
    MONDAY,
    OTHER_SERVER,
    SERVER,
    TUESDAY,
    WEDNESDAY,
    claims,
    ids,
    other,
    record,
    record_entries,
    stance,
    step,
)


async def test_select_gives_the_latest_revision_of_each_entry_in_order(store: Storage) -> None:
    await record(store, step(stance("a")), step(stance("b")), step(stance("a", claim="Better."), 2))

    assert await claims(store, BASE) == ["Claim b.", "Better."]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), ["up-1", "up-2", "low-1", "ev-1", "ro-1"]),
        (Selection(kinds=frozenset({Kind.STANCE})), ["up-1", "up-2", "low-1"]),
        (Selection(kinds=frozenset({Kind.EVENT, Kind.ROLE})), ["ev-1", "ro-1"]),
        (Selection(kinds=frozenset()), []),
        (Selection(party="uplands"), ["up-1", "up-2", "ro-1"]),
        (Selection(topic="dam"), ["up-2", "ev-1"]),
        (Selection(party="uplands", topic="water"), ["up-1"]),
        (Selection(document="001"), ["up-2", "ev-1"]),
        (Selection(document="009"), []),
        (Selection(party="nobody"), []),
        (Selection(active_only=False, party="lowlands"), ["low-1", "low-2", "low-3"]),
    ],
)
async def test_select_by_what_an_entry_is(store: Storage, selection: Selection, expected: list[str]) -> None:
    twice = (Citation("001", "a"), Citation("001", "b"), Citation("000", "c"))
    await record_entries(
        store,
        [
            stance("up-1"),
            stance("up-2", topic="dam", citations=twice),
            stance("low-1", "lowlands"),
            stance("low-2", "lowlands", status=Status.RETRACTED, reason="a slip"),
            stance("low-3", "lowlands", status=Status.SUPERSEDED, reason="withdrawn"),
            other(Kind.EVENT, "ev-1", topic="dam", citations=(Citation("001", "a"),)),
            other(Kind.ROLE, "ro-1", party="uplands"),
        ],
    )

    assert await ids(store, selection) == expected


async def test_the_topics_of_a_party_are_those_of_its_stances_and_roles_that_stand(store: Storage) -> None:
    await record_entries(
        store,
        [
            stance("up-1"),
            stance("up-2"),
            stance("up-3", topic="dam", status=Status.RETRACTED, reason="a slip"),
            other(Kind.ROLE, "ro-1", party="uplands", topic="tolls"),
            other(Kind.ROLE, "ro-2", party="uplands"),
            other(Kind.EVENT, "ev-1", party="uplands", topic="guild"),
            stance("low-1", "lowlands", "dam"),
        ],
    )

    async with store.reading() as work:
        assert await work.revisions.topics_of(BASE, "uplands") == {"water", "tolls"}
        assert await work.revisions.topics_of(BASE, "nobody") == set()


async def test_the_parties_on_a_topic_are_those_with_stances_and_roles_on_it_that_stand(store: Storage) -> None:
    gone = {"status": Status.RETRACTED, "reason": "a slip"}
    await record_entries(
        store,
        [
            stance("a"),
            stance("b", "lowlands"),
            stance("c", "guild", "dam"),
            stance("d", "highmoor", **gone),
            other(Kind.ROLE, "e", party="lowmoor", topic="water"),
            other(Kind.EVENT, "f", party="guild", topic="water"),
        ],
    )
    moved = stance("b", "lowlands", "dam")
    await record(store, step(moved, scope=SERVER))

    async with store.reading() as work:
        assert await work.revisions.parties_on(BASE, "water") == {"uplands", "lowlands", "lowmoor"}
        assert await work.revisions.parties_on(SERVER, "water") == {"uplands", "lowmoor"}
        assert await work.revisions.parties_on(SERVER, "dam") == {"guild", "lowlands"}
        assert await work.revisions.parties_on(OTHER_SERVER, "tolls") == set()


async def test_the_topics_of_a_party_are_those_that_a_scope_sees(store: Storage) -> None:
    gone = stance("up-1", status=Status.RETRACTED, reason="a slip")
    await record_entries(store, [stance("up-1")])
    await record(store, step(gone, scope=SERVER), step(stance("ours", topic="dam"), scope=SERVER))

    async with store.reading() as work:
        for scope, topics in ((BASE, {"water"}), (SERVER, {"dam"}), (OTHER_SERVER, {"water"})):
            assert await work.revisions.topics_of(scope, "uplands") == topics


async def test_select_follows_an_entry_to_its_new_topic_and_document(store: Storage) -> None:
    moved = stance("a", topic="dam", citations=(Citation("001", "x"),))
    await record(store, step(stance("a")), step(moved, 2, at=TUESDAY))

    assert await ids(store, Selection(topic="water")) == []
    assert await ids(store, Selection(document="000")) == []
    assert await ids(store, Selection(topic="dam", document="001")) == ["a"]


async def test_select_as_it_was_recorded_by_a_moment(store: Storage) -> None:
    gone = stance("a", status=Status.RETRACTED, reason="a slip")
    await record(
        store,
        step(stance("a", claim="On Monday."), at=MONDAY),
        step(stance("a", claim="On Tuesday.", topic="dam"), 2, at=TUESDAY),
        step(gone, 3, at=WEDNESDAY),
    )

    def by(moment: timedelta, topic: str | None = None) -> Selection:
        return Selection(recorded_by=MONDAY + moment, topic=topic)

    assert await claims(store, BASE, by(timedelta(seconds=-1))) == []
    assert await claims(store, BASE, by(timedelta(0))) == ["On Monday."]
    assert await claims(store, BASE, by(timedelta(hours=23), topic="water")) == ["On Monday."]
    assert await claims(store, BASE, by(timedelta(days=1), topic="water")) == []
    assert await claims(store, BASE, by(timedelta(days=1), topic="dam")) == ["On Tuesday."]
    assert await claims(store, BASE, by(timedelta(days=2))) == []


async def test_an_overlay_adds_to_the_base_in_its_scope_alone(store: Storage) -> None:
    await record(store, step(stance("base")), step(stance("added"), scope=SERVER))

    assert await ids(store, scope=SERVER) == ["base", "added"]
    assert await ids(store, scope=OTHER_SERVER) == ["base"]
    assert await ids(store, scope=BASE) == ["base"]


async def test_an_overlay_revises_the_base_in_its_scope_alone(store: Storage) -> None:
    await record(store, step(stance("a")), step(stance("a", claim="Ours."), scope=SERVER))

    assert await claims(store, SERVER) == ["Ours."]
    assert await claims(store, OTHER_SERVER) == ["Claim a."]
    assert await claims(store, BASE) == ["Claim a."]


async def test_an_overlay_hides_the_base_in_its_scope_alone(store: Storage) -> None:
    hidden = stance("a", status=Status.RETRACTED, reason="not here")
    await record(store, step(stance("a")), step(hidden, scope=SERVER))

    assert await ids(store, scope=SERVER) == []
    assert await ids(store, Selection(active_only=False), SERVER) == ["a"]
    assert await ids(store, scope=OTHER_SERVER) == ["a"]


async def test_an_overlay_stays_in_front_when_the_base_changes_later(store: Storage) -> None:
    await record(
        store,
        step(stance("a")),
        step(stance("a", claim="Ours."), scope=SERVER),
        step(stance("a", claim="Newer base."), 2),
    )

    assert await claims(store, SERVER) == ["Ours."]
    assert await claims(store, OTHER_SERVER) == ["Newer base."]


async def test_an_overlay_that_moves_a_base_entry_takes_it_off_its_old_topic(store: Storage) -> None:
    await record(store, step(stance("a", topic="water")), step(stance("a", topic="dam"), scope=SERVER))

    assert await ids(store, Selection(topic="water"), SERVER) == []
    assert await ids(store, Selection(topic="dam"), SERVER) == ["a"]
    assert await ids(store, Selection(topic="water"), OTHER_SERVER) == ["a"]
    assert await ids(store, Selection(topic="dam"), BASE) == []


async def test_in_the_past_an_overlay_counts_from_when_it_was_recorded(store: Storage) -> None:
    await record(
        store,
        step(stance("a", topic="water"), at=MONDAY),
        step(stance("a", topic="dam", claim="Ours."), scope=SERVER, at=TUESDAY),
        step(stance("b", topic="dam"), scope=SERVER, at=WEDNESDAY),
    )
    then, later = Selection(recorded_by=MONDAY), Selection(recorded_by=TUESDAY)

    assert await claims(store, SERVER, then) == ["Claim a."]
    assert await claims(store, SERVER, later) == ["Ours."]
    assert await ids(store, replace(later, topic="water"), SERVER) == []
    assert await claims(store, OTHER_SERVER, later) == ["Claim a."]
    assert await claims(store, BASE, Selection(recorded_by=WEDNESDAY)) == ["Claim a."]


async def test_in_the_past_the_base_is_read_without_the_revision_that_follows(store: Storage) -> None:
    await record(store, step(stance("a"), at=MONDAY), step(stance("b"), at=WEDNESDAY))
    await record(store, step(stance("a", claim="Newer."), 2, at=WEDNESDAY))

    assert await claims(store, SERVER, Selection(recorded_by=TUESDAY)) == ["Claim a."]


async def test_history_tells_every_step_that_a_scope_sees_oldest_first(store: Storage) -> None:
    await record(
        store,
        step(stance("a", claim="One.")),
        step(stance("a", claim="Ours."), scope=SERVER, at=TUESDAY),
        step(stance("a", claim="Theirs."), scope=OTHER_SERVER, at=TUESDAY),
        step(stance("a", claim="Two."), 2, at=WEDNESDAY),
        step(stance("b")),
    )

    async def told(scope: Scope) -> list[str]:
        async with store.reading() as work:
            return [each.entry.claim for each in await work.revisions.history(scope, "a")]

    assert await told(BASE) == ["One.", "Two."]
    assert await told(SERVER) == ["One.", "Ours.", "Two."]
    assert await told(OTHER_SERVER) == ["One.", "Theirs.", "Two."]


async def test_an_entry_of_another_server_has_no_history_here(store: Storage) -> None:
    await record(store, step(stance("secret"), scope=SERVER))

    async with store.reading() as work:
        assert await work.revisions.history(OTHER_SERVER, "secret") == []
        assert await work.revisions.history(BASE, "secret") == []
        assert await work.revisions.history(BASE, "never-was") == []


async def test_heads_are_the_latest_of_exactly_one_scope(store: Storage) -> None:
    hidden = stance("b", status=Status.RETRACTED, reason="a slip")
    await record(store, step(stance("a")), step(stance("b")), step(stance("a", rank=Rank.PREFERRED), 2))
    await record(store, step(hidden, 2), step(stance("a", claim="Ours."), scope=SERVER))

    async with store.reading() as work:
        base, server = await work.revisions.heads(BASE), await work.revisions.heads(SERVER)

    assert {name: head.number for name, head in base.items()} == {"a": 2, "b": 2}
    assert base["a"].entry.rank is Rank.PREFERRED
    assert [head.entry.claim for head in server.values()] == ["Ours."]


async def test_the_record_began_with_the_first_revision_that_a_scope_sees(store: Storage) -> None:
    await record(store, step(stance("ours"), scope=SERVER, at=MONDAY))
    await record(store, step(stance("a"), at=TUESDAY), step(stance("b"), at=WEDNESDAY))

    async with store.reading() as work:
        assert await work.revisions.began(SERVER) == MONDAY
        assert await work.revisions.began(OTHER_SERVER) == TUESDAY
        assert await work.revisions.began(BASE) == TUESDAY


async def test_an_empty_record_has_not_begun(store: Storage) -> None:
    await record(store, step(stance("ours"), scope=SERVER))

    async with store.reading() as work:
        assert await work.revisions.began(BASE) is None
