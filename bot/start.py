"""What every command does first, and what it says when it cannot go on."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from bot import logs, terminal
from bot.settings import Settings, wrong_settings
from knowledge.errors import FaultySeeds, StorageClosed


def load_settings(*, quiet: bool = False) -> Settings:
    """The settings, with logging set up; ``quiet`` logs only warnings, for commands whose output is read.

    Raises:
        Stop: a setting is wrong; one line says which, exit code 2.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise terminal.Stop(f"A setting is wrong: {wrong_settings(error)}", terminal.USAGE) from None
    quiet_level = "warning" if settings.parley_log_level == "info" else settings.parley_log_level
    level = quiet_level if quiet else settings.parley_log_level
    logs.configure(level, settings.parley_log_format, settings.secrets)
    return settings


@contextmanager
def explained() -> Iterator[None]:
    """Turns the failures that an operator can mend into one line."""
    try:
        yield
    except FaultySeeds as error:
        raise terminal.Stop(f"The shipped data has {len(error.faults)} faults. See them: parley check") from None
    except StorageClosed as error:
        raise terminal.Stop(f"The database of DATABASE_URL cannot be opened: {error.reason}.") from None
