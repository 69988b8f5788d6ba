"""What operators see to: whether all is well, whether audit trails are whole, and the data of servers that are gone."""

from bot import endpoints, terminal
from bot.doctor import examine
from bot.house import utc_now
from bot.settings import Settings
from knowledge.model import Scope
from knowledge.moderation.auditing import verify
from knowledge.moderation.purging import left_servers, purge_due
from knowledge.storage import open_storage


async def verify_trails(settings: Settings, server: int | None) -> None:
    """Prints for each server how long its audit trail is; reads only, so it runs beside the bot.

    Raises:
        Stop: a chain is broken; all are checked first, and each first broken link is printed.
    """
    async with open_storage(settings.database_url.get_secret_value()) as storage:
        async with storage.reading() as work:
            scopes = [Scope(server)] if server is not None else await work.servers.all()
        broken = 0
        for scope in scopes:
            found = await verify(storage, scope)
            if found.broken_at is None:
                terminal.print_line(
                    f"{scope.id}: {found.length} changes, whole, ends in {found.link[:12] or 'nothing'}"
                )
            else:
                broken += 1
                terminal.print_line(f"{scope.id}: broken at change {found.broken_at}")
    if broken:
        raise terminal.Stop(f"{broken} of {len(scopes)} audit trails are broken.")
    terminal.print_line(f"{len(scopes)} audit trails, all whole.")


async def examine_all(settings: Settings) -> None:
    """Prints what ``parley doctor`` finds.

    Raises:
        Stop: something is wrong.
    """
    endpoints.use_proxies(settings)
    findings = [each async for each in examine(settings)]
    terminal.print_findings((each.name, each.ok, each.found, each.advice) for each in findings)
    if wrong := sum(each.ok is False for each in findings):
        raise terminal.Stop(f"{wrong} of {len(findings)} checks failed.")


async def purge_servers(settings: Settings, *, really: bool) -> None:
    """Prints which servers have removed the bot and when their data is due; deletes what is due if ``really``."""
    async with open_storage(settings.database_url.get_secret_value()) as storage:
        for each in await left_servers(storage):
            due = "due" if each.due_at <= utc_now() else f"kept until {each.due_at:%Y-%m-%d}"
            terminal.print_line(f"{each.scope.id}: left {each.left_at:%Y-%m-%d}, {each.entries} entries, {due}")
        if not really:
            terminal.print_line("Nothing was deleted. To delete what is due: parley purge --yes")
            return
        purged = await purge_due(storage, utc_now)
    terminal.print_line(f"Deleted the data of {len(purged)} servers.")
