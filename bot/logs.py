"""Logging: structlog on top of the standard library, so that discord.py's lines look like ours."""

import logging
from collections.abc import Sequence
from typing import Literal

import discord
import structlog
from structlog.types import EventDict, Processor, WrappedLogger

UNKNOWN_INTERACTION = 10062
HIDDEN = "[hidden]"


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
    """Replaces secrets in every value of a line."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = [secret for secret in secrets if secret]

    def __call__(self, logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
        for secret in self._secrets:
            for key, value in event.items():
                if secret in (text := str(value)):
                    event[key] = text.replace(secret, HIDDEN)
        return event


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """An autocomplete answer that came too late because the user typed on is no error."""
    error = record.exc_info[1] if record.exc_info else None
    return not (isinstance(error, discord.NotFound) and error.code == UNKNOWN_INTERACTION)


def _is_not_about_voice(record: logging.LogRecord) -> bool:
    """discord.py warns of missing voice libraries at each start; this bot has nothing to say aloud."""
    return "voice will NOT be supported" not in record.msg
