"""What PostgreSQL needs: how its addresses are written, and guards so that nobody waits for ever."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection

DRIVER = "postgresql+asyncpg"
WAYS_TO_WRITE_IT = {"postgres", "postgresql", "postgresql+psycopg", DRIVER}
"""Whatever driver an address names, ours is meant: hosts give their addresses without one, or with another."""
QUERY = {"host", "port", "ssl", "target_session_attrs", "prepared_statement_cache_size"}
"""What an address may say behind its question mark; others would be handed to the driver, which knows them not."""
POOL_SIZE = 5
"""So many connections a process keeps and may use at once."""
PATIENCE = 5
"""Seconds to wait for a connection: a free one of the pool, or a new one."""
RECYCLE = 1_800
"""Seconds after which a connection is replaced by a new one: routers forget those that were long idle."""
GUARDS = {
    "application_name": "parley",
    "statement_timeout": "15s",  # no statement of ours takes a second
    "lock_timeout": "5s",  # as long as SQLite waits for another writer
    "idle_in_transaction_session_timeout": "60s",  # or a process that hangs would hold its locks for ever
}
READS = {"isolation_level": "REPEATABLE READ"}
"""Options of a transaction that only reads: it sees one moment, as on SQLite, so that what it reads fits together."""
_UPGRADING = 8_130_001
"""Number of the lock that is held by whoever migrates."""


def is_postgresql(url: URL) -> bool:
    """Whether the address is one of PostgreSQL."""
    return url.drivername in WAYS_TO_WRITE_IT


def address(url: URL) -> URL:
    """The address as our driver takes it.

    Raises:
        ArgumentError: it asks for something that the driver does not know.
    """
    query = dict(url.query)
    if "sslmode" in query:  # as libpq has it, and so what hosts give
        query["ssl"] = query.pop("sslmode")
    if unknown := set(query) - QUERY:
        raise ArgumentError(f"not known: {', '.join(sorted(unknown))}")
    return url.set(drivername=DRIVER, query=query)


def engine_options(pool_size: int) -> dict[str, Any]:
    """Options of the engine."""
    return {
        "pool_pre_ping": True,
        "pool_size": pool_size,
        "max_overflow": 0,
        "pool_timeout": PATIENCE,
        "pool_recycle": RECYCLE,
        "isolation_level": "READ COMMITTED",
        "connect_args": {"timeout": PATIENCE, "server_settings": GUARDS},
    }


async def migrate_alone(connection: AsyncConnection) -> None:
    """Waits, however long, for who migrates already; a migration may take long, too. Until the transaction ends."""
    await connection.execute(text("SET LOCAL statement_timeout = 0"))
    await connection.execute(text("SET LOCAL lock_timeout = 0"))
    await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _UPGRADING})
