"""The engine, with the guards that each database needs when several tasks and processes share it."""

import logging
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from knowledge.storage.postgresql import POOL_SIZE, address, engine_options, is_postgresql

log = logging.getLogger(__name__)

WRITES = "parley_writes"
"""Execution option of a connection that will write."""
BUSY_TIMEOUT_MS = 5_000
"""How long a writer waits for another one; longer than any write of ours, shorter than a person's patience."""
_SHOWN = 300
"""So much of a statement is told."""
_SWITCHES = 5
"""How often to try again when others open the same new file at the same moment."""


def make_engine(url: str | URL, pool_size: int = POOL_SIZE) -> AsyncEngine:
    """An engine for ``url``; the caller disposes of it. SQLite's folder is made where it is missing.

    ``pool_size`` is how many connections a process keeps to PostgreSQL, and uses at most.
    """
    parsed = make_url(url)
    if is_postgresql(parsed):
        return _told(create_async_engine(address(parsed), **engine_options(pool_size)))
    if parsed.get_backend_name() != "sqlite":
        raise ArgumentError(f"not a database that is known: {parsed.drivername}")
    _make_folder(parsed)
    engine = _told(create_async_engine(parsed))
    event.listen(engine.sync_engine, "connect", _on_connect)
    event.listen(engine.sync_engine, "begin", _on_begin)
    return engine


def _told(engine: AsyncEngine) -> AsyncEngine:
    event.listen(engine.sync_engine, "before_cursor_execute", _on_statement)
    return engine


def _on_statement(_: Connection, __: Any, statement: str, *___: Any) -> None:
    """Tells of each statement at debug level, never of the values in it: they may be what somebody wrote."""
    if log.isEnabledFor(logging.DEBUG):
        log.debug("Query: %s", " ".join(statement.split())[:_SHOWN])


def _make_folder(url: URL) -> None:
    if url.database and url.database != ":memory:" and not url.database.startswith("file:"):
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _on_connect(connection: Any, _: object) -> None:
    """WAL lets readers go on beside the writer; SQLite checks foreign keys only when told to, for each connection."""
    connection.isolation_level = None  # the driver must not begin transactions: _on_begin does
    cursor: sqlite3.Cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    _switch_to_wal(cursor)
    cursor.close()


def _switch_to_wal(cursor: sqlite3.Cursor) -> None:
    """On a new file, a switch beside another one fails at once, whatever the timeout: wait for that one by a lock."""
    for _ in range(_SWITCHES):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
    cursor.execute("PRAGMA journal_mode=WAL")


def _on_begin(connection: Connection) -> None:
    """A transaction that reads first and writes later fails at once if another wrote between: lock before reading."""
    immediate = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
