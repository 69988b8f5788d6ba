"""What the doctor checks on this machine: time zones, the shipped data, the database."""

from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import checking
from bot.doctor.finding import Configured, Finding, Use
from bot.settings import Settings
from knowledge.errors import StorageClosed
from knowledge.model import Scope
from knowledge.moderation.context import settings_of
from knowledge.ports import UnitOfWork
from knowledge.storage import inspect_storage

ZONE = "Europe/Kyiv"
"""A name that old copies of the data do not know; they have it as Europe/Kiev."""


def examine_zones() -> Finding:
    """Whether time-zone data is there, and new enough."""
    try:
        now = datetime.now(ZoneInfo(ZONE))
    except ZoneInfoNotFoundError:
        return Finding.bad("time zones", f"{ZONE} is not known here", "Install the tzdata package again: make install")
    return Finding.good("time zones", f"{ZONE} is known; it is {now:%H:%M} there")


def examine_data(settings: Settings) -> Finding:
    """Whether the shipped base is without fault."""
    faults, summary = checking.check(settings)
    if faults:
        return Finding.bad("shipped data", summary, "See every fault: parley check")
    return Finding.good("shipped data", summary)


async def examine_database(url: str) -> AsyncIterator[Finding]:
    """Whether the database answers, and has the newest schema."""
    try:
        async with inspect_storage(url) as found:
            if found is None:
                yield Finding.good("database", "not there yet; the first start makes it")
                return
            yield Finding.good("database", "answers")
            yield _schema(found.is_current)
    except StorageClosed as error:
        yield Finding.bad("database", error.reason, "Check DATABASE_URL, and whether that database runs")


async def configured(url: str) -> list[Configured]:
    """The channels that servers have chosen and that the bot has not left; none if that cannot be read."""
    try:
        async with inspect_storage(url) as found:
            if found is None or not found.is_current:
                return []
            async with found.storage.reading() as work:
                left = await work.servers.left()
                scopes = [scope for scope in await work.servers.all() if scope not in left]
                return sorted({each for scope in scopes for each in await _chosen(work, scope)})
    except StorageClosed:
        return []


def _schema(is_current: bool) -> Finding:
    if is_current:
        return Finding.good("schema", "the newest")
    return Finding.bad("schema", "not that of this release", "Run: parley db upgrade (each start does it too)")


async def _chosen(work: UnitOfWork, scope: Scope) -> list[Configured]:
    settings, subscriptions = await settings_of(work, scope), await work.subscriptions.of(scope)
    channels = [(settings.review_channel, Use.REVIEW), (settings.audit_channel, Use.AUDIT)]
    channels += [(each.channel, Use.BRIEFINGS) for each in subscriptions]
    return [Configured(scope.id, channel, use) for channel, use in channels if channel is not None]
