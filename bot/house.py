"""Opens the house: engine, schema, shipped base, service, in one chain that closes behind itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from bot.settings import Settings
from knowledge.seeding import Seeds, excerpts, load_seeds, read_texts, sync_base
from knowledge.service import KnowledgeService
from knowledge.service.context import make_context
from knowledge.storage import SqlStorage, open_storage

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """What everything else is made from."""

    storage: SqlStorage
    seeds: Seeds
    service: KnowledgeService


def utc_now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """The house, with a database that is up to date.

    Raises:
        FaultySeeds: the shipped data cannot be loaded.
        StorageClosed: the database cannot be opened.
    """
    seeds = load_seeds(settings.parley_seeds)
    async with open_storage(settings.database_url.get_secret_value()) as storage:
        texts = read_texts(settings.documents, seeds.documents)
        report = await sync_base(storage, seeds, excerpts(seeds, texts), utc_now)
        changed = {action.value: number for action, number in report.revisions.items()}
        log.info("base.compared", entries=report.entries, texts=len(texts), **changed)
        context = make_context(storage, seeds.taxonomy, seeds.documents, utc_now)
        yield House(storage, seeds, KnowledgeService(context))
