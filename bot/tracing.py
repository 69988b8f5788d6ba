"""Times what is sent to Discord: every try of every request, the first responses to interactions among them."""

import re
import time
from types import SimpleNamespace

import aiohttp
import discord
import yarl
from discord.http import Route
from structlog.contextvars import get_contextvars

from bot.metrics import Metrics

ELSEWHERE = "elsewhere"
"""Stands for all addresses that are not Discord's API, as of files that somebody attached."""
FAILED = "failed"
"""Stands for the status of a request that got no answer."""
RESPONSE = "/interactions/{id}/{token}/callback"
"""The route of every first response to an interaction."""
_WORD = re.compile(r"@?[a-z-]{2,30}")


def rest_trace(metrics: Metrics) -> aiohttp.TraceConfig:
    """Watches the one HTTP session of a client; discord.py uses it for webhooks and interactions too."""

    async def began(_: aiohttp.ClientSession, context: SimpleNamespace, __: object) -> None:
        context.began = time.perf_counter()

    async def ended(_: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
        _note(metrics, context, end, str(end.response.status))
        if end.response.ok:
            _note_response(metrics, end)

    async def failed(
        _: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestExceptionParams
    ) -> None:
        _note(metrics, context, end, FAILED)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(began)
    trace.on_request_end.append(ended)
    trace.on_request_exception.append(failed)
    return trace


def route_of(url: yarl.URL) -> str:
    """The path with a mark in place of each id and token."""
    base, whole = Route.BASE, str(url.with_query(None))
    if not whole.startswith(base):
        return ELSEWHERE
    parts = whole.removeprefix(base).split("/")
    return "/".join(_part(parts[:place], part) for place, part in enumerate(parts))


def _part(before: list[str], part: str) -> str:
    if len(before) == 3 and before[1] in ("interactions", "webhooks"):
        return "{token}"
    if not part or _WORD.fullmatch(part):
        return part
    return "{id}"


def _note(
    metrics: Metrics,
    context: SimpleNamespace,
    end: aiohttp.TraceRequestEndParams | aiohttp.TraceRequestExceptionParams,
    status: str,
) -> None:
    if end.url.scheme in ("http", "https"):  # the gateway's socket begins as a request too
        metrics.rest.labels(end.method, route_of(end.url), status).observe(time.perf_counter() - context.began)


def _note_response(metrics: Metrics, end: aiohttp.TraceRequestEndParams) -> None:
    if route_of(end.url) == RESPONSE:
        created = discord.utils.snowflake_time(int(end.url.parts[-3]))
        passed = (discord.utils.utcnow() - created).total_seconds()
        kind = str(get_contextvars().get("kind", "unknown"))
        metrics.acknowledgements.labels(kind).observe(max(0.0, passed))  # the two clocks are not the same
