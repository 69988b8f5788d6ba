"""Opens the storage for a program: what keeps it closed is one error, whichever library found it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.errors import StorageClosed
from knowledge.storage.engine import make_engine
from knowledge.storage.failing import opening
from knowledge.storage.migrate import is_current, upgrade
from knowledge.storage.postgresql import POOL_SIZE
from knowledge.storage.unit_of_work import SqlStorage


@asynccontextmanager
async def open_storage(url: str, pool_size: int = POOL_SIZE) -> AsyncIterator[SqlStorage]:
    """The storage at ``url``, with the newest schema; closes it behind itself. ``pool_size`` is as in ``make_engine``.

    Raises:
        StorageClosed: it cannot be opened. Never holds ``url``, which may hold a password.
    """
    engine = _engine(url, pool_size)
    try:
        await _upgrade(engine)
        yield SqlStorage(engine)
    finally:
        await engine.dispose()


@dataclass(frozen=True, slots=True)
class Inspected:
    """A storage as it was found."""

    storage: SqlStorage
    is_current: bool
    """Whether it has the newest schema."""


@asynccontextmanager
async def inspect_storage(url: str) -> AsyncIterator[Inspected | None]:
    """The storage at ``url`` as it is, or None where SQLite has no file yet; migrates nothing.

    Raises:
        StorageClosed: it cannot be opened. Never holds ``url``, which may hold a password.
    """
    if _is_missing(url):
        yield None
        return
    engine = _engine(url)
    try:
        with opening():
            if engine.dialect.name == "sqlite":
                await asyncio.to_thread(_try, engine)
            found = await is_current(engine)
        yield Inspected(SqlStorage(engine), found)
    finally:
        await engine.dispose()


def _is_missing(url: str) -> bool:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return False
    return parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file()


def _engine(url: str, pool_size: int = POOL_SIZE) -> AsyncEngine:
    try:
        return make_engine(url, pool_size)
    except ModuleNotFoundError as error:
        raise StorageClosed(f"its driver {error.name} is not installed") from None
    except OSError as error:
        raise StorageClosed(f"{error.filename}: {error.strerror}") from None
    except (ArgumentError, InvalidRequestError, ValueError):
        raise StorageClosed("its address cannot be read") from None


async def _upgrade(engine: AsyncEngine) -> None:
    with opening():
        if engine.dialect.name == "sqlite":
            await asyncio.to_thread(_try, engine)
        await upgrade(engine)


def _try(engine: AsyncEngine) -> None:
    """Opens the file once without aiosqlite, whose thread would tell of a failure after the event loop has closed."""
    (file,), options = engine.dialect.create_connect_args(engine.url)
    with closing(sqlite3.connect(file, **options)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
