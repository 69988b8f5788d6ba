"""Stores without content: the fake, the real one, and each in turn."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.ports import Storage
from knowledge.storage import SqlStorage, make_engine, upgrade
from tests.fakes.postgresql import empty
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import sqlite_url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the newest schema, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("database") / "empty.db"

    async def migrate() -> None:
        engine = make_engine(sqlite_url(path))
        await upgrade(engine)
        await engine.dispose()

    asyncio.run(migrate())
    return path


@pytest.fixture
def migrated_copy(migrated_file: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copy(migrated_file, tmp_path / "parley.db"))


@pytest.fixture
async def sqlite(migrated_copy: Path) -> AsyncIterator[SqlStorage]:
    """The real store on a file of its own."""
    engine = make_engine(sqlite_url(migrated_copy))
    yield SqlStorage(engine)
    await engine.dispose()


@pytest.fixture
async def postgresql(postgres_shared: str) -> AsyncIterator[SqlStorage]:
    """The real store on a server."""
    engine = make_engine(postgres_shared)
    await empty(engine)
    yield SqlStorage(engine)
    await engine.dispose()


@pytest.fixture
def memory() -> MemoryStorage:
    """The fake."""
    return MemoryStorage()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, memory: MemoryStorage) -> Storage:
    """Each kind of store in turn, empty."""
    if request.param == "memory":
        return memory
    real: Storage = request.getfixturevalue(request.param)
    return real
