"""Migrations from code: no ``alembic.ini`` has to be found on the machine that runs the bot."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from knowledge.storage.engine import WRITES
from knowledge.storage.postgresql import migrate_alone

_SCRIPTS = Path(__file__).parent / "migrations"


async def upgrade(engine: AsyncEngine) -> None:
    """Brings the database to the newest schema; changes nothing where it is there already.

    Takes the write lock first, so that two processes that start together migrate one after the other.
    """
    async with engine.connect() as plain:
        connection = await plain.execution_options(**{WRITES: True})
        async with connection.begin():
            if engine.dialect.name == "postgresql":
                await migrate_alone(connection)
            await connection.run_sync(lambda sync: command.upgrade(_config(sync), "head"))


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the database has the newest schema."""
    async with engine.connect() as connection:
        return await connection.run_sync(_at_head)


def _at_head(connection: Connection) -> bool:
    heads = set(ScriptDirectory.from_config(_config(connection)).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == heads


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
