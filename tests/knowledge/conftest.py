"""Stores to test on: the fake and the real one, both empty."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.ports import Storage
from knowledge.storage import SqlStorage, make_engine, upgrade
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
async def sqlite(migrated_file: Path, tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """The real store on a file of its own."""
    path = Path(shutil.copy(migrated_file, tmp_path / "parley.db"))
    engine = make_engine(sqlite_url(path))
    yield SqlStorage(engine)
    await engine.dispose()


@pytest.fixture(params=["memory", "sqlite"])
def storage(request: pytest.FixtureRequest) -> Storage:
    """Each kind of store in turn."""
    if request.param == "memory":
        return MemoryStorage()
    store: Storage = request.getfixturevalue(request.param)
    return store
