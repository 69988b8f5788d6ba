"""What every store does: the fake and the real one run the same tests."""

from dataclasses import replace

import pytest

from knowledge.dates import PartialDate
from knowledge.errors import StaleRevision
from knowledge.model import BASE, Action, Citation, Document
from knowledge.ports import Storage
from tests.knowledge.samples import (
    ALL,
    LETTER,
    MONDAY,
    OTHER_SERVER,
    SERVER,
    TREATY,
    claims,
    ids,
    put_documents,
    record,
    stance,
    step,
)


async def test_appended_revisions_are_numbered_upwards(store: Storage) -> None:
    first, second = await record(store, step(stance("a")), step(stance("b")))
    (third,) = await record(store, step(stance("a"), 2))

    assert 0 < first.sequence < second.sequence < third.sequence


async def test_a_revision_comes_back_as_it_was_recorded(store: Storage) -> None:
    entry = stance("a", stated_on=PartialDate(2026, 11), involved=("guild",), contested="The letter differs.")
    revision = replace(step(entry, action=Action.RESTORE), reason="a slip", actor="someone")

    (recorded,) = await record(store, revision)
    async with store.reading() as work:
        (read,) = await work.revisions.select(BASE, ALL)

    assert read == recorded == replace(revision, sequence=recorded.sequence)


async def test_a_number_that_exists_is_stale_and_nothing_else_is_lost(store: Storage) -> None:
    await record(store, step(stance("a", claim="First.")))

    async with store.writing() as work:
        await work.revisions.append(step(stance("b")))
        with pytest.raises(StaleRevision) as caught:
            await work.revisions.append(step(stance("a", claim="Second.")))
        await work.revisions.append(step(stance("c")))
        await work.commit()

    assert (caught.value.id, caught.value.number) == ("a", 1)
    assert await claims(store, BASE) == ["First.", "Claim b.", "Claim c."]


async def test_the_same_number_may_stand_in_another_scope(store: Storage) -> None:
    await record(store, step(stance("a")), step(stance("a"), scope=SERVER), step(stance("a"), scope=OTHER_SERVER))

    assert await ids(store, scope=SERVER) == ["a"]


async def test_what_is_not_committed_is_undone(store: Storage) -> None:
    async with store.writing() as work:
        await work.revisions.append(step(stance("a")))
        await work.documents.replace([TREATY])
        await work.documents.put_excerpts({Citation("000", "x"): "Words."})
        await work.state.put("key", "value")
        await work.gaps.note(BASE, "weather", MONDAY)

    async with store.reading() as work:
        assert await work.gaps.top(None, 9) == []
        assert await work.revisions.select(BASE, ALL) == []
        assert await work.revisions.heads(BASE) == {}
        assert await work.documents.all(BASE) == []
        assert await work.documents.excerpts([Citation("000", "x")]) == {}
        assert await work.state.get("key") is None


async def test_what_follows_a_commit_is_undone_without_another(store: Storage) -> None:
    async with store.writing() as work:
        await work.revisions.append(step(stance("a")))
        await work.commit()
        await work.revisions.append(step(stance("b")))

    assert await ids(store) == ["a"]


async def test_an_exception_undoes_everything(store: Storage) -> None:
    async def write_and_fail() -> None:
        async with store.writing() as work:
            await work.revisions.append(step(stance("a")))
            raise RuntimeError("the power failed")

    with pytest.raises(RuntimeError, match="the power failed"):
        await write_and_fail()

    assert await ids(store) == []


async def test_a_unit_of_work_sees_what_it_wrote(store: Storage) -> None:
    async with store.writing() as work:
        await work.revisions.append(step(stance("a")))

        assert [each.entry.id for each in await work.revisions.select(BASE, ALL)] == ["a"]
        assert set(await work.revisions.heads(BASE)) == {"a"}


async def test_reading_writes_nothing(store: Storage) -> None:
    async with store.reading() as work:
        await work.state.put("key", "value")

    async with store.reading() as work:
        assert await work.state.get("key") is None


async def test_documents_come_back_whole_and_in_the_order_of_their_ids(store: Storage) -> None:
    full = Document(
        "002", "A report", "2" * 64, "002.txt", "Report", "M. Fell", "The Press", PartialDate(2026), "Short."
    )
    await put_documents(store, full, LETTER, TREATY)

    async with store.reading() as work:
        assert await work.documents.all(BASE) == [TREATY, LETTER, full]


async def test_replacing_documents_forgets_those_before_in_that_scope_alone(store: Storage) -> None:
    note = Document("s-1", "A note", "3" * 64)
    await put_documents(store, TREATY)
    await put_documents(store, note, scope=SERVER)
    await put_documents(store, LETTER)

    async with store.reading() as work:
        assert await work.documents.all(BASE) == [LETTER]
        assert await work.documents.all(SERVER) == [LETTER, note]
        assert await work.documents.all(OTHER_SERVER) == [LETTER]


async def test_documents_can_be_replaced_by_none(store: Storage) -> None:
    await put_documents(store, TREATY)
    await put_documents(store)

    async with store.reading() as work:
        assert await work.documents.all(BASE) == []


async def test_excerpts_are_remembered_and_overwritten(store: Storage) -> None:
    here, there, nowhere = Citation("000", "paragraph 1"), Citation("001", "paragraph 1"), Citation("000", "item 9")
    async with store.writing() as work:
        await work.documents.put_excerpts({here: "Old words.", there: "Other words."})
        await work.commit()
    async with store.writing() as work:
        await work.documents.put_excerpts({here: "New words."})
        await work.commit()

    async with store.reading() as work:
        found = await work.documents.excerpts([here, there, nowhere, here])
        assert found == {here: "New words.", there: "Other words."}
        assert await work.documents.excerpts([]) == {}


async def test_no_excerpts_can_be_put(store: Storage) -> None:
    async with store.writing() as work:
        await work.documents.put_excerpts({})
        await work.commit()


async def test_state_is_kept_and_overwritten(store: Storage) -> None:
    for value in ("first", "second"):
        async with store.writing() as work:
            await work.state.put("commands", value)
            await work.commit()

    async with store.reading() as work:
        assert await work.state.get("commands") == "second"
        assert await work.state.get("another") is None
