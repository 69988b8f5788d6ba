"""Keeps discord.py from sending a request again by itself.

After an answer of 500 or more, discord.py 2.7 sends the same request up to four times more. Where the first one was
taken all the same, a post in a forum would be opened twice, as it cannot carry a nonce. Who calls decides instead: it
looks for what may have arrived, waits with jitter, and keeps to the limit of all requests together.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp

_UNREPEATED: ContextVar[bool] = ContextVar("unrepeated", default=False)
_SERVER_ERROR = 500


@contextmanager
def unrepeated() -> Iterator[None]:
    """Requests made in this block fail with ``aiohttp.ServerConnectionError`` where they would be repeated."""
    token = _UNREPEATED.set(True)
    try:
        yield
    finally:
        _UNREPEATED.reset(token)


def with_unrepeated(trace: aiohttp.TraceConfig) -> aiohttp.TraceConfig:
    """The trace of a client (``http_trace``), made to see to it."""
    trace.on_request_end.append(_fail)
    return trace


async def _fail(_: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams) -> None:
    if _UNREPEATED.get() and ended.response.status >= _SERVER_ERROR:
        ended.response.close()
        raise aiohttp.ServerConnectionError(f"Discord answers {ended.response.status}")
