"""``parley`` in a process forked from one that has imported everything, so that it can be killed while it works.

A process of its own would spend most of its life importing, and most kills would hit nothing.
"""

import multiprocessing
import os
import sys
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.cli import main
from tests.bot.processes import database_url
from tests.paths import SEEDS

PATIENCE = 30.0
"""Seconds that a command may take."""


def fork_parley(folder: Path, *arguments: str, seeds: Path = SEEDS, url: str | None = None) -> BaseProcess:
    """Starts a command on the database of this folder, or another one; what it writes goes to ``log.txt`` there."""
    process = _context().Process(target=_run, args=(folder, url or database_url(folder), arguments, seeds))
    process.start()
    return process


def finished(process: BaseProcess) -> int:
    """Waits for the end; the exit code."""
    process.join(PATIENCE)
    assert process.exitcode is not None, "the command does not end"
    return process.exitcode


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _run(folder: Path, url: str, arguments: tuple[str, ...], seeds: Path) -> None:
    os.chdir(folder)
    os.environ.update(DATABASE_URL=url, PARLEY_SEEDS=str(seeds))
    with (folder / "log.txt").open("a", encoding="utf-8") as log:
        sys.stdout = sys.stderr = log
        sys.argv = ["parley", *arguments]
        main()
