"""Understanding and autocomplete, at the size that ships and with 1,000 parties, 1,000 topics and 100,000 entries.

The baseline is what one would write first: RapidFuzz's ``WRatio`` over the same names.
"""

import asyncio
import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time

from rapidfuzz import fuzz, process

from benchmarks.timing import Times, measure, times_of
from benchmarks.worlds import ENTRIES, MANY, clock, filled_storage, questions, shipped, slip, synthetic
from knowledge.matching.complete import complete
from knowledge.matching.deciding import decide
from knowledge.matching.lexicon import Lexicon, Names, build_lexicon
from knowledge.matching.phrasebook import Phrasebook, build_phrasebook
from knowledge.matching.reading import read
from knowledge.matching.scanning import pieces, scan
from knowledge.matching.spelling import Speller
from knowledge.matching.vocabulary import LANGUAGES, ordinary_words
from knowledge.model import BASE
from knowledge.service.asking import ask
from knowledge.service.context import Context, make_context
from knowledge.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Built:
    """All that is built from a taxonomy and kept in memory."""

    book: Phrasebook
    lexicon: Lexicon
    speller: Speller

    @property
    def names(self) -> list[str]:
        """All names of parties and topics."""
        return [*self.lexicon.parties.meanings, *self.lexicon.topics.meanings]


def main() -> None:
    """Prints the table."""
    base = shipped()
    _report("as shipped", base, questions(), ["r", "ru", "terr", "putn", "securty", "кр"])
    _worst()
    large = synthetic(base)
    names = [party.name for party in large.parties[-200:]]
    topics = [topic.name for topic in large.topics[-200:]]
    asked = [f"what does {party} say about {topic}" for party, topic in zip(names, topics, strict=True)]
    slips = [f"{slip(party)} {slip(topic)}" for party, topic in zip(names, topics, strict=True)]
    _report(f"{MANY} parties x {MANY} topics", large, asked + slips, [name[:3] for name in names[:50]] + slips[:50])
    _growth(base, large)
    asyncio.run(_with_entries(large, asked))


def _build(taxonomy: Taxonomy) -> Built:
    book = build_phrasebook(taxonomy)
    return Built(book, build_lexicon(taxonomy, ()), Speller(book.words))


def _report(title: str, taxonomy: Taxonomy, asked: list[str], typed: list[str]) -> None:
    built = _build(taxonomy)
    names, about = built.names, {topic.slug: topic.about for topic in taxonomy.topics if topic.about}

    def interpret(question: str) -> object:
        return decide(read(scan(question, built.book, built.speller)), about)

    def baseline(question: str) -> object:
        return process.extract(question, names, scorer=fuzz.WRatio, limit=5)

    print(f"\n{title}: {len(names):,} names")
    _row("one interpretation", measure(interpret, asked), measure(baseline, asked))
    _row("one autocomplete", measure(_completing(built.lexicon.parties), typed), measure(baseline, typed))


def _completing(names: Names) -> Callable[[str], object]:
    return lambda typed: complete(typed, names)


def _worst() -> None:
    """Texts made to be slow: all that is read of one, and its longest piece, between which others are answered."""
    built, worst = _build(shipped()), [0.0, 0.0]
    for language in LANGUAGES:
        ordinary_words(language)  # read when the bot starts, so that no question waits for it
    slow = ("hand over the east of the country to russia ", "is to a the ", "what would it take ")
    for text in (words * 400 for words in slow):
        seconds = [_once(piece, built) for piece in pieces(text)]
        worst = [max(worst[0], sum(seconds)), max(worst[1], *seconds)]
    print(f"  worst text {1000 * worst[0]:.1f} ms of processor time, worst piece {1000 * worst[1]:.1f} ms")


def _once(piece: str, built: Built) -> float:
    start = process_time()
    read(scan(piece, built.book, built.speller))
    return process_time() - start


def _row(what: str, ours: Times, baseline: Times) -> None:
    print(f"  {what:20} {ours}   WRatio {baseline}   {ours.ratio(baseline)}")


def _growth(base: Taxonomy, large: Taxonomy) -> None:
    """What the made-up names cost in memory and in time to build, beyond what ships.

    All memory that stays taken once everything is built counts: phrasebook, lexicon and speller with all strings.
    """
    for language in LANGUAGES:
        ordinary_words(language)  # the same for any taxonomy
    (small, less), (many, more) = _taken(base), _taken(large)
    names, words = len(many.names) - len(small.names), _words(many.book) - _words(small.book)
    start = perf_counter()
    _build(large)
    seconds = perf_counter() - start
    size = f"{(more - less) / names:,.0f} bytes for each of {names:,} further names ({words:,} further words)"
    print(f"\nindex: {size}, all built in {seconds:.2f} s")


def _taken(taxonomy: Taxonomy) -> tuple[Built, int]:
    """What is built from a taxonomy, and the memory that it takes."""
    gc.collect()
    tracemalloc.start()
    built = _build(taxonomy)
    gc.collect()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return built, taken


def _words(book: Phrasebook) -> int:
    return sum(map(len, book.words.values()))


async def _with_entries(taxonomy: Taxonomy, asked: list[str]) -> None:
    """The whole of ``ask`` on SQLite, which looks up what is recorded."""
    async with filled_storage(taxonomy) as storage:
        context = make_context(storage, taxonomy, (), clock)
        seconds = [await _timed(context, question) for question in asked for _ in range(3)]
    print(f"ask() on SQLite with {ENTRIES:,} entries: {times_of(seconds)}")


async def _timed(context: Context, question: str) -> float:
    start = perf_counter()
    await ask(context, question, BASE)
    return perf_counter() - start
