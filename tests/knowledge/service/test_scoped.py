"""What each server sees, kept while it asks."""

import asyncio

from knowledge.errors import Slot
from knowledge.matching.additions import Additions, Alias
from knowledge.model import Scope
from knowledge.service.context import make_context
from knowledge.service.scoped import ScopedContexts
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER, TAXONOMY

BASE = make_context(MemoryStorage(), TAXONOMY, [], lambda: MONDAY)


class Loads:
    """Gives each server a word of its own, and remembers who was asked for."""

    def __init__(self) -> None:
        self.asked: list[Scope] = []
        self.word = "weir"
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, scope: Scope) -> Additions:
        """The word of a server; the third one has none."""
        self.asked.append(scope)
        word = self.word
        await self.gate.wait()
        return Additions() if scope == Scope(3) else Additions(aliases=(Alias(f"{word}{scope.id}", Slot.TOPIC, "dam"),))


async def test_each_scope_has_its_own_words_and_is_loaded_once() -> None:
    load = Loads()
    contexts = ScopedContexts(BASE, load)
    one, two = await contexts.of(SERVER), await contexts.of(OTHER_SERVER)

    assert one.topic("weir811").slug == two.topic("weir922").slug == "dam"
    assert one.clashes("weir922") is None
    assert await contexts.of(SERVER) is one
    assert load.asked == [SERVER, OTHER_SERVER]


async def test_a_scope_that_adds_nothing_has_the_context_that_ships() -> None:
    load = Loads()
    contexts = ScopedContexts(BASE, load)

    assert await contexts.of(Scope(3)) is await contexts.of(Scope(3)) is BASE
    assert load.asked == [Scope(3)]


async def test_what_was_changed_holds_in_the_next_request() -> None:
    load = Loads()
    contexts = ScopedContexts(BASE, load)
    await contexts.of(SERVER)
    load.word = "lock"
    contexts.forget(SERVER)
    contexts.forget(Scope(5))

    assert (await contexts.of(SERVER)).clashes("lock811") is not None


async def test_what_was_changed_while_it_was_loaded_is_loaded_anew() -> None:
    load = Loads()
    contexts = ScopedContexts(BASE, load)
    load.gate.clear()
    slow = asyncio.ensure_future(contexts.of(SERVER))
    await asyncio.sleep(0)
    load.word = "lock"
    contexts.forget(SERVER)
    load.gate.set()
    await slow

    assert (await contexts.of(SERVER)).clashes("lock811") is not None


async def test_who_asked_longest_ago_is_forgotten() -> None:
    load = Loads()
    contexts = ScopedContexts(BASE, load, most=2)
    for number in (1, 2, 1, 4, 1, 2):
        await contexts.of(Scope(number))

    assert load.asked == [Scope(1), Scope(2), Scope(4), Scope(2)]
