"""Copies all that one database holds into another, of whatever kind: in one transaction, from one moment."""

from collections.abc import Callable

from sqlalchemy import Table, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.errors import StorageClosed
from knowledge.storage.failing import opening
from knowledge.storage.tables import Base, CounterRow
from knowledge.storage.unit_of_work import SqlStorage

AT_ONCE = 500
"""So many rows are in memory and in one statement."""
COUNTER = Base.metadata.tables[CounterRow.__tablename__]
TABLES: list[Table] = [table for table in Base.metadata.sorted_tables if table is not COUNTER]
"""What is referred to before what refers to it; a new table cannot be forgotten. The counter has its row already."""
Tell = Callable[[str, int], None]
"""Told of how many more rows of a table have been copied."""


async def count_all(storage: SqlStorage) -> dict[str, int]:
    """How many rows each table has."""
    with opening():
        async with storage.connected() as connection:
            return await _counts(connection)


async def copy_all(source: SqlStorage, target: SqlStorage, tell: Tell) -> dict[str, int]:
    """Copies everything and returns how many rows each table got; both have the newest schema.

    Raises:
        StorageClosed: the target holds something already, cannot take what the source holds, or did not take it all;
            then it stays as it was.
    """
    with opening():
        async with source.connected() as reading, target.connected(writes=True) as writing:
            if any((await _counts(writing)).values()):
                raise StorageClosed("it holds data already, and I add none to it")
            for table in TABLES:
                await _copy(table, reading, writing, tell)
            await _count_on(reading, writing)
            wanted, copied = await _counts(reading), await _counts(writing)
            if wanted != copied:
                raise StorageClosed(f"it did not take all: {_differing(wanted, copied)}")
            await writing.commit()
    return copied


async def _copy(table: Table, reading: AsyncConnection, writing: AsyncConnection, tell: Tell) -> None:
    rows = await reading.stream(select(table).order_by(*table.primary_key))
    async for some in rows.mappings().partitions(AT_ONCE):
        await writing.execute(insert(table), [dict(row) for row in some])
        tell(table.name, len(some))


async def _count_on(reading: AsyncConnection, writing: AsyncConnection) -> None:
    """Lets the next revision get the next number, whoever gives it: our counter or a sequence of PostgreSQL."""
    last = await reading.scalar(select(COUNTER.c.value))
    await writing.execute(update(COUNTER).values(value=last))
    if writing.dialect.name != "postgresql":
        return
    for table in TABLES:
        if (column := table.autoincrement_column) is not None:
            following = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            await writing.execute(select(func.setval(sequence, following, False)))


async def _counts(connection: AsyncConnection) -> dict[str, int]:
    return {table.name: await connection.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES}


def _differing(wanted: dict[str, int], copied: dict[str, int]) -> str:
    return ", ".join(f"{name} {copied[name]} of {rows}" for name, rows in wanted.items() if copied[name] != rows)


async def drop_all(storage: SqlStorage) -> None:
    """Removes all tables of ours with what is in them."""
    with opening():
        async with storage.connected(writes=True) as connection:
            for table in [*reversed(Base.metadata.sorted_tables)]:
                await connection.execute(text(f"DROP TABLE IF EXISTS {table.name}"))
            await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
            await connection.commit()
