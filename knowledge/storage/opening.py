"""Opens the storage for a program: what keeps it closed is one error, whichever library found it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.errors import StorageClosed
from knowledge.storage.engine import make_engine
from knowledge.storage.migrate import upgrade
from knowledge.storage.unit_of_work import SqlStorage


@asynccontextmanager
async def open_storage(url: str) -> AsyncIterator[SqlStorage]:
    """The storage at ``url``, with the newest schema; closes it behind itself.

    Raises:
        StorageClosed: it cannot be opened. Never holds ``url``, which may hold a password.
    """
    engine = _engine(url)
    try:
        await _upgrade(engine)
        yield SqlStorage(engine)
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    try:
        return make_engine(url)
    except ModuleNotFoundError as error:
        raise StorageClosed(f"its driver {error.name} is not installed") from None
    except OSError as error:
        raise StorageClosed(f"{error.filename}: {error.strerror}") from None
    except (ArgumentError, InvalidRequestError, ValueError):
        raise StorageClosed("its address cannot be read") from None


async def _upgrade(engine: AsyncEngine) -> None:
    try:
        if engine.dialect.name == "sqlite":
            await asyncio.to_thread(_try, engine)
        await upgrade(engine)
    except sqlite3.Error as error:
        raise StorageClosed(str(error)) from None
    except DBAPIError as error:
        raise StorageClosed(" ".join(str(error.orig).split())) from None
    except OSError as error:
        raise StorageClosed(error.strerror or str(error)) from None


def _try(engine: AsyncEngine) -> None:
    """Opens the file once without aiosqlite, whose thread would tell of a failure after the event loop has closed."""
    (file,), options = engine.dialect.create_connect_args(engine.url)
    with closing(sqlite3.connect(file, **options)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
