"""What many tests need: the shipped base in a database, the service on it, and a world with the bot."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy.engine import make_url

from bot.client import ParleyClient
from bot.house import Services, make_services
from knowledge.moderation.service import ModerationService
from knowledge.seeding import Seeds, excerpts, load_seeds, read_texts, sync_base
from knowledge.service import KnowledgeService
from knowledge.service.context import Context, make_context
from knowledge.storage import SqlStorage, make_engine, upgrade
from tests.fakes.openapi import OpenApi
from tests.fakes.postgresql import PostgreSQL, empty, server
from tests.fakes.storage import MemoryStorage
from tests.fakes.world import World, open_world
from tests.paths import OPENAPI, SEEDS, TEXTS

hypothesis.settings.register_profile("quick", max_examples=25, deadline=None)
hypothesis.settings.register_profile("long", max_examples=1_000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
LOADED_AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    """The shipped base."""
    return load_seeds(SEEDS)


@pytest.fixture(scope="session")
def discord_api() -> OpenApi | None:
    """Discord's description of its API, where it is at hand."""
    return OpenApi(OPENAPI) if OPENAPI.is_file() else None


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, seeds: Seeds) -> Path:
    """A SQLite file that holds the shipped base, loaded on 2 January 2026; not to be changed."""
    path = tmp_path_factory.mktemp("base") / "parley.db"

    async def load() -> None:
        engine = make_engine(f"sqlite+aiosqlite:///{path}")
        await upgrade(engine)
        texts = read_texts(TEXTS if TEXTS.is_dir() else None, seeds.documents)
        await sync_base(SqlStorage(engine), seeds, excerpts(seeds, texts), lambda: LOADED_AT)
        await engine.dispose()

    asyncio.run(load())
    return path


@pytest.fixture
async def storage(tmp_path: Path, loaded: Path) -> AsyncIterator[SqlStorage]:
    """A database of its own with the shipped base."""
    path = tmp_path / "parley.db"
    shutil.copyfile(loaded, path)  # the last connection has closed, so nothing is left in the write-ahead log
    engine = make_engine(f"sqlite+aiosqlite:///{path}")
    yield SqlStorage(engine)
    await engine.dispose()


@pytest.fixture(scope="session")
def context(seeds: Seeds) -> Context:
    """What a service holds in memory, built once; on an empty store, to be replaced."""
    return make_context(MemoryStorage(), seeds.taxonomy, seeds.documents, lambda: LOADED_AT)


@pytest.fixture
def services(storage: SqlStorage, context: Context) -> Services:
    """The services on that file."""
    return make_services(replace(context, storage=storage))


@pytest.fixture
def service(services: Services) -> KnowledgeService:
    """The service that answers."""
    return services.knowledge


@pytest.fixture
def moderation(services: Services) -> ModerationService:
    """The service that changes."""
    return services.moderation


@pytest.fixture
async def world(services: Services, storage: SqlStorage, discord_api: OpenApi | None) -> AsyncIterator[World]:
    """The bot in a simulated Discord; all that it sent is held against Discord's description of its API."""
    async with open_world(lambda: ParleyClient(services, storage, force_sync=True)) as world:
        yield world
        sent = list(world.requests)
    if discord_api:
        faults = [fault for each in sent for fault in discord_api.faults(each.method, each.path, each.json)]
        assert not faults, "\n".join(faults[:10])


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[PostgreSQL]:
    """A real PostgreSQL, shared by all processes of the test run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    with server(shared / "postgresql") as found:
        yield found


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgreSQL) -> Iterator[str]:
    """The name of an empty database with the newest schema, to be copied."""

    async def migrated() -> str:
        url = await postgres.create()
        engine = make_engine(url)
        await upgrade(engine)
        await engine.dispose()
        return url

    url = asyncio.run(migrated())
    yield str(make_url(url).database)
    asyncio.run(postgres.drop(url))


@pytest.fixture(scope="session")
def postgres_shared(postgres: PostgreSQL, postgres_template: str) -> Iterator[str]:
    """The address of a copy of it for this process, to be emptied by each test."""
    url = asyncio.run(postgres.create(postgres_template))
    yield url
    asyncio.run(postgres.drop(url))


@pytest.fixture
async def postgres_url(postgres_shared: str) -> str:
    """The address of a database that is empty."""
    engine = make_engine(postgres_shared)
    await empty(engine)
    await engine.dispose()
    return postgres_shared
