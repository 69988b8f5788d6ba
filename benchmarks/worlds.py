"""What the benchmarks work with: what ships, the same with many made-up names, and a store with many entries."""

import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from knowledge.codec import entry_to_dict
from knowledge.model import Act, Citation, Entry, Kind
from knowledge.ports import Storage
from knowledge.seeding import load_seeds
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


def shipped() -> Taxonomy:
    """The taxonomy that ships."""
    return load_seeds(ROOT / "seeds").taxonomy


def questions() -> list[str]:
    """The questions to look at."""
    return [json.loads(line)["q"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def synthetic(base: Taxonomy) -> Taxonomy:
    """A taxonomy with made-up parties and topics besides, three names each."""
    source = random.Random(7)
    made = [tuple(made_name(source) for _ in range(3)) for _ in range(2 * MANY)]
    parties = tuple(Party(f"p{i}", each[0], "made up", aliases={"en": each[1:]}) for i, each in enumerate(made[:MANY]))
    topics = tuple(Topic(f"t{i}", each[0], "made up", aliases={"en": each[1:]}) for i, each in enumerate(made[MANY:]))
    return Taxonomy(base.parties + parties, base.topics + topics, base.people, (), base.wordings)


def made_name(source: random.Random) -> str:
    """A name of syllables, now and then with a second word."""
    syllables = [source.choice("bdfgklmnprstvz") + source.choice("aeiou") for _ in range(source.randint(3, 5))]
    second = " " + source.choice(["union", "front", "basin", "valley"]) if source.random() < 0.3 else ""
    return "".join(syllables) + second


def slip(name: str) -> str:
    """The name with two letters in each other's place."""
    return name[:2] + name[3] + name[2] + name[4:]


@asynccontextmanager
async def filled_storage(taxonomy: Taxonomy) -> AsyncIterator[Storage]:
    """A SQLite database with entries on made-up parties and topics."""
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/large.db"
        async with open_storage(url) as storage:
            await _fill(url, taxonomy)
            yield storage


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
