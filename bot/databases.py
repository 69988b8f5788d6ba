"""Moving what the bot knows: to another database, into a backup, and back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot import terminal
from bot.settings import Settings
from knowledge.errors import StorageClosed
from knowledge.model import BASE, Scope
from knowledge.moderation.auditing import verify
from knowledge.moderation.chain import Verified
from knowledge.storage import SqlStorage, back_up, copy_all, count_all, inspect_storage, open_storage, restore

Trails = Mapping[Scope, Verified]


async def copy_database(source_url: str, target_url: str) -> None:
    """Copies everything from one database to another that is empty, and checks what came out.

    Raises:
        Stop: one of them cannot be used, or what was copied is not what was there.
    """
    async with inspect_storage(source_url) as found:
        if found is None:
            raise terminal.Stop("There is nothing to copy: the file of --from does not exist.")
        if not found.is_current:
            raise terminal.Stop("The database of --from has an older schema. Bring it up to date: parley db upgrade")
        with _of("--to"):
            async with open_storage(target_url) as target:
                copied = await _copy(found.storage, target)
                before, after = await _trails(found.storage), await _trails(target)
    terminal.print_table((name, str(rows)) for name, rows in copied.items() if rows)
    terminal.print_line(f"Copied {sum(copied.values())} rows; each table has as many as before.")
    _compare(before, after)


async def back_up_database(settings: Settings, file: Path) -> None:
    """Writes a backup; the bot may go on meanwhile."""
    await back_up(settings.database_url.get_secret_value(), file)
    terminal.print_line(f"Wrote {file}.")


async def restore_database(settings: Settings, file: Path, *, replace: bool) -> None:
    """Puts a backup in the place of what is there.

    Raises:
        Stop: something is there, and nobody said that it may go.
    """
    url = settings.database_url.get_secret_value()
    if not replace and await _holds_data(url):
        raise terminal.Stop("The database holds data, which a restore would replace. If it may go: --replace")
    await restore(url, file)
    async with open_storage(url) as storage:
        rows, trails = await count_all(storage), await _trails(storage)
    terminal.print_line(f"Restored {sum(rows.values())} rows from {file}.")
    _compare(trails, trails)


async def _copy(source: SqlStorage, target: SqlStorage) -> Mapping[str, int]:
    total = sum((await count_all(source)).values())
    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("rows", total=total)

        def tell(table: str, rows: int) -> None:
            progress.update(task, advance=rows, description=table)

        return await copy_all(source, target, tell)


async def _holds_data(url: str) -> bool:
    async with inspect_storage(url) as found:
        if found is None:
            return False
        return not found.is_current or any((await count_all(found.storage)).values())


async def _trails(storage: SqlStorage) -> Trails:
    async with storage.reading() as work:
        scopes = [BASE, *await work.servers.all()]
    return {scope: await verify(storage, scope) for scope in scopes}


def _compare(before: Trails, after: Trails) -> None:
    """Says whether all trails are whole, and the same as before."""
    if before != after:
        differing = [str(scope.id) for scope in before.keys() | after.keys() if before.get(scope) != after.get(scope)]
        raise terminal.Stop(f"The audit trails differ from those of the source: {', '.join(sorted(differing))}.")
    broken = [str(scope.id) for scope, trail in after.items() if trail.broken_at is not None]
    if broken:
        raise terminal.Stop(f"Audit trails that were broken before are broken still: {', '.join(broken)}.")
    changes = sum(trail.length for trail in after.values())
    terminal.print_line(f"{len(after)} audit trails with {changes} changes, all whole and linked as before.")


@contextmanager
def _of(option: str) -> Iterator[None]:
    """Says which of two databases it was."""
    try:
        yield
    except StorageClosed as error:
        raise terminal.Stop(f"The database of {option} cannot be used: {error.reason}.") from None
