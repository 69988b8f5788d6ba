"""Names that servers add: what they cost beside the context that ships, with 1,000 servers of 20 additions each."""

import asyncio
import gc
import random
import tracemalloc
from functools import partial

from benchmarks.timing import Times, measure, measure_both
from benchmarks.worlds import MANY, clock, filled_storage, made_name, questions, shipped, synthetic
from knowledge.errors import Slot
from knowledge.matching.additions import Additions, Alias
from knowledge.matching.complete import complete
from knowledge.matching.deciding import decide
from knowledge.model import Scope
from knowledge.requests import PositionRequest
from knowledge.service.asking import read_question
from knowledge.service.context import Context, make_context
from knowledge.service.positions import position
from knowledge.taxonomy import Party, Taxonomy, Topic

SERVERS = 1_000
ALIASES = 18
"""Besides a party and a topic of the server's own."""
ASKED = 300


def main() -> None:
    """Prints the table."""
    asyncio.run(_report())


async def _report() -> None:
    base = shipped()
    large = synthetic(base)
    async with filled_storage(large) as storage:
        for title, taxonomy in (("as shipped", base), (f"{MANY} parties x {MANY} topics", large)):
            print(f"\n{SERVERS:,} servers with {ALIASES + 2} additions each, over the names {title}:")
            await _compare(make_context(storage, taxonomy, (), clock), taxonomy)


async def _compare(context: Context, taxonomy: Taxonomy) -> None:
    source = random.Random(9)
    added = [_additions(taxonomy, source) for _ in range(SERVERS)]
    built, taken = _layered(context, added)
    print(f"  {'one context built':20} {measure(context.with_additions, added, rounds=1)}   {taken:,.0f} bytes each")
    asked = questions()
    _row(
        "one interpretation",
        measure(partial(_interpret, built[0]), asked),
        measure(partial(_interpret, context), asked),
    )
    typed = ["r", "ru", "terr", "putn", "securty", added[0].aliases[0].word[:3]]
    _row("one autocomplete", measure(partial(_complete, built[0]), typed), measure(partial(_complete, context), typed))
    await _positions(context, built, taxonomy, source)


def _additions(taxonomy: Taxonomy, source: random.Random) -> Additions:
    """A party, a topic and aliases that no other server has, or hardly."""
    parties, topics = [each.slug for each in taxonomy.parties], [each.slug for each in taxonomy.topics]
    slots = [(Slot.PARTY, parties), (Slot.TOPIC, topics)] * (ALIASES // 2)
    return Additions(
        (Party("own-party", made_name(source), "made up"),),
        (Topic("own-topic", made_name(source), "made up"),),
        tuple(Alias(made_name(source), slot, source.choice(slugs)) for slot, slugs in slots),
    )


def _layered(context: Context, added: list[Additions]) -> tuple[list[Context], float]:
    """The contexts of all servers, and the memory that each takes."""
    context.with_additions(added[0])
    gc.collect()
    tracemalloc.start()
    built = [context.with_additions(each) for each in added]
    gc.collect()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return built, taken / len(added)


def _interpret(context: Context, question: str) -> object:
    return decide(read_question(context, question), context.about)


def _complete(context: Context, typed: str) -> object:
    return complete(typed, context.lexicon.parties)


async def _positions(context: Context, built: list[Context], taxonomy: Taxonomy, source: random.Random) -> None:
    """``/position`` in any of the servers, beside the same in one server that adds nothing."""
    pairs = [(source.choice(taxonomy.parties).name, source.choice(taxonomy.topics).name) for _ in range(ASKED)]
    asked = [(PositionRequest(*pair), source.randrange(SERVERS)) for pair in pairs]

    async def one(each: tuple[PositionRequest, int]) -> object:
        return await position(context, each[0], Scope(1))

    async def any_of_many(each: tuple[PositionRequest, int]) -> object:
        return await position(built[each[1]], each[0], Scope(each[1] + 1))

    baseline, ours = await measure_both(one, any_of_many, asked)
    _row("one /position", ours, baseline)


def _row(what: str, ours: Times, baseline: Times) -> None:
    print(f"  {what:20} {ours}   without additions {baseline}   {ours.ratio(baseline)}")
