"""``parley``: the command line. Each command parses, opens the house, makes one call and prints."""

import asyncio
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import checking, terminal
from bot.answering import answer_batch, answer_one
from bot.house import open_house
from bot.running import register, run_on_discord, run_preview, upgrade_database
from bot.start import load_settings

app = typer.Typer(
    help="Tells where each side of a negotiation stands, on Discord and in the terminal.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(db, name="db")


Port = Annotated[int | None, typer.Option(help="Port of the page; 0 takes any free one.", min=0, max=65535)]


class Format(StrEnum):
    """How an export is written."""

    JSON = "json"
    YAML = "yaml"


def main() -> None:
    """The console script."""
    app()


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="Port of the page, without a token.", min=0, max=65535)] = None,
) -> None:
    """Run the bot: on Discord if DISCORD_TOKEN is set, else in a page of the local browser."""
    settings = load_settings()
    if settings.discord_token:
        asyncio.run(run_on_discord(settings))
    else:
        terminal.print_line("No DISCORD_TOKEN is set, so the bot runs in a simulated Discord in your browser.")
        asyncio.run(run_preview(settings, settings.parley_port if port is None else port))


@app.command()
def preview(port: Port = None) -> None:
    """Run the bot in a simulated Discord, in a page of the local browser; needs no token."""
    settings = load_settings()
    asyncio.run(run_preview(settings, settings.parley_port if port is None else port))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="A question in any words.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each question.")] = False,
    batch: Annotated[
        str | None, typer.Option(help="A file with a question on each line, or - for standard input.")
    ] = None,
) -> None:
    """Ask in the terminal what you would ask on Discord."""
    settings = load_settings(quiet=True)
    if batch is not None:
        asyncio.run(answer_batch(settings, _lines(batch)))
    elif question:
        asyncio.run(answer_one(settings, question, as_json=as_json))
    else:
        raise terminal.Stop('Ask something, as in: parley ask "russia security"', terminal.USAGE)


@app.command()
def export(form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.JSON) -> None:
    """Print all current entries with all their fields."""
    settings = load_settings(quiet=True)

    async def _export() -> None:
        async with open_house(settings) as house:
            terminal.print_entries(await house.service.export(), form)

    asyncio.run(_export())


@app.command()
def check() -> None:
    """Check everything under seeds/: list every fault, or say that there is none."""
    faults, summary = checking.check(load_settings(quiet=True))
    terminal.print_faults(faults)
    terminal.print_line(summary)
    if faults:
        raise typer.Exit(1)


@app.command()
def outline(document: Annotated[str, typer.Argument(help="A document's id, as in 002.")]) -> None:
    """Print every sentence of a document with the locator that cites it."""
    for locator, sentence in checking.outline_of(load_settings(quiet=True), document):
        terminal.print_line(f"{locator}\n    {sentence}")


@app.command()
def sync() -> None:
    """Register the commands with Discord now, whether or not they changed."""
    asyncio.run(register(load_settings()))


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest schema."""
    settings = load_settings()
    asyncio.run(upgrade_database(settings))
    terminal.print_line("The database is up to date.")


def _lines(name: str) -> Iterator[str]:
    if name == "-":
        yield from (line.rstrip("\r\n") for line in sys.stdin)
        return
    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise terminal.Stop(
            f"I cannot read {name}: {error.strerror if isinstance(error, OSError) else 'not UTF-8'}.", 2
        ) from None
    yield from text.splitlines()
