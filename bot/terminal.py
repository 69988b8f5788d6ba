"""What the command line prints: answers in Rich, lists of faults, and JSON."""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import typer
import yaml
from rich.console import Console
from rich.markup import escape
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from handlers.render.card import Card
from knowledge.codec import entry_to_dict
from knowledge.errors import Fault
from knowledge.model import Entry

_STRONG = re.compile(r"(\*\*|__)(.+?)\1")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_SLANTED = re.compile(r"(?<!\\)\*(.+?)(?<!\\)\*")
SMALL = "-# "
FAILED = 1
"""Exit code of a command that could not do what it was asked."""
USAGE = 2
"""Exit code of a command that was called wrongly, or with a wrong setting."""


class Stop(typer.Exit):
    """Ends the command with one readable line on standard error and this exit code."""

    def __init__(self, line: str, code: int = FAILED) -> None:
        super().__init__(code)
        Console(stderr=True, highlight=False, soft_wrap=True).print(escape(" ".join(line.split())))


def print_line(text: str) -> None:
    """One line on standard output."""
    Console(highlight=False, soft_wrap=True).print(escape(text))


def print_json(data: Mapping[str, Any]) -> None:
    """One JSON object on one line, flushed: the other end of a pipe may be waiting for it."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_card(card: Card) -> None:
    """A card as the terminal shows it: all of it at once, small print dim."""
    console = Console(highlight=False)
    console.print(Rule(Text(_plain(card.title), style="bold"), align="left"))
    for line in card.lead.splitlines():
        console.print(_styled(line))
    section = ""
    for block in card.blocks:
        if block.section != section and (section := block.section):
            console.print(Text(f"\n{_plain(section)}", style="bold underline"))
        for line in block.text.splitlines():
            console.print(_styled(line))
    console.print()
    for number, name in enumerate(card.source_names.values(), start=1):
        console.print(Text(f"[{number}] {_plain(name)}", style="dim"))


def print_table(rows: Iterable[tuple[str, str]]) -> None:
    """Pairs of a name and what there is to say of it; a dash where there is nothing."""
    table = Table(show_header=False, box=None)
    for name, text in rows:
        table.add_row(Text(name, style="bold"), Text(text or "-"))
    Console(highlight=False).print(table)


def print_findings(rows: Iterable[tuple[str, bool | None, str, str]]) -> None:
    """A table of what was checked: its name, whether it is well (None: cannot be told), what was found, what to do."""
    marks = {True: Text("✓", style="green"), False: Text("✗", style="bold red"), None: Text("–", style="dim")}
    table = Table("", "Check", "Found", "What to do", box=None, pad_edge=False)
    for name, ok, found, advice in rows:
        table.add_row(marks[ok], Text(name), Text(found), Text(advice))
    Console(highlight=False).print(table)


def print_entries(entries: Iterable[Entry], form: str) -> None:
    """All fields of all entries as a JSON or YAML list."""
    data = [entry_to_dict(entry) for entry in entries]
    if form == "json":
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    else:
        yaml.safe_dump(data, sys.stdout, allow_unicode=True, sort_keys=False, width=120)


def print_faults(faults: Iterable[Fault]) -> None:
    """A line for each fault."""
    for fault in faults:
        print_line(str(fault))


def _styled(line: str) -> Text:
    text = Text(style="dim" if line.startswith(SMALL) else "")
    position = 0
    line = line.removeprefix(SMALL)
    for strong in _STRONG.finditer(line):
        text.append(_plain(line[position : strong.start()]))
        text.append(_plain(strong.group(2)), style="bold")
        position = strong.end()
    return text.append(_plain(line[position:]))


def _plain(markdown: str) -> str:
    """Discord's markdown without its marks."""
    return _ESCAPED.sub(r"\1", _SLANTED.sub(r"\1", markdown).replace("`", "")).replace("\u2060", "")
