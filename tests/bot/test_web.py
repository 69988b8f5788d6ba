"""Readiness and metrics of a bot that is not well, looked at over HTTP."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from typer import Exit

from bot import health
from bot.client import ParleyClient
from bot.health import Health
from bot.house import Services
from bot.web import watched
from knowledge.ports import UnitOfWork
from tests.fakes.storage import MemoryStorage

LATE = 30.0


class Hanging(MemoryStorage):
    """A database that does not answer."""

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:  # type: ignore[override]  # it never gives one
        """Waits for ever."""
        await asyncio.Event().wait()
        yield  # type: ignore[misc]


def free_port() -> int:
    """A port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@asynccontextmanager
async def looking_at(client: ParleyClient, since_tick: float = 0.0) -> AsyncIterator[aiohttp.ClientSession]:
    """A client that never connects, as its operator sees it."""
    port, well = free_port(), Health(client, lambda: since_tick, LATE)
    async with (
        watched("127.0.0.1", port, well, client.metrics.registry),
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
    ):
        yield session


async def checks(session: aiohttp.ClientSession) -> tuple[int, dict[str, Any]]:
    """Status and content of ``/readyz``."""
    async with session.get("/readyz") as response:
        return response.status, await response.json()


@pytest.fixture
def make(idle: Services) -> Callable[[MemoryStorage], ParleyClient]:
    """A client on a storage."""
    return lambda storage: ParleyClient(idle, storage)


Make = Callable[[MemoryStorage], ParleyClient]


async def test_a_bot_that_is_not_connected_is_alive_but_not_ready(make: Make) -> None:
    async with looking_at(make(MemoryStorage())) as session:
        alive = (await session.get("/healthz")).status
        status, found = await checks(session)
    assert (alive, status, found["ok"]) == (200, 503, False)
    assert found["gateway"] == {"ok": False, "latency_seconds": None}
    assert found["database"]["ok"]
    assert found["scheduler"]["ok"]


async def test_a_database_that_hangs_is_told_in_time(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "DATABASE_PATIENCE", 0.01)
    async with looking_at(make(Hanging())) as session:
        status, found = await checks(session)
        metrics = await (await session.get("/metrics")).text()
    assert status == 503
    assert not found["database"]["ok"]
    assert "parley_briefings_lag_seconds NaN" in metrics


@pytest.mark.parametrize(("since", "is_well"), [(LATE - 1, True), (LATE + 1, False)])
async def test_a_scheduler_that_has_not_ticked_for_long_is_told(since: float, is_well: bool, make: Make) -> None:
    async with looking_at(make(MemoryStorage()), since) as session:
        _, found = await checks(session)
    assert found["scheduler"] == {"ok": is_well, "seconds_since_tick": since}


async def test_two_bots_in_one_process_count_apart(make: Make) -> None:
    first, second = make(MemoryStorage()), make(MemoryStorage())
    first.metrics.malformed.inc()
    async with looking_at(second) as session:
        assert "parley_gateway_malformed_total 0.0" in await (await session.get("/metrics")).text()


async def test_without_a_port_nothing_listens(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    client = make(MemoryStorage())
    with caplog.at_level(logging.INFO):
        async with watched("127.0.0.1", None, Health(client, float, LATE), client.metrics.registry):
            pass
    assert not caplog.records


@pytest.mark.parametrize("host", ["127.0.0.1", "256.0.0.1"])
async def test_an_address_that_cannot_be_had_is_one_line(
    host: str, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    client = make(MemoryStorage())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        listening = watched(host, port, Health(client, float, LATE), client.metrics.registry)
        with pytest.raises(Exit) as stopped:
            await listening.__aenter__()
    assert stopped.value.exit_code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"PARLEY_WEB_HOST and PARLEY_WEB_PORT name an address that I cannot have, {host}:{port}: ")
