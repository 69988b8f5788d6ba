"""Servers that removed the bot: their data is kept for 30 days, in case they come back, and then deleted."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.model import Scope
from knowledge.ports import Clock, Storage

KEPT = timedelta(days=30)
"""How long the data of a server is kept after it removed the bot."""


@dataclass(frozen=True, slots=True)
class LeftServer:
    """A server that the bot has left, how many entries it has, and from when on its data is deleted."""

    scope: Scope
    left_at: datetime
    entries: int

    @property
    def due_at(self) -> datetime:
        """When its time is over."""
        return self.left_at + KEPT


async def left_servers(storage: Storage) -> list[LeftServer]:
    """The servers that the bot has left, those first that left first."""
    async with storage.reading() as work:
        left = await work.servers.left()
        found = [LeftServer(scope, moment, await work.servers.count(scope)) for scope, moment in left.items()]
    return sorted(found, key=lambda each: each.left_at)


async def purge_due(storage: Storage, clock: Clock) -> list[LeftServer]:
    """Deletes all data of the servers whose time is over, one transaction for each; returns them."""
    due = [each for each in await left_servers(storage) if each.due_at <= clock()]
    for each in due:
        async with storage.writing() as work:
            await work.servers.purge(each.scope)
            await work.commit()
    return due


async def mark_left(storage: Storage, clock: Clock, scope: Scope) -> None:
    """Remembers that a server has removed the bot."""
    async with storage.writing() as work:
        await work.servers.mark_left(scope, clock())
        await work.commit()


async def mark_back(storage: Storage, scope: Scope) -> None:
    """Remembers that a server has the bot again, so that nothing of it is deleted."""
    async with storage.writing() as work:
        await work.servers.mark_back(scope)
        await work.commit()


async def compare_servers(storage: Storage, clock: Clock, here: Set[int], ours: Callable[[int], bool]) -> None:
    """Brings in line who has left with the servers that the bot is in now, for removals while it was not running.

    ``ours`` says of a server's id whether this process would see it, where several share the servers.
    """
    async with storage.writing() as work:
        left = await work.servers.left()
        for scope in await work.servers.all():
            if scope.id in here and scope in left:
                await work.servers.mark_back(scope)
            elif scope.id not in here and scope not in left and ours(scope.id):
                await work.servers.mark_left(scope, clock())
        await work.commit()
