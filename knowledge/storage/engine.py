"""The engine, with the guards that SQLite needs when several tasks and processes share one file."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

WRITES = "parley_writes"
"""Execution option of a connection that will write."""
BUSY_TIMEOUT_MS = 5_000
"""How long a writer waits for another one; longer than any write of ours, shorter than a person's patience."""
_SWITCHES = 5
"""How often to try again when others open the same new file at the same moment."""


def make_engine(url: str | URL) -> AsyncEngine:
    """An engine for ``url``; the caller disposes of it. SQLite's folder is made where it is missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, pool_pre_ping=True)
    _make_folder(parsed)
    engine = create_async_engine(parsed)
    event.listen(engine.sync_engine, "connect", _on_connect)
    event.listen(engine.sync_engine, "begin", _on_begin)
    return engine


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
