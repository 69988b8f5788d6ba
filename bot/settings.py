"""Settings from the environment and ``.env``. Built in the command line only; importing this needs no environment."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import AnyHttpUrl, DirectoryPath, Field, SecretStr, UrlConstraints, ValidationError, field_validator
from pydantic_core import PydanticCustomError, Url
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.briefing.context import Pace

ROOT = Path(__file__).resolve().parent.parent
"""Where the shipped ``seeds/`` lie: the checkout, or site-packages."""
DATABASES = ("sqlite+aiosqlite:///", "postgresql://", "postgresql+", "postgres://")
"""How the address of a database begins."""
SHORTEST_SECRET = 6
"""To hide a shorter one would spoil ordinary words and guard nothing."""
EMPTY_IS_UNSET = ("discord_token", "discord_api_url", "discord_gateway_url", "parley_documents", "parley_web_port")
"""Settings that a line without a value, as in ``.env``, leaves as they are."""
WebSocketUrl = Annotated[Url, UrlConstraints(allowed_schemes=["ws", "wss"])]


class Settings(BaseSettings):
    """What an operator can set; ``docs/operating.md`` explains each. Secrets never show in a log or an error."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", hide_input_in_errors=True
    )

    discord_token: SecretStr | None = None
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///data/parley.db")
    parley_database_connections: Annotated[int, Field(ge=1, le=100)] = 5
    discord_api_url: AnyHttpUrl | None = None
    discord_gateway_url: WebSocketUrl | None = None
    parley_documents: DirectoryPath | None = None
    parley_seeds: DirectoryPath = ROOT / "seeds"
    parley_log_level: Literal["debug", "info", "warning", "error"] = "info"
    parley_log_format: Literal["console", "json"] = "console"
    parley_on_change_seconds: Annotated[float, Field(gt=0)] = 900
    parley_lease_seconds: Annotated[float, Field(ge=10, le=600)] = 60
    parley_stale_hours: Annotated[float, Field(gt=0)] = 12
    parley_tick_seconds: Annotated[float, Field(ge=0.1, le=60)] = 5
    parley_port: Annotated[int, Field(ge=0, le=65535)] = 8130
    parley_web_host: str = "127.0.0.1"
    parley_web_port: Annotated[int, Field(ge=0, le=65535)] | None = None

    @field_validator(*EMPTY_IS_UNSET, mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("parley_log_level", "parley_log_format", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(DATABASES):
            raise PydanticCustomError("database_url", "It should start with " + " or ".join(DATABASES))
        return value

    @property
    def pace(self) -> Pace:
        """How patient briefings are."""
        return Pace(
            lease=timedelta(seconds=self.parley_lease_seconds),
            debounce=timedelta(seconds=self.parley_on_change_seconds),
            stale=timedelta(hours=self.parley_stale_hours),
        )

    @property
    def secrets(self) -> list[str]:
        """What must never be shown: the token, and the database's password as it is written and as it is meant."""
        token = self.discord_token.get_secret_value() if self.discord_token else ""
        password = urlsplit(self.database_url.get_secret_value()).password or ""
        return [each for each in (token, password, unquote(password)) if len(each) >= SHORTEST_SECRET]

    @property
    def documents(self) -> Path | None:
        """Where the documents' texts are: the folder named, or the one beside a checkout, or nowhere."""
        beside = ROOT.parent / "shared" / "seeds"
        return self.parley_documents or (beside if beside.is_dir() else None)


def wrong_settings(error: ValidationError) -> str:
    """One line that names each wrong setting and why, never its value."""
    return "; ".join(f"{str(each['loc'][0]).upper()}: {each['msg']}" for each in error.errors(include_input=False))
