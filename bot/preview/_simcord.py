"""The one file that uses names which simcord keeps to itself; the rest of the package goes through it.

simcord is a test library: one channel a page, a clock that stands still, logs that keep everything. This file bends it
into a world that lives in real time with many pages. ``INTERNALS`` lists every private name used, and a test asks
``missing_internals()`` whether an upgrade has moved one.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.resources import files
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import discord
from aiohttp import web
from simcord._clock import Clock
from simcord.actors import MemberActor
from simcord.backend import Backend
from simcord.backend.cdn import CDN_BASE
from simcord.backend.models import User
from simcord.builders import ChannelHandle, UserHandle
from simcord.env import Env
from simcord.preview import Preview, _server
from simcord.preview._server import PreviewServer

INTERNALS: Final = (
    "simcord._clock:Clock._epoch",
    "simcord.backend:Backend.clock",
    "simcord.backend:Backend.emit",
    "simcord.backend:Backend.bot_user",
    "simcord.backend:Backend.messages",
    "simcord.backend:Backend.interactions",
    "simcord.backend:Backend.interaction_tokens",
    "simcord.backend:Backend.transcript",
    "simcord.backend:Backend.http_requests",
    "simcord.backend.cdn:CdnStore._blobs",
    "simcord.env:Env._settle_internal",
    "simcord.env:Env._capture_errors",
    "simcord.env:Env._record_error",
    "simcord.env:Env._preview",
    "simcord.preview:Preview._action",
    "simcord.preview:Preview._advance_presentation_time",
    "simcord.preview:Preview._pages",
    "simcord.preview:Preview._publish",
    "simcord.preview:Preview._python",
    "simcord.preview:Preview._server",
    "simcord.preview:Preview._MAX_PAGES",
    "simcord.preview:Preview._PAGE_LEASE_SECONDS",
    "simcord.preview._pages:_Page.revision",
    "simcord.preview._pages:_Page.target_id",
    "simcord.preview._pages:_Page.window_end_id",
    "simcord.preview._server:PreviewServer._action",
    "simcord.preview._server:PreviewServer._action_result",
    "simcord.preview._server:PreviewServer._asset",
    "simcord.preview._server:PreviewServer._commands",
    "simcord.preview._server:PreviewServer._delete_page",
    "simcord.preview._server:PreviewServer._pages",
    "simcord.preview._server:PreviewServer._requested_port",
    "simcord.preview._server:PreviewServer._state",
    "simcord.preview._server:PreviewServer._static",
    "simcord.preview._server:PreviewServer._SECURITY_HEADERS",
    "simcord.preview._server:PreviewServer._STATIC_FILES",
)
API: Final = {
    ("POST", "/api/pages"): "_pages",
    ("DELETE", "/api/pages/{context_id}"): "_delete_page",
    ("GET", "/api/state"): "_state",
    ("GET", "/api/commands"): "_commands",
    ("GET", "/api/action-result"): "_action_result",
    ("POST", "/api/action"): "_action",
    ("GET", "/api/assets/{asset_id}"): "_asset",
}
STATIC: Final = "_static"
HEADERS: Final = PreviewServer._SECURITY_HEADERS | {
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": PreviewServer._SECURITY_HEADERS["Content-Security-Policy"].replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    ),
}
LOCALE: Final = "en-GB"
LOG_ENTRIES, MESSAGES, INTERACTIONS = 500, 200, 1000
ACTION_PATIENCE, TICK_PATIENCE = 0.8, 0.02  # seconds that one operation waits for the bot to come to rest

Entry = TypeVar("Entry")
log = logging.getLogger(__name__)


def missing_internals() -> list[str]:
    """The names in ``INTERNALS`` that the installed simcord lacks; empty when all is well."""
    return [name for name in INTERNALS if not _exists(name)]


def _exists(name: str) -> bool:
    module, _, path = name.partition(":")
    owner_name, _, attribute = path.partition(".")
    owner = getattr(import_module(module), owner_name, None)
    # An attribute that __init__ sets is no attribute of the class, but a name in the code of __init__.
    code = getattr(getattr(owner, "__init__", None), "__code__", None)
    return hasattr(owner, attribute) or attribute in getattr(code, "co_names", ())


class Tally(list[Entry]):
    """A log that forgets its oldest entries and counts all that it ever got."""

    def __init__(self) -> None:
        super().__init__()
        self.total = 0

    def append(self, entry: Entry, /) -> None:
        """Add an entry; every so often the oldest ones go."""
        super().append(entry)
        self.total += 1
        if len(self) > 2 * LOG_ENTRIES:
            del self[:-LOG_ENTRIES]


class LiveBackend(Backend):
    """The state of the simulated Discord, from the present moment on, with logs that do not grow."""

    def __init__(self) -> None:
        clock = Clock()
        clock._epoch = datetime.now(UTC)
        super().__init__(clock=clock)
        self._gateway: Tally[tuple[str, str, Any]] = Tally()
        self._requests: Tally[Any] = Tally()
        self.transcript, self.http_requests = self._gateway, self._requests

    @property
    def changes(self) -> int:
        """A number that grows with everything that could change what a page shows."""
        return self._gateway.total + self._requests.total

    def emit(self, event: str, payload: Mapping[str, Any]) -> None:
        """Send a gateway event; interactions get the locale and the install context that simcord leaves out."""
        if event == "INTERACTION_CREATE":
            owners = {"0": payload.get("guild_id", "0")}
            payload = {**payload, "locale": LOCALE, "authorizing_integration_owners": owners}
        super().emit(event, payload)

    def prune(self) -> None:
        """Forget old messages with their files, and interactions whose tokens are long dead."""
        for messages in self.messages.values():
            for old in [key for key, message in messages.items() if not message.pinned][:-MESSAGES]:
                for attachment in messages.pop(old).attachments:
                    self.cdn._blobs.pop(attachment["url"], None)
        for key in list(self.interactions)[:-INTERACTIONS]:
            self.interaction_tokens.pop(self.interactions.pop(key).token, None)


class LiveEnv(Env):
    """A world in real time: the bot may still be busy when an operation ends, and the pump shows the rest later."""

    def __init__(self, client: discord.Client, *, bot_name: str) -> None:
        super().__init__(client, check_errors=False, settle_timeout=1.0)
        self.live = LiveBackend()
        self.live.bot_user.name = bot_name
        self.backend = self.live
        self._patience = ACTION_PATIENCE

    async def tick(self) -> None:
        """Bring the world's clock up to the wall clock, without waiting for the bot to finish anything."""
        self._patience = TICK_PATIENCE
        try:
            with contextlib.suppress(TimeoutError):
                await self.advance_time(max(0.0, (datetime.now(UTC) - self.now()).total_seconds()))
        finally:
            self._patience = ACTION_PATIENCE

    async def _settle_internal(
        self,
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - simcord's signature
        idle: float = 0.05,
        dispatch: str | None = None,
        _deadline: float | None = None,
    ) -> None:
        with contextlib.suppress(TimeoutError):
            await super()._settle_internal(timeout=self._patience, idle=min(idle, 0.02), dispatch=dispatch)

    def _capture_errors(self) -> None:
        """Leave the bot's own error handlers alone: an error that they answered is no failure of the action."""

    def _record_error(self, error: BaseException) -> None:
        log.error("a task of the bot failed", exc_info=error)


class MountedServer(PreviewServer):
    """One channel's API without a port of its own: our server calls its handlers."""

    _SECURITY_HEADERS = HEADERS

    async def start(self) -> None:
        """Take the shared port's number for the checks of Host and Origin, and bind nothing."""
        _server.web = web  # type: ignore[attr-defined]  # a global that the original start() sets
        self.port = self._requested_port

    async def close(self) -> None:
        """There is nothing to close."""

    async def answer(self, handler: str, request: web.Request) -> web.StreamResponse:
        """The response of one of simcord's own handlers; fonts may stay in the browser's cache."""
        response: web.StreamResponse = await getattr(self, handler)(request)
        if request.path.startswith("/fonts/"):
            response.headers["Cache-Control"] = "max-age=86400"
            response.headers.popall("Pragma", None)
        return response


class ChannelPage(Preview):
    """One channel as one person sees it."""

    _MAX_PAGES = 64
    _PAGE_LEASE_SECONDS = 3600.0  # a tab in the background polls rarely

    def __init__(
        self,
        env: LiveEnv,
        channel: ChannelHandle,
        viewer: MemberActor | UserHandle,
        *,
        gate: asyncio.Lock,
        port: int,
        pictures: Mapping[str, tuple[str, bytes]],
    ) -> None:
        super().__init__(
            env,
            channel,
            (viewer,),
            layout="channel",
            display="responsive",
            width=960,
            height=720,
            locale=LOCALE,
            timezone="UTC",
            presentation_time=None,
            assets=pictures,
            port=port,
        )
        self._gate = gate
        self._server: MountedServer = MountedServer(self, port)

    @property
    def server(self) -> MountedServer:
        """The handlers that serve this page."""
        return self._server

    @property
    def newest(self) -> str:
        """The id of the newest message that the viewer can see; empty without one."""
        messages = reversed(self.env.backend.messages.get(self.channel.id, {}).values())
        return next((str(message.id) for message in messages if message.visible_to(self.viewers[0].id)), "")

    def use_timezone(self, name: str) -> None:
        """Show times in the zone of that name; an unknown name changes nothing."""
        with contextlib.suppress(ValueError, OSError, ZoneInfoNotFoundError):
            self.timezone = ZoneInfo(name).key

    async def open(self) -> None:
        """Start to serve; new browser pages then follow the end of the channel."""
        self.env._preview = None  # lifts "only one active Preview per Env"
        await self.__aenter__()
        if self._python is not None:
            self._python.target_id = self._python.window_end_id = None

    def publish(self) -> None:
        """Show the present state on every browser page of this channel."""
        self._advance_presentation_time()
        for page in [page for page in self._pages.values() if page is not self._python]:
            if page.id in self._pages:  # publishing one page may end the lease of another
                self._publish(page, reason="refresh")

    async def _action(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with self._gate:  # one operation at a time in the whole world
            self.env._preview = self  # simcord tells this one what the action did
            if context_id in self._pages and isinstance(body, Mapping):
                # The pump may have published since the browser last looked; that is no reason to refuse a click.
                body = {**body, "published_revision": self._pages[context_id].revision}
                body = _with_mention(body, self.env.backend.bot_user)
            return await super()._action(context_id, body)


def _with_mention(body: Mapping[str, Any], bot: User) -> Mapping[str, Any]:
    # Discord's composer offers names after an @; simcord's does not, so "@Parley" is spelled out here.
    content = body.get("content")
    return {**body, "content": content.replace(f"@{bot.name}", f"<@{bot.id}>")} if isinstance(content, str) else body


def avatar_url(user_id: int, name: str) -> str:
    """Where simcord looks for the picture ``name`` of a user."""
    return f"{CDN_BASE}/avatars/{user_id}/{name}.png"


def static_paths() -> Iterator[str]:
    """The paths of the files that simcord's page loads, without the page itself."""
    return (path for path in PreviewServer._STATIC_FILES if path != "/")


def frame_html(head: str) -> str:
    """simcord's page with ``head`` added to its head."""
    page = (files("simcord.preview") / "static" / "index.html").read_text(encoding="utf-8")
    return page.replace("</head>", f"{head}</head>", 1)
