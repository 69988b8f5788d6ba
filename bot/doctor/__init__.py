"""``parley doctor``: looks at everything that the bot needs, changes nothing, and says what to do."""

from collections.abc import AsyncIterator

from bot.doctor.discord_side import examine_discord
from bot.doctor.finding import Finding
from bot.doctor.our_side import configured, examine_data, examine_database, examine_zones
from bot.settings import Settings

__all__ = ["Finding", "examine"]


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """All findings, each as soon as it is there."""
    yield examine_zones()
    yield examine_data(settings)
    url = settings.database_url.get_secret_value()
    async for finding in examine_database(url):
        yield finding
    if settings.discord_token is None:
        yield Finding.left_out("token", "DISCORD_TOKEN is not set: `parley run` shows the preview, which needs none")
        return
    async for finding in examine_discord(settings.discord_token.get_secret_value(), await configured(url)):
        yield finding
