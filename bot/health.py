"""Whether the bot is well, and what is measured only when somebody looks."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog

from bot.client import ParleyClient
from bot.house import utc_now

log = structlog.get_logger(__name__)

Check = Mapping[str, Any]
"""What one check found: ``ok``, and figures."""
DATABASE_PATIENCE = 1.0
"""Seconds in which the database has to answer."""


class Health:
    """What one client can tell of itself. ``since_tick`` is how long ago the scheduler ticked, ``late`` how long is
    too long, both in seconds."""

    def __init__(self, client: ParleyClient, since_tick: Callable[[], float], late: float) -> None:
        self._client, self._since_tick, self._late = client, since_tick, late
        self._made_at = time.monotonic()

    async def checks(self) -> dict[str, Check]:
        """All checks by name."""
        return {
            "gateway": self._gateway(),
            "database": await self._database(),
            "scheduler": {"ok": self._since_tick() < self._late, "seconds_since_tick": round(self._since_tick(), 3)},
            "index": self._index(),
        }

    async def measure(self) -> None:
        """Brings the metrics up to date that nothing counts by itself; those that cannot be had are not a number."""
        metrics, client = self._client.metrics, self._client
        metrics.gateway_latency.set(client.latency)
        metrics.servers.set(len(client.guilds))
        metrics.pool.set(client.storage.connections_in_use)
        metrics.names.set(client.services.knowledge.known_names)
        if not (await _in_time(self._measure_briefings()))["ok"]:
            metrics.briefings.clear()
            metrics.lag.set(math.nan)

    def _gateway(self) -> Check:
        client = self._client
        is_connected = client.is_ready() and client.ws.open  # it has a socket once it was ready
        latency = round(client.latency, 3) if math.isfinite(client.latency) else None
        return {"ok": is_connected and client.intake.is_open, "latency_seconds": latency}

    async def _database(self) -> Check:
        began = time.perf_counter()
        return {**await _in_time(self._read()), "seconds": round(time.perf_counter() - began, 3)}

    def _index(self) -> Check:
        names = self._client.services.knowledge.known_names
        return {"ok": names > 0, "names": names, "age_seconds": round(time.monotonic() - self._made_at, 1)}

    async def _read(self) -> None:
        async with self._client.storage.reading() as work:
            await work.revisions.latest()

    async def _measure_briefings(self) -> None:
        now, metrics = utc_now(), self._client.metrics
        async with self._client.storage.reading() as work:
            counts, waiting = await work.deliveries.counts(), await work.deliveries.claimable(now, 1)
        metrics.briefings.clear()  # a state that nothing is in any more
        for state, number in counts.items():
            metrics.briefings.labels(state).set(number)
        metrics.lag.set(max((now - each.slot for each in waiting), default=timedelta()).total_seconds())


async def _in_time(work: Awaitable[None]) -> Check:
    """Whether it was done within the patience for the database; what went wrong is in the log alone."""
    try:
        await asyncio.wait_for(work, DATABASE_PATIENCE)
    except Exception as error:
        log.warning("database.not_answering", reason=type(error).__name__)
        return {"ok": False}
    return {"ok": True}
