"""Understanding and autocomplete, at the size that ships and with 1,000 parties, 1,000 topics and 100,000 entries.

The baseline is what one would write first: RapidFuzz's ``WRatio`` over the same names.
"""

import asyncio
import json
import random
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import insert

from benchmarks.timing import Times, measure
from knowledge.codec import entry_to_dict
from knowledge.errors import Slot
from knowledge.matching.complete import complete
from knowledge.matching.deciding import decide
from knowledge.matching.lexicon import Names, build_lexicon
from knowledge.matching.phrasebook import build_phrasebook
from knowledge.matching.reading import read
from knowledge.matching.scanning import scan
from knowledge.matching.spelling import Speller
from knowledge.model import BASE, Act, Citation, Entry, Kind
from knowledge.seeding import load_seeds
from knowledge.service.asking import ask
from knowledge.service.context import Context, make_context
from knowledge.storage.engine import make_engine
from knowledge.storage.opening import open_storage
from knowledge.storage.tables import HeadRow, RevisionRow
from knowledge.taxonomy import Party, Taxonomy, Topic

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "tests" / "questions" / "tune.jsonl"
MANY = 1_000
ENTRIES = 100_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def clock() -> datetime:
    """The same moment always."""
    return NOW


def main() -> None:
    """Prints the table."""
    shipped = load_seeds(ROOT / "seeds").taxonomy
    questions = [json.loads(line)["q"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    _report("as shipped", shipped, questions, ["r", "ru", "terr", "putn", "securty", "кр"])
    large = synthetic(shipped)
    names = [party.name for party in large.parties[-200:]]
    topics = [topic.name for topic in large.topics[-200:]]
    asked = [f"what does {party} say about {topic}" for party, topic in zip(names, topics, strict=True)]
    slips = [f"{_slip(party)} {_slip(topic)}" for party, topic in zip(names, topics, strict=True)]
    _report(f"{MANY} parties x {MANY} topics", large, asked + slips, [name[:3] for name in names[:50]] + slips[:50])
    _growth(shipped, large)
    asyncio.run(_with_entries(large, asked))


def synthetic(shipped: Taxonomy) -> Taxonomy:
    """The shipped taxonomy with made-up parties and topics, three names each."""
    source = random.Random(7)
    made = [tuple(_name(source) for _ in range(3)) for _ in range(2 * MANY)]
    parties = tuple(Party(f"p{i}", each[0], "made up", aliases={"en": each[1:]}) for i, each in enumerate(made[:MANY]))
    topics = tuple(Topic(f"t{i}", each[0], "made up", aliases={"en": each[1:]}) for i, each in enumerate(made[MANY:]))
    return Taxonomy(shipped.parties + parties, shipped.topics + topics, shipped.people, (), shipped.wordings)


def _name(source: random.Random) -> str:
    syllables = [source.choice("bdfgklmnprstvz") + source.choice("aeiou") for _ in range(source.randint(3, 5))]
    return "".join(syllables) + (
        " " + source.choice(["union", "front", "basin", "valley"]) if source.random() < 0.3 else ""
    )


def _slip(name: str) -> str:
    return name[:2] + name[3] + name[2] + name[4:]


def _report(title: str, taxonomy: Taxonomy, questions: list[str], typed: list[str]) -> None:
    book, lexicon = build_phrasebook(taxonomy), build_lexicon(taxonomy, ())
    speller = Speller(book.words)
    about = {topic.slug: topic.about for topic in taxonomy.topics if topic.about}
    names = [*lexicon.parties.meanings, *lexicon.topics.meanings]

    def interpret(question: str) -> object:
        return decide(read(scan(question, book, speller)), about)

    def baseline(question: str) -> object:
        return process.extract(question, names, scorer=fuzz.WRatio, limit=5)

    print(f"\n{title}: {len(names):,} names")
    _row("one interpretation", measure(interpret, questions), measure(baseline, questions))
    _row("one autocomplete", measure(_completing(lexicon.names(Slot.PARTY)), typed), measure(baseline, typed))


def _completing(names: Names) -> Callable[[str], object]:
    return lambda typed: complete(typed, names)


def _row(what: str, ours: Times, baseline: Times) -> None:
    print(
        f"  {what:20} {ours}   WRatio {baseline}   ratio {ours.p50 / baseline.p50:.2f} / {ours.p99 / baseline.p99:.2f}"
    )


def _growth(shipped: Taxonomy, large: Taxonomy) -> None:
    """What the made-up names cost in memory and in time to build, beyond what ships."""
    tracemalloc.start()
    small_book, small_lexicon = build_phrasebook(shipped), build_lexicon(shipped, ())
    before, _ = tracemalloc.get_traced_memory()
    book, lexicon = build_phrasebook(large), build_lexicon(large, ())
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    count = len(lexicon.parties.meanings) + len(lexicon.topics.meanings)
    more = count - len(small_lexicon.parties.meanings) - len(small_lexicon.topics.meanings)
    start = perf_counter()
    Speller(build_phrasebook(large).words)
    build_lexicon(large, ())
    seconds = perf_counter() - start
    words = sum(map(len, book.words.values())) - sum(map(len, small_book.words.values()))
    each = (after - 2 * before) / more
    size = f"{each:,.0f} bytes for each of {more:,} further names ({words:,} further words)"
    print(f"\nindex: {size}, all built in {seconds:.2f} s")


async def _with_entries(taxonomy: Taxonomy, questions: list[str]) -> None:
    """The whole of ``ask`` on SQLite, which looks up what is recorded."""
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/large.db"
        async with open_storage(url) as storage:
            await _fill(url, taxonomy)
            context = make_context(storage, taxonomy, (), clock)
            times = [await _timed(context, question) for question in questions for _ in range(3)]
    times.sort()
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"ask() on SQLite with {ENTRIES:,} entries: p50 {p50:.2f} ms   p99 {p99:.2f} ms")


async def _fill(url: str, taxonomy: Taxonomy) -> None:
    """Writes the rows at once: one by one, as they come in life, they would take minutes."""
    source, engine = random.Random(8), make_engine(url)
    revisions, heads = list[dict[str, Any]](), list[dict[str, Any]]()
    for number in range(1, ENTRIES + 1):
        party, topic = source.choice(taxonomy.parties[-MANY:]).slug, source.choice(taxonomy.topics[-MANY:]).slug
        entry = Entry(f"e{number}", Kind.STANCE, "A claim.", (Citation("000", "item 1"),), party, topic, act=Act.DEMAND)
        place = {"scope": 0, "entry_id": entry.id, "kind": "stance", "party": party, "topic": topic}
        content = {"number": 1, "action": "add", "status": "active", "content": entry_to_dict(entry)}
        revisions.append(place | content | {"sequence": number, "recorded_at": NOW})
        heads.append(place | {"sequence": number})
    async with engine.begin() as connection:
        await connection.execute(insert(RevisionRow), revisions)
        await connection.execute(insert(HeadRow), heads)
    await engine.dispose()


async def _timed(context: Context, question: str) -> float:
    start = perf_counter()
    await ask(context, question, BASE)
    return (perf_counter() - start) * 1000
