"""The command line in this process, and logging that is put back afterwards."""

import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot import house
from bot.cli import app
from bot.house import Services, make_services
from knowledge.model import Document
from knowledge.ports import Clock, Storage
from knowledge.service.context import Context
from knowledge.taxonomy import Taxonomy
from tests.bot.processes import Ended, database_url
from tests.fakes.storage import MemoryStorage

NONE: Mapping[str, str] = MappingProxyType({})
OURS = ("DISCORD_", "PARLEY_", "DATABASE_URL")


@pytest.fixture
def logging_put_back() -> Iterator[None]:
    """Sets logging back to what it was: a command sets it up for its whole process."""
    root, late = logging.getLogger(), logging.getLogger("discord.app_commands.tree")
    handlers, level, filters = list(root.handlers), root.level, list(late.filters)
    yield
    root.handlers[:], late.filters[:] = handlers, filters
    root.setLevel(level)
    structlog.reset_defaults()


@dataclass(frozen=True, slots=True)
class Cli:
    """The command line, run in this process but in a folder of its own, with the shipped base in its database."""

    folder: Path

    def __call__(self, *arguments: str, settings: Mapping[str, str] = NONE, stdin: bytes = b"") -> Ended:
        """Runs a command to its end."""
        env = {"DATABASE_URL": database_url(self.folder), "COLUMNS": "200", **settings}
        result: Result = CliRunner().invoke(app, arguments, input=stdin, env=env)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def idle(context: Context) -> Services:
    """The services on an empty store, for a bot that nobody asks anything."""
    return make_services(replace(context, storage=MemoryStorage()))


@pytest.fixture
def cli(tmp_path: Path, loaded: Path, context: Context, monkeypatch: pytest.MonkeyPatch, logging_put_back: None) -> Cli:
    """The command line, with the index that all tests share: building it takes a second each time."""

    def shared(storage: Storage, _: Taxonomy, __: Iterable[Document], clock: Clock) -> Context:
        return replace(context, storage=storage, clock=clock)

    monkeypatch.setattr(house, "make_context", shared)
    for name in os.environ:
        if name.startswith(OURS):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    shutil.copyfile(loaded, tmp_path / "parley.db")
    return Cli(tmp_path)
