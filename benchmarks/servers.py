"""What one of many servers pays for the others: ``/position`` with 1,000 overlays of 500 entries, against one.

Written straight into the tables, since a thousand servers do not write at once; read through the service.
"""

import asyncio
import tempfile
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.timing import measure_both
from knowledge.codec import entry_to_dict
from knowledge.model import Act, Action, Citation, Entry, Kind, Scope
from knowledge.moderation.model import Subject
from knowledge.moderation.vocabulary import load_additions
from knowledge.requests import PositionRequest
from knowledge.seeding import Seeds, load_seeds, sync_base
from knowledge.service import KnowledgeService
from knowledge.service.context import make_context
from knowledge.service.scoped import ScopedContexts
from knowledge.storage import SqlStorage, make_engine, upgrade
from knowledge.storage.tables import CitationRow, HeadRow, RecordRow, RevisionRow

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 1, 2, tzinfo=UTC)
FEW, MANY, ENTRIES, ALIASES = 1, 1_000, 500, 20
CALLS = 400
MARK = 1.2
Row = dict[str, Any]


async def compare(folder: Path) -> None:
    """Prints what a position costs in one of many servers against in the only one, and what names cost in memory."""
    seeds = load_seeds(ROOT / "seeds")
    alone = await _storage(folder / "one.db", seeds, FEW)
    among = await _storage(folder / "many.db", seeds, MANY)
    services = [_service(storage, seeds) for storage in (alone, among)]
    pairs = [(entry.party, entry.topic) for entry in seeds.entries if entry.kind is Kind.STANCE]
    requests = [PositionRequest(party or "", topic or "") for party, topic in (pairs * 3)[:CALLS]]
    ask = [partial(_ask, service, Scope(1)) for service in services]
    for request in requests[:50]:
        await asyncio.gather(*(each(request) for each in ask))
    one, many = await measure_both(ask[0], ask[1], requests)
    print(f"/position, {FEW} server with {ENTRIES} entries of its own       {one}")
    print(f"/position, {MANY} servers with {ENTRIES} entries each          {many}   {many.ratio(one)}   mark {MARK}")
    await _memory(among, seeds)


async def _memory(storage: SqlStorage, seeds: Seeds) -> None:
    service = _service(storage, seeds)
    await service.naming(Scope(1))
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(2, 102):
        await service.naming(Scope(number))
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    print(
        f"names of a server in use, {ALIASES} of its own: {used / 100 / 1024:.1f} KiB; of {MANY} servers 101 are in use"
    )


async def _ask(service: KnowledgeService, scope: Scope, request: PositionRequest) -> None:
    await service.answer(request, scope)


def _service(storage: SqlStorage, seeds: Seeds) -> KnowledgeService:
    context = make_context(storage, seeds.taxonomy, seeds.documents, lambda: NOW)
    return KnowledgeService(context, ScopedContexts(context, partial(load_additions, storage)))


async def _storage(path: Path, seeds: Seeds, servers: int) -> SqlStorage:
    engine = make_engine(f"sqlite+aiosqlite:///{path}")
    await upgrade(engine)
    storage = SqlStorage(engine)
    await sync_base(storage, seeds, {}, lambda: NOW)
    stances = [entry for entry in seeds.entries if entry.kind is Kind.STANCE]
    await _fill(engine, servers, [(each.party or "", each.topic or "") for each in stances], len(seeds.entries))
    return storage


async def _fill(engine: AsyncEngine, servers: int, pairs: list[tuple[str, str]], sequence: int) -> None:
    async with engine.begin() as connection:
        for server in range(1, servers + 1):
            entries = [_entry(number, *pairs[number % len(pairs)]) for number in range(ENTRIES)]
            rows = list(_rows(server, entries, sequence))
            sequence += len(rows)
            await connection.execute(insert(RevisionRow), [revision for revision, _, _ in rows])
            await connection.execute(insert(HeadRow), [head for _, head, _ in rows])
            await connection.execute(insert(CitationRow), [citation for _, _, citation in rows])
            await connection.execute(insert(RecordRow), list(_aliases(server)))


def _entry(number: int, party: str, topic: str) -> Entry:
    source = (Citation("000", "paragraph 1"),)
    return Entry(
        f"s-{number}", Kind.STANCE, f"A claim of this server, number {number}.", source, party, topic, act=Act.DEMAND
    )


def _rows(server: int, entries: Iterable[Entry], sequence: int) -> Iterator[tuple[Row, Row, Row]]:
    for place, entry in enumerate(entries, sequence + 1):
        filed: Row = {
            "scope": server,
            "entry_id": entry.id,
            "kind": entry.kind,
            "party": entry.party,
            "topic": entry.topic,
        }
        made: Row = {"number": 1, "action": Action.ADD, "status": entry.status, "recorded_at": NOW}
        yield (
            {**filed, **made, "sequence": place, "content": entry_to_dict(entry), "follows_base": False},
            {**filed, "sequence": place},
            {"sequence": place, "document": "000"},
        )


def _aliases(server: int) -> Iterator[Row]:
    for number in range(ALIASES):
        word = f"nickname{number} of server{server}"
        content = {"word": word, "target": "party/russia"}
        yield {"scope": server, "subject": Subject.ALIAS, "key": word, "content": content}


def main() -> None:
    """Runs it in a folder of its own."""
    print(f"\nservers: {MANY} overlays against {FEW}, SQLite, {CALLS} positions each, by turns")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(compare(Path(folder)))


if __name__ == "__main__":
    main()
