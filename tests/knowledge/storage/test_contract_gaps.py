"""What every store keeps of questions that were not understood: the fake and the real one run the same tests."""

from datetime import datetime, timedelta, timezone

from knowledge.model import BASE, GAP_LENGTH, Gap, Scope
from knowledge.ports import Storage
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER, TUESDAY, WEDNESDAY


async def note(store: Storage, *noted: tuple[Scope, str, datetime]) -> None:
    """Counts each once, all in one transaction."""
    async with store.writing() as work:
        for scope, text, now in noted:
            await work.gaps.note(scope, text, now)
        await work.commit()


async def top(store: Storage, scope: Scope | None = None, limit: int = 9) -> list[Gap]:
    """The most frequent ones."""
    async with store.reading() as work:
        return await work.gaps.top(scope, limit)


async def test_none_are_there_at_first(store: Storage) -> None:
    assert await top(store) == await top(store, BASE) == []


async def test_the_same_words_are_counted_and_the_last_time_is_kept(store: Storage) -> None:
    await note(store, (SERVER, "weather", MONDAY), (SERVER, "weather", MONDAY))
    await note(store, (SERVER, "weather", TUESDAY))

    assert await top(store, SERVER) == [Gap("weather", 3, TUESDAY)]


async def test_a_scope_sees_its_own_alone(store: Storage) -> None:
    await note(store, (SERVER, "weather", MONDAY), (OTHER_SERVER, "snow", MONDAY), (BASE, "rain", MONDAY))

    assert [gap.text for gap in await top(store, SERVER)] == ["weather"]
    assert [gap.text for gap in await top(store, BASE)] == ["rain"]


async def test_all_scopes_together_are_summed(store: Storage) -> None:
    await note(store, (SERVER, "weather", TUESDAY), (OTHER_SERVER, "weather", MONDAY), (BASE, "weather", MONDAY))
    await note(store, (SERVER, "snow", WEDNESDAY), (SERVER, "snow", WEDNESDAY))

    assert await top(store) == [Gap("weather", 3, TUESDAY), Gap("snow", 2, WEDNESDAY)]


async def test_the_most_frequent_come_first_then_the_latest_up_to_a_limit(store: Storage) -> None:
    await note(store, (BASE, "rain", MONDAY), (BASE, "snow", WEDNESDAY), (BASE, "hail", TUESDAY))
    await note(store, (BASE, "rain", MONDAY))

    assert [gap.text for gap in await top(store, BASE)] == ["rain", "snow", "hail"]
    assert [gap.text for gap in await top(store, None, 2)] == ["rain", "snow"]


async def test_what_was_last_asked_before_a_moment_is_forgotten_in_all_scopes(store: Storage) -> None:
    await note(store, (BASE, "rain", MONDAY), (SERVER, "snow", MONDAY), (BASE, "hail", TUESDAY))
    await note(store, (SERVER, "fog", MONDAY), (SERVER, "fog", WEDNESDAY))
    async with store.writing() as work:
        await work.gaps.forget(TUESDAY)
        await work.commit()

    assert await top(store) == [Gap("fog", 2, WEDNESDAY), Gap("hail", 1, TUESDAY)]


async def test_what_was_forgotten_is_counted_from_one_again(store: Storage) -> None:
    await note(store, (BASE, "rain", MONDAY), (BASE, "rain", MONDAY))
    async with store.writing() as work:
        await work.gaps.forget(TUESDAY)
        await work.gaps.note(BASE, "rain", TUESDAY)
        await work.commit()

    assert await top(store) == [Gap("rain", 1, TUESDAY)]


async def test_noting_is_undone_without_a_commit(store: Storage) -> None:
    await note(store, (BASE, "rain", MONDAY))
    async with store.writing() as work:
        await work.gaps.note(BASE, "rain", TUESDAY)
        await work.gaps.note(BASE, "snow", TUESDAY)
        assert len(await work.gaps.top(BASE, 9)) == 2

    assert await top(store) == [Gap("rain", 1, MONDAY)]


async def test_moments_come_back_aware_whatever_their_zone(store: Storage) -> None:
    elsewhere = MONDAY.astimezone(timezone(timedelta(hours=5)))
    await note(store, (BASE, "rain", elsewhere))

    (gap,) = await top(store)
    assert gap.last_asked == MONDAY
    assert gap.last_asked.utcoffset() is not None


async def test_the_longest_words_of_any_script_are_kept_whole(store: Storage) -> None:
    words = ("дощ 川 נהר " * GAP_LENGTH)[:GAP_LENGTH]
    await note(store, (Scope(2**62), words, MONDAY))

    assert await top(store, Scope(2**62)) == [Gap(words, 1, MONDAY)]
