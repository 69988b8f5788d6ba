"""How every store finds entries by their words."""

import pytest

from knowledge.model import BASE, Scope, Status, words_of
from knowledge.ports import Storage
from tests.knowledge.samples import OTHER_SERVER, SERVER, record, record_entries, stance, step
from tests.knowledge.storage.moderating import follows_base

LONG = "a" * 39


@pytest.fixture
async def searched(store: Storage) -> Storage:
    """Some entries of the base."""
    await record_entries(
        store,
        [
            stance("up-2", claim="The River belongs to the uplands."),
            stance("up-1", claim="Rivers flow, and the dam stays."),
            stance("low-1", claim="The dam must go.", status=Status.RETRACTED, reason="a slip"),
            stance("gui-1", claim="Die Straße, die Їжа, 川の水: 50 % for the RIVER."),
        ],
    )
    return store


async def found(store: Storage, *words: str, scope: Scope = BASE, limit: int = 9) -> list[str]:
    """The ids of what is found."""
    async with store.reading() as work:
        return [each.entry.id for each in await work.revisions.find(scope, words, limit)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("river", ["gui-1", "up-1", "up-2"]),
        ("RIVERS", ["up-1"]),
        ("river the", ["gui-1", "up-2"]),
        ("the river", ["gui-1", "up-1", "up-2"]),
        ("the the the da", ["low-1", "up-1"]),
        ("dam", ["low-1", "up-1"]),
        ("up", ["up-1", "up-2"]),
        ("up-2", ["up-2"]),
        ("2 up", ["up-2"]),
        ("strasse", ["gui-1"]),
        ("ЇЖ", ["gui-1"]),
        ("川", ["gui-1"]),
        ("水", []),
        ("5", ["gui-1"]),
        ("ive", []),
        ("river dam", []),
        ("riv dam", []),
        ("flow zebra", []),
    ],
)
async def test_words_are_found_whole_and_the_last_one_by_its_beginning(
    searched: Storage, typed: str, expected: list[str]
) -> None:
    assert await found(searched, *words_of(typed)) == expected


async def test_the_first_ids_are_found_up_to_a_limit(searched: Storage) -> None:
    assert await found(searched, "river", limit=2) == ["gui-1", "up-1"]
    assert await found(searched, "the", "riv", limit=1) == ["gui-1"]
    assert await found(searched, "river", limit=0) == []


async def test_without_words_the_latest_come_first(searched: Storage) -> None:
    await record(searched, step(stance("up-2"), 2), step(stance("ours"), scope=SERVER))

    assert await found(searched) == ["up-2", "gui-1", "low-1", "up-1"]
    assert await found(searched, scope=SERVER, limit=3) == ["ours", "up-2", "gui-1"]
    assert await found(searched, scope=OTHER_SERVER, limit=1) == ["up-2"]


async def test_an_empty_store_finds_nothing(store: Storage) -> None:
    assert await found(store) == await found(store, "river") == await found(store, "the", "river", scope=SERVER) == []


async def test_a_new_revision_is_found_by_its_new_words_alone(searched: Storage) -> None:
    await record(searched, step(stance("up-1", claim="Rivers flow, and the mill stays."), 2))

    assert await found(searched, "mill") == ["up-1"]
    assert await found(searched, "dam") == ["low-1"]


async def test_a_revision_is_found_as_it_is(searched: Storage) -> None:
    async with searched.reading() as work:
        (revision,) = await work.revisions.find(BASE, ["up", "2"], 9)
        assert [revision] == [each for each in (await work.revisions.heads(BASE)).values() if each.entry.id == "up-2"]


async def test_an_overlay_is_found_in_its_scope_alone_and_hides_the_base(searched: Storage) -> None:
    await record(searched, step(stance("up-1", claim="Our mill."), scope=SERVER))
    await record(searched, step(stance("mine", claim="A mill."), scope=OTHER_SERVER))

    assert await found(searched, "mill") == []
    assert await found(searched, "mill", scope=SERVER) == ["up-1"]
    assert await found(searched, "mill", scope=OTHER_SERVER) == ["mine"]
    assert await found(searched, "dam", scope=SERVER) == ["low-1"]
    assert await found(searched, "dam", scope=OTHER_SERVER) == ["low-1", "up-1"]
    assert await found(searched, scope=SERVER) == ["up-1", "gui-1", "low-1", "up-2"]


async def test_an_overlay_that_follows_the_base_is_found_as_that(searched: Storage) -> None:
    await record(searched, step(stance("up-1", claim="Our mill."), scope=SERVER), follows_base(stance("up-1"), 2))

    assert await found(searched, "mill", scope=SERVER) == []
    assert await found(searched, "dam", scope=SERVER) == ["low-1", "up-1"]
    assert await found(searched, scope=SERVER) == ["gui-1", "low-1", "up-1", "up-2"]


async def test_words_of_any_length_are_found_by_their_beginning(store: Storage) -> None:
    await record_entries(store, [stance("a", claim=f"{LONG}bc {LONG}bd"), stance("b", claim=f"{LONG}c")])

    assert await found(store, LONG) == ["a", "b"]
    assert await found(store, f"{LONG}bc") == ["a"]
    assert await found(store, f"{LONG}bc", "a") == ["a"]
    assert await found(store, f"{LONG}c") == ["b"]


async def test_an_entry_with_many_words_that_begin_so_is_found_once(store: Storage) -> None:
    await record_entries(store, [stance("a", claim="River, rivers, riverbed, riverside."), stance("b", claim="River.")])

    assert await found(store, "river", limit=2) == ["a", "b"]


async def test_more_entries_than_are_looked_at_still_give_the_first_with_a_whole_word(
    store: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.storage.words.CANDIDATES", 5)
    await record_entries(store, [stance(f"e-{number:02}", claim="One river.") for number in range(30)])

    assert await found(store, "river", "on", limit=3) == ["e-00", "e-01", "e-02"]
    assert await found(store, "river", "e", limit=1) == ["e-00"]
    assert await found(store, "e", "29", limit=3) == ["e-29"]
