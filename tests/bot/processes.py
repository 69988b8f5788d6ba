"""``parley`` as a process of its own, with nothing of this process's environment but what it needs to start."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.discord_stub import TOKEN, DiscordStub
from tests.paths import ROOT

PARLEY = (sys.executable, "-m", "bot")
PATIENCE = 20.0
"""Seconds that a process may take to end."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended, and all that it wrote."""

    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        """What it said last on standard error."""
        return self.err.splitlines()[-1] if self.err else ""


class Running:
    """A process that runs; all that it writes is read at once, so that it never waits for a full pipe."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self._reading = asyncio.create_task(process.communicate())

    async def ended(self) -> Ended:
        """Waits for its end."""
        async with asyncio.timeout(PATIENCE):
            out, err = await self._reading
        assert self.process.returncode is not None
        return Ended(self.process.returncode, out.decode(), err.decode())

    async def terminated(self) -> Ended:
        """Asks it to end (SIGTERM), and waits for that."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()


def database_url(folder: Path) -> str:
    """The database of the processes that run in this folder."""
    return f"sqlite+aiosqlite:///{folder / 'parley.db'}"


def on(stub: DiscordStub) -> dict[str, str]:
    """Settings of a bot that runs on this stand-in for Discord and logs all it can."""
    return {
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": stub.api_url,
        "DISCORD_GATEWAY_URL": stub.gateway_url,
        "PARLEY_LOG_LEVEL": "debug",
    }


def parley(folder: Path, *arguments: str | bytes, settings: Mapping[str, str], stdin: bytes = b"") -> Ended:
    """Runs a command in this folder until it ends."""
    done = subprocess.run(
        [*PARLEY, *arguments],
        cwd=folder,
        env=_environment(folder, settings),
        input=stdin,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


@asynccontextmanager
async def running(folder: Path, *arguments: str, settings: Mapping[str, str]) -> AsyncIterator[Running]:
    """A command that runs in this folder, and does not outlive the block. If the block fails, its log is told."""
    process = await asyncio.create_subprocess_exec(
        *PARLEY,
        *arguments,
        cwd=folder,
        env=_environment(folder, settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    command = Running(process)
    try:
        yield command
    except BaseException as error:
        if process.returncode is None:
            process.kill()
            error.add_note((await command.ended()).err[-4_000:])
        raise


def _environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    ours = {"PYTHONPATH": str(ROOT), "DATABASE_URL": database_url(folder), "COLUMNS": "200"}
    return {"PATH": os.environ.get("PATH", ""), **ours, **settings}
