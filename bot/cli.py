"""``parley``: the command line. Each command parses, opens the house, makes one call and prints."""

import asyncio
import io
import sys
from collections.abc import Coroutine, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import checking, terminal
from bot.answering import answer_batch, answer_one, explain_one, list_gaps
from bot.databases import back_up_database, copy_database, restore_database
from bot.house import open_house
from bot.keeping import examine_all, purge_servers, verify_trails
from bot.running import register, run_on_discord, run_preview, upgrade_database
from bot.start import explained, load_settings

app = typer.Typer(
    help="Tells where each side of a negotiation stands, on Discord and in the terminal.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(db, name="db")
audit = typer.Typer(help="The trails of what moderators changed.", no_args_is_help=True)
app.add_typer(audit, name="audit")


Port = Annotated[int | None, typer.Option(help="Port of the page; 0 takes any free one.", min=0, max=65535)]


class Format(StrEnum):
    """How an export is written."""

    JSON = "json"
    YAML = "yaml"


def main() -> None:
    """The console script. Writes UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="Port of the page, without a token.", min=0, max=65535)] = None,
) -> None:
    """Run the bot: on Discord if DISCORD_TOKEN is set, else in a page of the local browser."""
    settings = load_settings()
    if settings.discord_token:
        _finish(run_on_discord(settings))
    else:
        terminal.print_line("No DISCORD_TOKEN is set, so the bot runs in a simulated Discord in your browser.")
        _finish(run_preview(settings, settings.parley_port if port is None else port))


@app.command()
def preview(port: Port = None) -> None:
    """Run the bot in a simulated Discord, in a page of the local browser; needs no token."""
    settings = load_settings()
    _finish(run_preview(settings, settings.parley_port if port is None else port))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="A question in any words.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each question.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show what was recognised, and why.")] = False,
    batch: Annotated[
        str | None, typer.Option(help="A file with a question on each line, or - for standard input.")
    ] = None,
) -> None:
    """Ask in the terminal what you would ask on Discord."""
    settings = load_settings(quiet=True)
    if batch is not None:
        _finish(answer_batch(settings, _lines(batch)))
    elif question and explain:
        _finish(explain_one(settings, question))
    elif question:
        _finish(answer_one(settings, question, as_json=as_json))
    else:
        raise terminal.Stop('Ask something, as in: parley ask "russia security"', terminal.USAGE)


@app.command()
def export(form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.JSON) -> None:
    """Print all current entries with all their fields."""
    settings = load_settings(quiet=True)

    async def _export() -> None:
        async with open_house(settings) as house:
            terminal.print_entries(await house.service.export(), form)

    _finish(_export())


@app.command()
def gaps() -> None:
    """List what was asked on Discord in the last 30 days and not found, the most frequent first."""
    _finish(list_gaps(load_settings(quiet=True)))


@app.command()
def check() -> None:
    """Check everything under seeds/: list every fault, or say that there is none."""
    faults, summary = checking.check(load_settings(quiet=True))
    terminal.print_faults(faults)
    terminal.print_line(summary)
    if faults:
        raise typer.Exit(1)


@app.command()
def doctor() -> None:
    """Check all that the bot needs: token, permissions, database, clock, data; exit code 1 if something is wrong."""
    _finish(examine_all(load_settings(quiet=True)))


@app.command()
def outline(document: Annotated[str, typer.Argument(help="A document's id, as in 002.")]) -> None:
    """Print every sentence of a document with the locator that cites it."""
    settings = load_settings(quiet=True)
    with explained():
        for locator, sentence in checking.outline_of(settings, document):
            terminal.print_line(f"{locator}\n    {sentence}")


@app.command()
def sync() -> None:
    """Register the commands with Discord now, whether or not they changed."""
    _finish(register(load_settings()))


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest schema."""
    settings = load_settings()
    _finish(upgrade_database(settings))
    terminal.print_line("The database is up to date.")


@db.command("copy")
def db_copy(
    source: Annotated[str, typer.Option("--from", help="Address of the database to read, as in DATABASE_URL.")],
    target: Annotated[str, typer.Option("--to", help="Address of an empty database.")],
) -> None:
    """Copy everything to another database, SQLite or PostgreSQL, and check that all of it arrived."""
    load_settings(quiet=True)
    _finish(copy_database(source, target))


@db.command("backup")
def db_backup(file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")]) -> None:
    """Write a backup of the database; the bot may run meanwhile."""
    _finish(back_up_database(load_settings(quiet=True), file))


@db.command("restore")
def db_restore(
    file: Annotated[Path, typer.Argument(help="A file that `parley db backup` wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace what the database holds.")] = False,
) -> None:
    """Put a backup in the place of the database; stop the bot first."""
    _finish(restore_database(load_settings(quiet=True), file, replace=replace))


@audit.command("verify")
def audit_verify(
    server: Annotated[int | None, typer.Option(help="Only the server with this id.")] = None,
) -> None:
    """Check that no line of an audit trail was altered or lost; exit code 1 and the first broken link otherwise."""
    _finish(verify_trails(load_settings(quiet=True), server))


@app.command()
def purge(yes: Annotated[bool, typer.Option("--yes", help="Delete what is due.")] = False) -> None:
    """Show the data of servers that removed the bot, and delete it after its 30 days."""
    _finish(purge_servers(load_settings(quiet=True), really=yes))


def _finish(work: Coroutine[Any, Any, None]) -> None:
    with explained():
        asyncio.run(work)


def _lines(name: str) -> Iterator[str]:
    """The lines of a file or of standard input; what is not UTF-8 in them is replaced, never a reason to stop."""
    if name == "-":
        yield from map(_line, sys.stdin.buffer)
        return
    try:
        with Path(name).open("rb") as file:
            yield from map(_line, file)
    except OSError as error:
        raise terminal.Stop(f"I cannot read {name}: {error.strerror}.", terminal.USAGE) from None


def _line(raw: bytes) -> str:
    return raw.decode("utf-8-sig", errors="replace").rstrip("\r\n")
