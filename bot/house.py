"""Opens the house: engine, schema, shipped base, service, in one chain that closes behind itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import structlog

from bot.settings import Settings
from knowledge.briefing.context import Briefings, Pace
from knowledge.briefing.service import BriefingService
from knowledge.moderation.context import Moderation
from knowledge.moderation.service import ModerationService
from knowledge.moderation.vocabulary import load_additions
from knowledge.seeding import Seeds, excerpts, load_seeds, read_texts, sync_base
from knowledge.service import KnowledgeService
from knowledge.service.context import Context, make_context
from knowledge.service.scoped import ScopedContexts
from knowledge.storage import SqlStorage, open_storage

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Services:
    """The three doors to the product; what one changes, the others see at once."""

    knowledge: KnowledgeService
    moderation: ModerationService
    briefings: BriefingService


@dataclass(frozen=True, slots=True)
class House:
    """What everything else is made from."""

    storage: SqlStorage
    seeds: Seeds
    services: Services

    @property
    def service(self) -> KnowledgeService:
        """The door for questions."""
        return self.services.knowledge


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
    url = settings.database_url.get_secret_value()
    async with open_storage(url, settings.parley_database_connections) as storage:
        texts = read_texts(settings.documents, seeds.documents)
        report = await sync_base(storage, seeds, excerpts(seeds, texts), utc_now)
        changed = {action.value: number for action, number in report.revisions.items()}
        log.info("base.compared", entries=report.entries, texts=len(texts), **changed)
        context = make_context(storage, seeds.taxonomy, seeds.documents, utc_now)
        yield House(storage, seeds, make_services(context, settings.pace))


def make_services(context: Context, pace: Pace | None = None) -> Services:
    """The services on one store, sharing what servers call things."""
    contexts = ScopedContexts(context, partial(load_additions, context.storage))
    moderation = Moderation(context.storage, contexts, context.clock)
    briefings = Briefings(context.storage, contexts, context.clock, pace or Pace())
    return Services(KnowledgeService(context, contexts), ModerationService(moderation), BriefingService(briefings))
