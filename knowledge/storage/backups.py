"""Backups of a database that is in use, by its own means, and the way back."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from knowledge.errors import StorageClosed
from knowledge.storage.copying import drop_all
from knowledge.storage.engine import make_engine
from knowledge.storage.failing import opening
from knowledge.storage.postgresql import address, is_postgresql
from knowledge.storage.unit_of_work import SqlStorage

OF_SQLITE, OF_POSTGRESQL = b"SQLite format 3\0", b"PGDMP"
"""How a backup of each kind begins."""
INSTALL = "install PostgreSQL's client programs (on Debian: apt install postgresql-client) in the server's version"


async def back_up(url: str, file: Path) -> None:
    """Writes all that the database holds at one moment into a new file, beside whoever works in it.

    Raises:
        StorageClosed: there is such a file, the database cannot be read, or ``pg_dump`` is missing.
    """
    parsed = _parsed(url)
    with _whole(file) as part:
        if is_postgresql(parsed):
            await _run("pg_dump", parsed, "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")
        else:
            await asyncio.to_thread(_copy_file, _path(parsed), part)
            await asyncio.to_thread(_close_up, part)


async def restore(url: str, file: Path) -> None:
    """Replaces all that the database holds by a backup of the same kind; its schema may be an older one.

    Raises:
        StorageClosed: the file is no backup of this kind of database, or ``pg_restore`` is missing or fails.
    """
    parsed = _parsed(url)
    _check_kind(file, OF_POSTGRESQL if is_postgresql(parsed) else OF_SQLITE)
    if not is_postgresql(parsed):
        await asyncio.to_thread(_copy_file, file, _path(parsed))
        return
    await _run("pg_restore", parsed, "--list", str(file))  # before anything is removed
    engine = make_engine(url)
    try:
        await drop_all(SqlStorage(engine))
    finally:
        await engine.dispose()
    name = parsed.database or ""
    await _run(
        "pg_restore", parsed, "--no-owner", "--no-privileges", "--single-transaction", f"--dbname={name}", str(file)
    )


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """Where to write, so that what has the name of ``file`` in the end is complete."""
    if file.exists():
        raise StorageClosed(f"{file} exists already, and I overwrite no backup")
    part = file.with_name(f".{file.name}.part")
    try:
        yield part
        part.rename(file)
    except OSError as error:
        raise StorageClosed(f"{file}: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        return address(parsed) if is_postgresql(parsed) else parsed
    except (ArgumentError, ValueError):
        raise StorageClosed("its address cannot be read") from None


def _path(url: URL) -> Path:
    return Path(url.database or "")


def _check_kind(file: Path, beginning: bytes) -> None:
    try:
        with file.open("rb") as opened:
            found = opened.read(len(beginning))
    except OSError as error:
        raise StorageClosed(f"{file}: {error.strerror}") from None
    if found != beginning:
        raise StorageClosed(f"{file} is no backup of this kind of database; between kinds, use parley db copy")


def _copy_file(source: Path, target: Path) -> None:
    """All pages in one step, which sees one moment and lets others write meanwhile; checked before it counts."""
    with opening():
        if not source.is_file():
            raise StorageClosed(f"there is no file {source}")
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
            faults = reading.execute("PRAGMA quick_check").fetchone()
            if faults != ("ok",):
                raise StorageClosed(f"{source} is damaged: {faults[0]}")
            reading.backup(writing)


def _close_up(file: Path) -> None:
    """One file and nothing beside it, also once somebody looks into it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


async def _run(program: str, url: URL, *arguments: str) -> None:
    """Runs a program of PostgreSQL on a database, with nothing on its command line that others should not see."""
    if shutil.which(program) is None:
        raise StorageClosed(f"{program} is not at hand; {INSTALL}")
    process = await asyncio.create_subprocess_exec(
        program,
        *arguments,
        env={**os.environ, **_environment(url)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode:
        raise StorageClosed(" ".join(said.decode(errors="replace").split()) or f"{program} failed")


def _environment(url: URL) -> dict[str, str]:
    said = {
        "PGHOST": url.host or _one(url, "host"),
        "PGPORT": str(url.port or _one(url, "port")),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
        "PGDATABASE": url.database or "",
        "PGSSLMODE": _one(url, "ssl"),
    }
    return {name: value for name, value in said.items() if value}


def _one(url: URL, name: str) -> str:
    value = url.query.get(name, "")
    return value if isinstance(value, str) else value[0]
