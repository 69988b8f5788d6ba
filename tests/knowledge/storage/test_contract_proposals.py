"""What every store keeps beside the entries: records, proposals, and who stands behind a handle."""

from dataclasses import replace

import pytest

from knowledge.dates import PartialDate
from knowledge.model import BASE, Document, Scope
from knowledge.moderation.model import Item, Proposal, ProposalKind, ProposalState, Record, Subject
from knowledge.ports import Storage
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER, TUESDAY, WEDNESDAY, stance
from tests.knowledge.storage.moderating import proposal, put_proposals, put_records

SOMEONE = 2**63 - 1
"""The greatest id that a user can have."""


def alias(key: str, target: str = "dam", scope: Scope = SERVER) -> Record:
    """A name of a topic in a server."""
    return Record(scope, Subject.ALIAS, key, {"target": target, "languages": ["de", None]})


async def test_records_come_back_by_subject_and_key_in_their_scope_alone(store: Storage) -> None:
    topic = Record(SERVER, Subject.TOPIC, "fish", {"label": "Риба"})
    elsewhere = alias("wall", scope=OTHER_SERVER)
    await put_records(store, topic, alias("wall"), elsewhere, alias("Wall"), alias("ward"))

    async with store.reading() as work:
        assert await work.records.all(SERVER) == [alias("Wall"), alias("wall"), alias("ward"), topic]
        assert await work.records.all(OTHER_SERVER) == [elsewhere]
        assert await work.records.all(BASE) == []
        assert await work.records.get(SERVER, Subject.TOPIC, "fish") == topic
        assert await work.records.get(SERVER, Subject.PARTY, "fish") is None
        assert await work.records.get(OTHER_SERVER, Subject.TOPIC, "fish") is None


async def test_a_record_is_replaced_and_removed_in_its_scope_alone(store: Storage) -> None:
    await put_records(store, alias("wall"), alias("wall", scope=OTHER_SERVER), alias("ward"))
    async with store.writing() as work:
        await work.records.put(alias("wall", "water"))
        assert await work.records.get(SERVER, Subject.ALIAS, "wall") == alias("wall", "water")
        await work.records.remove(SERVER, Subject.ALIAS, "ward")
        await work.records.remove(SERVER, Subject.ALIAS, "never-was")
        await work.commit()

    async with store.reading() as work:
        assert await work.records.all(SERVER) == [alias("wall", "water")]
        assert await work.records.all(OTHER_SERVER) == [alias("wall", scope=OTHER_SERVER)]


async def test_a_record_does_not_change_with_what_it_was_made_of(store: Storage) -> None:
    content = {"names": ["one"]}
    async with store.writing() as work:
        await work.records.put(Record(SERVER, Subject.PARTY, "mill", content))
        await work.commit()
    content["names"].append("two")

    async with store.reading() as work:
        assert (await work.records.all(SERVER))[0].content == {"names": ["one"]}


async def test_a_proposal_comes_back_whole(store: Storage) -> None:
    note = Document("s-1", "A note", "", title="Нота", published_on=PartialDate(2026, 5), url="https://x.example/")
    full = Proposal(
        id="abcdefghijkl",
        scope=SERVER,
        kind=ProposalKind.IMPORT,
        state=ProposalState.APPLIED,
        items=(Item(stance("a", stated_on=PartialDate(2026)), 7), Item(stance("b"))),
        proposer="ed-abc",
        created_at=MONDAY,
        documents=(note,),
        reason="news",
        message_url="https://discord.example/1",
        notify=True,
        decided_by="ap-abc",
        decided_at=TUESDAY,
        decision="well found",
        batch=12,
    )
    await put_proposals(store, full)

    async with store.reading() as work:
        assert await work.proposals.get(SERVER, full.id) == full
        assert await work.proposals.get(OTHER_SERVER, full.id) is None
        assert await work.proposals.get(SERVER, "abc") is None


async def test_a_proposal_is_replaced_in_its_scope_alone(store: Storage) -> None:
    ours, theirs = proposal("p"), proposal("p", OTHER_SERVER)
    decided = replace(ours, state=ProposalState.REJECTED, decided_at=TUESDAY)
    await put_proposals(store, ours, theirs)
    async with store.writing() as work:
        assert await work.proposals.get(SERVER, "p") == ours
        await work.proposals.put(decided)
        await work.commit()

    async with store.reading() as work:
        assert await work.proposals.get(SERVER, "p") == decided
        assert await work.proposals.get(OTHER_SERVER, "p") == theirs


async def test_those_that_wait_come_oldest_first_up_to_a_limit(store: Storage) -> None:
    states = [state for state in ProposalState if state is not ProposalState.PENDING]
    late, early, tied = proposal("a", created_at=TUESDAY), proposal("z"), proposal("y")
    await put_proposals(store, late, early, tied, proposal("x", OTHER_SERVER))
    await put_proposals(store, *(proposal(f"s-{state.value}", state=state) for state in states))

    async with store.reading() as work:
        assert await work.proposals.pending(SERVER, 9) == [tied, early, late]
        assert await work.proposals.pending(SERVER, 2) == [tied, early]
        assert await work.proposals.pending(BASE, 9) == []


async def test_what_somebody_made_is_counted_by_kind_from_a_moment_on(store: Storage) -> None:
    await put_proposals(
        store,
        proposal("a", created_at=MONDAY),
        proposal("b", created_at=TUESDAY, state=ProposalState.REJECTED),
        proposal("c", created_at=WEDNESDAY, state=ProposalState.DRAFT),
        proposal("d", created_at=WEDNESDAY, kind=ProposalKind.CHANGE),
        proposal("e", created_at=WEDNESDAY, proposer="me-xyz"),
        proposal("f", OTHER_SERVER, created_at=WEDNESDAY),
    )

    async with store.reading() as work:
        for since, count in ((MONDAY, 3), (TUESDAY, 2), (WEDNESDAY, 1)):
            assert await work.proposals.made_since(SERVER, "me-abc", ProposalKind.SUGGESTION, since) == count
        assert await work.proposals.made_since(SERVER, "nobody", ProposalKind.SUGGESTION, MONDAY) == 0
        assert [each.id for each in await work.proposals.by(SERVER, "me-abc")] == ["a", "b", "c", "d"]
        assert [each.id for each in await work.proposals.by(OTHER_SERVER, "me-abc")] == ["f"]
        assert await work.proposals.by(SERVER, "nobody") == []


async def test_old_drafts_are_forgotten_in_all_scopes(store: Storage) -> None:
    draft = ProposalState.DRAFT
    await put_proposals(store, proposal("a", state=draft), proposal("b", OTHER_SERVER, state=draft), proposal("c"))
    await put_proposals(store, proposal("d", state=draft, created_at=TUESDAY))
    async with store.writing() as work:
        assert await work.proposals.get(SERVER, "a") is not None
        await work.proposals.forget_drafts(TUESDAY)
        assert await work.proposals.get(SERVER, "a") is None
        await work.commit()

    async with store.reading() as work:
        assert [each.id for each in await work.proposals.by(SERVER, "me-abc")] == ["c", "d"]
        assert await work.proposals.by(OTHER_SERVER, "me-abc") == []


async def test_people_have_a_handle_in_each_scope(store: Storage) -> None:
    async with store.writing() as work:
        for scope, user, handle in ((SERVER, SOMEONE, "ed-1"), (OTHER_SERVER, SOMEONE, "ed-2"), (SERVER, 7, "ed-2")):
            await work.people.add(scope, user, handle)
        await work.commit()

    async with store.reading() as work:
        assert await work.people.handle(SERVER, SOMEONE) == "ed-1"
        assert await work.people.handle(BASE, SOMEONE) is None
        assert (await work.people.user(SERVER, "ed-2"), await work.people.user(OTHER_SERVER, "ed-2")) == (7, SOMEONE)
        assert await work.people.user(OTHER_SERVER, "ed-1") is None
        assert await work.people.handles(SOMEONE) == {SERVER: "ed-1", OTHER_SERVER: "ed-2"}
        assert await work.people.handles(8) == {}


@pytest.mark.parametrize(("user", "handle"), [(7, "ed-2"), (8, "ed-1"), (7, "ed-1")])
async def test_a_handle_stands_for_one_person_who_has_no_other(store: Storage, user: int, handle: str) -> None:
    async with store.writing() as work:
        await work.people.add(SERVER, 7, "ed-1")
        with pytest.raises(ValueError, match=handle):
            await work.people.add(SERVER, user, handle)
        await work.people.add(SERVER, 9, "ed-9")
        await work.commit()

    async with store.reading() as work:
        assert await work.people.handle(SERVER, 7) == "ed-1"
        assert await work.people.handle(SERVER, 8) is None
        assert await work.people.handle(SERVER, 9) == "ed-9"


async def test_who_is_forgotten_leaves_no_trace_in_that_scope(store: Storage) -> None:
    async with store.writing() as work:
        await work.people.add(SERVER, 7, "ed-1")
        await work.people.add(OTHER_SERVER, 7, "ed-2")
        await work.people.forget(SERVER, 7)
        await work.people.forget(SERVER, 8)
        await work.commit()

    async with store.reading() as work:
        assert await work.people.user(SERVER, "ed-1") is None
        assert await work.people.handles(7) == {OTHER_SERVER: "ed-2"}
