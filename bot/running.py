"""Running the bot: on Discord, in the preview, or just long enough to register its commands."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress

import aiohttp
import discord
import structlog

from bot import endpoints, terminal
from bot.client import ParleyClient
from bot.health import Health
from bot.house import open_house, utc_now
from bot.housekeeping import housekeeping
from bot.preview import PortTaken, SimulatorMissing, serve
from bot.schedule import ticking
from bot.settings import Settings
from bot.stopping import finish, leave
from bot.web import watched
from knowledge.storage import open_storage

log = structlog.get_logger(__name__)

AUTHENTICATION_FAILED = 4004
"""Code with which the gateway closes when it does not accept the token."""
MISSED_TICKS = 6
"""After so many ticks that did not come, the scheduler is not well."""


async def run_on_discord(settings: Settings) -> None:
    """Runs until SIGINT or SIGTERM.

    Raises:
        Stop: Discord does not accept the token, exit code 2, or cannot be reached, exit code 1.
    """
    async with (
        _stopping() as stop,
        _client(settings) as client,
        housekeeping(client.storage, utc_now, client.servers),
        ticking(client.publisher, client.is_ready, settings.parley_tick_seconds) as since_tick,
        _watched(settings, client, since_tick),
    ):
        running = asyncio.create_task(client.start(_token(settings)))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopped}, return_when=asyncio.FIRST_COMPLETED)
        await finish(client)
        for task in (running, stopped):
            task.cancel()  # a bot that waits to try again, or for an answer, would not notice that it is closed
        await leave(client)
        with suppress(asyncio.CancelledError), _explained():
            await running


async def run_preview(settings: Settings, port: int) -> None:
    """Runs the bot in the simulated Discord until SIGINT or SIGTERM.

    Raises:
        Stop: the port is taken, or the simulator is not installed.
    """
    async with _stopping() as stop, open_house(settings) as house:
        client = ParleyClient(house.services, house.storage, force_sync=True)
        try:
            async with ticking(client.publisher, client.is_ready, settings.parley_tick_seconds):
                await serve(client, port=port, stop=stop, announce=_announce)
        except PortTaken as error:
            raise terminal.Stop(f"Port {error.port} is taken. Try another: parley preview --port 0") from None
        except SimulatorMissing:
            raise terminal.Stop("The preview is not installed. Run: make install") from None


async def register(settings: Settings) -> None:
    """Registers the commands and leaves again.

    Raises:
        Stop: there is no token, or Discord does not accept it or cannot be reached.
    """
    if settings.discord_token is None:
        raise terminal.Stop("DISCORD_TOKEN is not set; it is needed to register commands.", terminal.USAGE)
    async with _client(settings, force_sync=True) as client:
        with _explained():
            await client.login(_token(settings))
        terminal.print_line(f"Registered {len(client.tree.get_commands())} commands.")


async def upgrade_database(settings: Settings) -> None:
    """Brings the database to the newest schema."""
    async with open_storage(settings.database_url.get_secret_value()):
        pass


@asynccontextmanager
async def _client(settings: Settings, *, force_sync: bool = False) -> AsyncIterator[ParleyClient]:
    endpoints.use_proxies(settings)
    async with open_house(settings) as house:
        client = ParleyClient(house.services, house.storage, force_sync=force_sync)
        async with client:
            yield client


def _watched(
    settings: Settings, client: ParleyClient, since_tick: Callable[[], float]
) -> AbstractAsyncContextManager[None]:
    health = Health(client, since_tick, late=MISSED_TICKS * settings.parley_tick_seconds)
    return watched(settings.parley_web_host, settings.parley_web_port, health, client.metrics.registry)


@contextmanager
def _explained() -> Iterator[None]:
    """Turns the failures that an operator can mend into one line."""
    try:
        yield
    except discord.LoginFailure:
        raise _refused() from None
    except discord.ConnectionClosed as error:
        if error.code == AUTHENTICATION_FAILED:
            raise _refused() from None
        raise terminal.Stop(f"Discord has closed the connection for good, with code {error.code}.") from None
    except discord.HTTPException as error:
        raise terminal.Stop(f"Discord does not do what I ask: {error}") from None
    except (OSError, aiohttp.ClientError) as error:
        raise terminal.Stop(f"Discord cannot be reached: {error}") from None


def _refused() -> terminal.Stop:
    return terminal.Stop(
        "Discord does not accept DISCORD_TOKEN. Copy it again from the developer portal.", terminal.USAGE
    )


def _token(settings: Settings) -> str:
    return settings.discord_token.get_secret_value() if settings.discord_token else ""


def _announce(url: str) -> None:
    terminal.print_line(f"Open {url}  (Ctrl-C stops)")


@asynccontextmanager
async def _stopping() -> AsyncIterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
