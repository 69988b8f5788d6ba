"""What every command does first: settings and logging."""

from pydantic import ValidationError

from bot import logs, terminal
from bot.settings import Settings, wrong_settings


def load_settings(*, quiet: bool = False) -> Settings:
    """The settings, with logging set up; ``quiet`` logs only warnings, for commands whose output is read.

    Raises:
        Stop: a setting is wrong; one line says which, exit code 2.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise terminal.Stop(f"A setting is wrong: {wrong_settings(error)}", terminal.USAGE) from None
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    quiet_level = "warning" if settings.parley_log_level == "info" else settings.parley_log_level
    logs.configure(quiet_level if quiet else settings.parley_log_level, settings.parley_log_format, [token])
    return settings
