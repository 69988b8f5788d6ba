"""Logging: structlog on top of the standard library, so that discord.py's lines look like ours."""

import logging
import re
from collections.abc import Sequence
from typing import Literal

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from handlers.errors import is_gone

HIDDEN = "[hidden]"
_PASSING_TOKEN = re.compile(r"""(/(?:webhooks|interactions)/\d+/|["']token["']: ?["'])(?!\[hidden])[^/?"'\s]+""")
"""In an address or a payload."""


def configure(level: str, form: Literal["console", "json"], secrets: Sequence[str] = ()) -> None:
    """Sets logging up for the process. ``secrets`` are replaced wherever they would be written, traces included."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[Processor] = [structlog.processors.format_exc_info, _Hide(secrets), structlog.processors.JSONRenderer()]
    if form == "console":
        plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
        last = [structlog.processors.format_exc_info, _Hide(secrets), plain]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.getLogger("aiosqlite").setLevel(logging.INFO)  # at debug level it tells of every step of every query
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of every start, also where nothing is migrated
    logging.getLogger("discord.client").addFilter(_is_not_about_voice)
    logging.getLogger("discord.app_commands.tree").addFilter(_is_worth_a_line)


class _Hide:
    """Replaces secrets in every value of a line, and the tokens with which an interaction can be answered."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = [secret for secret in secrets if secret]

    def __call__(self, logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
        for key, value in event.items():
            text = str(value)
            if (shown := self._hidden(text)) != text:
                event[key] = shown
        return event

    def _hidden(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _PASSING_TOKEN.sub(rf"\1{HIDDEN}", text)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """An autocomplete answer that came too late, or after that of another process, is no error."""
    error = record.exc_info[1] if record.exc_info else None
    return error is None or not is_gone(error)


def _is_not_about_voice(record: logging.LogRecord) -> bool:
    """discord.py warns of missing voice libraries at each start; this bot has nothing to say aloud."""
    return "voice will NOT be supported" not in record.msg
