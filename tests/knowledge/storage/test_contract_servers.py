"""What every store knows of servers, and how it forgets one."""

from collections.abc import Awaitable, Callable

import pytest

from knowledge.model import BASE, Document, Scope, Status
from knowledge.moderation.model import Record, Subject
from knowledge.ports import Storage, UnitOfWork
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER, TREATY, TUESDAY, put_documents, record, stance, step
from tests.knowledge.storage.briefing import claimed, delivery, subscription
from tests.knowledge.storage.moderating import change, entry_change, follows_base, proposal


async def fill(store: Storage, scope: Scope) -> None:
    """Something of everything."""
    ours, _, _ = await record(
        store,
        step(stance("a", claim=f"Of {scope.id}."), scope=scope),
        step(stance("b"), scope=scope),
        follows_base(stance("b"), 2, scope),
    )
    async with store.writing() as work:
        await work.documents.put(Document(f"s-{scope.id}", "A note", ""), scope)
        await work.gaps.note(scope, "weather", MONDAY)
        await work.changes.append(entry_change(1, ours))
        await work.records.put(Record(scope, Subject.ALIAS, "wall", {}))
        await work.proposals.put(proposal("p", scope))
        await work.people.add(scope, 7, "ed-1")
        await work.subscriptions.put(subscription(f"s-{scope.id}", scope))
        await work.deliveries.plan(claimed(f"s-{scope.id}", scope=scope), delivery(f"s-{scope.id}", MONDAY, scope))
        if not scope.is_base:
            await work.servers.mark_left(scope, MONDAY)
        await work.commit()


async def everything(work: UnitOfWork, scope: Scope) -> list[object]:
    """What a scope sees of all that can be stored."""
    return [
        await work.revisions.heads(scope),
        await work.revisions.history(scope, "a"),
        await work.revisions.history(scope, "b"),
        await work.revisions.find(scope, ["cl"], 9),
        await work.revisions.find(scope, [], 9),
        await work.documents.all(scope),
        await work.gaps.top(scope, 9),
        await work.changes.page(scope, 0, 9),
        await work.changes.head(scope),
        await work.records.all(scope),
        await work.proposals.by(scope, "me-abc"),
        await work.people.handle(scope, 7),
        await work.subscriptions.of(scope),
        await work.deliveries.last(f"s-{scope.id}", 9),
        (await work.servers.left()).get(scope),
    ]


async def test_an_empty_store_has_no_servers(store: Storage) -> None:
    await put_documents(store, TREATY)
    await record(store, step(stance("a")))
    await put_documents(store, scope=SERVER)

    async with store.reading() as work:
        assert await work.servers.all() == []


KINDS = ["revision", "document", "gap", "change", "record", "proposal", "person", "departure", "subscription"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_server_is_there_once_anything_is_stored_for_it(store: Storage, kind: str) -> None:
    async with store.writing() as work:
        todo: dict[str, Callable[[], Awaitable[object]]] = {
            "revision": lambda: work.revisions.append(step(stance("a"), scope=SERVER)),
            "document": lambda: work.documents.put(TREATY, SERVER),
            "gap": lambda: work.gaps.note(SERVER, "weather", MONDAY),
            "change": lambda: work.changes.append(change(1)),
            "record": lambda: work.records.put(Record(SERVER, Subject.PARTY, "mill", {})),
            "proposal": lambda: work.proposals.put(proposal("p")),
            "person": lambda: work.people.add(SERVER, 7, "ed-1"),
            "departure": lambda: work.servers.mark_left(SERVER, MONDAY),
            "subscription": lambda: work.subscriptions.put(subscription("a")),
        }
        await todo[kind]()
        await work.commit()

    async with store.reading() as work:
        assert await work.servers.all() == [SERVER]


async def test_servers_are_told_once_by_their_ids(store: Storage) -> None:
    for scope in (OTHER_SERVER, SERVER, BASE):
        await fill(store, scope)

    async with store.reading() as work:
        assert await work.servers.all() == [SERVER, OTHER_SERVER]


async def test_the_entries_of_an_overlay_are_counted_whatever_their_status(store: Storage) -> None:
    gone = stance("b", status=Status.RETRACTED, reason="a slip")
    await record(store, step(stance("base")), step(stance("a"), scope=SERVER), step(stance("a"), 2, scope=SERVER))
    await record(store, step(gone, scope=SERVER), step(stance("c"), scope=SERVER), follows_base(stance("c"), 2))

    async with store.reading() as work:
        assert [await work.servers.count(scope) for scope in (BASE, SERVER, OTHER_SERVER)] == [1, 2, 0]


async def test_the_first_moment_of_a_departure_stays_until_the_bot_is_back(store: Storage) -> None:
    async with store.writing() as work:
        await work.servers.mark_left(SERVER, TUESDAY)
        await work.servers.mark_left(SERVER, MONDAY)
        await work.servers.mark_left(SERVER, TUESDAY)
        await work.servers.mark_left(OTHER_SERVER, TUESDAY)
        await work.commit()
    async with store.writing() as work:
        assert await work.servers.left() == {SERVER: MONDAY, OTHER_SERVER: TUESDAY}
        await work.servers.mark_back(SERVER)
        await work.servers.mark_back(BASE)
        await work.commit()

    async with store.reading() as work:
        assert await work.servers.left() == {OTHER_SERVER: TUESDAY}


async def test_purging_leaves_nothing_of_a_server_and_all_of_the_others(store: Storage) -> None:
    for scope in (BASE, SERVER, OTHER_SERVER):
        await fill(store, scope)
    async with store.reading() as work:
        before = {scope: await everything(work, scope) for scope in (BASE, OTHER_SERVER)}
        untouched = await everything(work, Scope(1))

    async with store.writing() as work:
        await everything(work, SERVER)
        await work.servers.purge(SERVER)
        assert await everything(work, SERVER) == untouched, "within the transaction"
        await work.commit()

    async with store.reading() as work:
        assert {scope: await everything(work, scope) for scope in before} == before
        assert await everything(work, SERVER) == untouched
        assert await work.servers.all() == [OTHER_SERVER]


async def test_a_server_that_was_purged_can_begin_anew(store: Storage) -> None:
    await fill(store, SERVER)
    async with store.writing() as work:
        await work.revisions.heads(SERVER)
        await work.servers.purge(SERVER)
        await work.commit()
    await record(store, step(stance("base")))
    await fill(store, SERVER)

    async with store.reading() as work:
        assert await work.servers.count(SERVER) == 1
        assert [each.entry.id for each in await work.revisions.find(SERVER, ["of"], 9)] == ["a"]


async def test_purging_is_undone_without_a_commit(store: Storage) -> None:
    await fill(store, SERVER)
    async with store.writing() as work:
        before = await everything(work, SERVER)
        await work.servers.purge(SERVER)

    async with store.reading() as work:
        assert await everything(work, SERVER) == before


async def test_a_server_without_anything_can_be_purged(store: Storage) -> None:
    async with store.writing() as work:
        await work.servers.purge(SERVER)
        await work.commit()


async def test_the_base_is_never_purged(store: Storage) -> None:
    await fill(store, BASE)
    async with store.writing() as work:
        with pytest.raises(ValueError, match="base"):
            await work.servers.purge(BASE)
        assert set(await work.revisions.heads(BASE)) == {"a"}


async def test_one_document_is_put_and_replaced_in_its_scope_alone(store: Storage) -> None:
    note, newer = Document("s-1", "A note", ""), Document("s-1", "A note", "1" * 64, url="https://x.example/a")
    await put_documents(store, TREATY)
    async with store.writing() as work:
        for scope in (SERVER, OTHER_SERVER):
            await work.documents.put(note, scope)
        await work.documents.put(newer, SERVER)
        assert await work.documents.all(SERVER) == [TREATY, newer]
        await work.commit()

    async with store.reading() as work:
        assert await work.documents.all(SERVER) == [TREATY, newer]
        assert await work.documents.all(OTHER_SERVER) == [TREATY, note]
        assert await work.documents.all(BASE) == [TREATY]


async def test_a_place_in_the_history_is_never_given_again_after_a_purge(store: Storage) -> None:
    (last,) = await record(store, step(stance("a"), scope=SERVER))
    async with store.writing() as work:
        await work.servers.purge(SERVER)
        await work.commit()
    (next_one,) = await record(store, step(stance("a"), scope=OTHER_SERVER))

    assert next_one.sequence > last.sequence
