"""Points discord.py to a REST or gateway proxy, as bots of many shards use them.

discord.py 2.7 has no option for either; both are class attributes, so this is for the whole process.
"""

import discord.http
import yarl
from discord.gateway import DiscordWebSocket

from bot.settings import Settings

API_VERSION = "v10"


def use_proxies(settings: Settings) -> None:
    """Uses the proxies that are set."""
    if settings.discord_api_url:
        use_api(str(settings.discord_api_url))
    if settings.discord_gateway_url:
        use_gateway(str(settings.discord_gateway_url))


def use_api(url: str) -> None:
    """Sends all REST requests to ``url``; "/api/v10" is added where the address has no path of its own."""
    base = yarl.URL(url)
    has_path = base.path.strip("/") != ""
    discord.http.Route.BASE = str(base if has_path else base / "api" / API_VERSION).rstrip("/")


def use_gateway(url: str) -> None:
    """Connects to ``url``, also to resume: the address that Discord names for that would go round the proxy."""
    gateway = yarl.URL(url)
    DiscordWebSocket.DEFAULT_GATEWAY = gateway
    pinned = property(lambda _: gateway, lambda _, __: None)
    DiscordWebSocket.gateway = pinned  # type: ignore[assignment]  # an attribute of instances, pinned for all of them
