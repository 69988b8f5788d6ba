"""Health, readiness and metrics over HTTP, for who watches over the bot. Nothing here changes anything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import CollectorRegistry

from bot import terminal
from bot.health import Health

log = structlog.get_logger(__name__)

GOODBYE = 0.5
"""Seconds that open requests may take when the bot ends."""


@asynccontextmanager
async def watched(host: str, port: int | None, health: Health, registry: CollectorRegistry) -> AsyncIterator[None]:
    """While the block runs, answers on this address; not at all without a port. Port 0 takes any free one.

    Raises:
        Stop: the address cannot be had.
    """
    if port is None:
        yield
        return
    runner = web.AppRunner(_application(health, registry), access_log=None, shutdown_timeout=GOODBYE)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        reason = error.strerror or str(error)
        raise terminal.Stop(
            f"PARLEY_WEB_HOST and PARLEY_WEB_PORT name an address that I cannot have, {host}:{port}: {reason}"
        ) from None
    log.info("web.listening", host=host, port=runner.addresses[0][1])


def _application(health: Health, registry: CollectorRegistry) -> web.Application:
    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"ok": True})  # that it is answered at all says that the loop turns

    async def ready(_: web.Request) -> web.Response:
        checks = await health.checks()
        is_ready = all(check["ok"] for check in checks.values())
        return web.json_response({"ok": is_ready, **checks}, status=200 if is_ready else 503)

    async def metrics(_: web.Request) -> web.Response:
        await health.measure()
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.add_routes([web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", metrics)])
    return application
