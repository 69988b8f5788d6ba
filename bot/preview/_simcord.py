"""The one file that uses names which simcord keeps to itself; the rest of the package goes through it.

simcord is a test library: one channel a page, a clock that stands still, logs that keep everything. This file bends it
into a world that lives in real time with many pages. ``INTERNALS`` lists every private name used, ``MARKUP`` what our
styles and scripts look for in its page, and a test asks ``missing_internals()`` whether an upgrade has moved one.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.resources import files
from typing import Any, Final, Literal, TypeVar
from weakref import WeakSet
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import discord
from aiohttp import web
from simcord import _settlement
from simcord._clock import Clock
from simcord.actors import MemberActor
from simcord.backend import Backend
from simcord.backend.cdn import CDN_BASE
from simcord.backend.models import Message, User
from simcord.builders import ChannelHandle, UserHandle
from simcord.env import Env
from simcord.preview import Preview, _markdown, _server
from simcord.preview._pages import _Page
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
    "simcord._settlement:_active_callbacks",
    "simcord._settlement:_is_parked",
    "simcord._settlement:_run_due_virtual_callbacks",
    "simcord.env:Env._capture_errors",
    "simcord.env:Env._preview",
    "simcord.env:Env._real_advance_task",
    "simcord.env:Env._record_error",
    "simcord.env:Env._settle_internal",
    "simcord.env:Env._settlement_state",
    "simcord.env:Env._work",
    "simcord._runtime:_WorkState.tasks",
    "simcord.preview:Preview._action",
    "simcord.preview:Preview._advance_presentation_time",
    "simcord.preview:Preview._pages",
    "simcord.preview:Preview._publish",
    "simcord.preview:Preview._publish_message_pages",
    "simcord.preview:Preview._python",
    "simcord.preview:Preview._server",
    "simcord.preview:Preview._MAX_PAGES",
    "simcord.preview:Preview._PAGE_LEASE_SECONDS",
    "simcord.preview._markdown:_markdown_parser",
    "simcord.preview._pages:_Page.navigation_query",
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
MARKUP: Final = (
    "</head>",
    "data-workbench",
    'id="channel-composer"',
    'id="channel-composer-input"',
    'id="channel-timeline"',
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
LOG_ENTRIES, MESSAGES, INTERACTIONS, PARSERS = 500, 200, 1000, 100
ACTION_PATIENCE, TICK_PATIENCE = 1.0, 0.02  # seconds that one operation waits for the bot to come to rest

Entry = TypeVar("Entry")
Reason = Literal["initial", "refresh", "snapshot", "navigation", "query", "presentation", "action", "capture"]
log = logging.getLogger(__name__)


def missing_internals() -> list[str]:
    """What the installed simcord lacks of ``INTERNALS`` and ``MARKUP``; empty when all is well."""
    page = _html()
    return [name for name in INTERNALS if not _exists(name)] + [part for part in MARKUP if part not in page]


def _exists(name: str) -> bool:
    module, _, path = name.partition(":")
    owner_name, _, attribute = path.rpartition(".")
    owner = getattr(import_module(module), owner_name, None) if owner_name else import_module(module)
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
        self._background: WeakSet[asyncio.Task[Any]] = WeakSet()

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
        """Wait for what the last action set in motion, but not for what was waiting before.

        simcord would look at all tasks against all timers each time, which takes long once many views are open.
        """
        loop = asyncio.get_running_loop()
        deadline, calm = loop.time() + self._patience, 0
        while calm < 2 and loop.time() < deadline:
            _settlement._run_due_virtual_callbacks(self._settlement_state(), deadline)
            await asyncio.sleep(0)
            busy = self._busy(deadline)
            calm = 0 if busy else calm + 1
            if busy:
                await asyncio.wait(busy, timeout=0.02, return_when=asyncio.FIRST_COMPLETED)
        self._background.update(task for task in self._work.tasks if not task.done())

    def _busy(self, deadline: float) -> list[asyncio.Task[Any]]:
        state = self._settlement_state()
        _settlement._active_callbacks(state)  # this forgets the cancelled ones
        fresh = [task for task in self._work.tasks if task not in self._background and not task.done()]
        busy = [task for task in fresh if not _settlement._is_parked(state, task, deadline)]
        self._background.update(set(fresh) - set(busy))
        timer = self._real_advance_task  # simcord's own fallback for a timer that came due between two ticks
        if timer is not None and timer.done():
            self._real_advance_task = None
        elif timer is not None and timer is not asyncio.current_task():
            busy.append(timer)
        return busy

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


class Parsers:
    """Markdown parsers for use again: simcord makes one for every text it shows, which takes a millisecond each."""

    _make = staticmethod(_markdown._markdown_parser)

    def __init__(self) -> None:
        self._made: dict[tuple[int, str], Any] = {}

    def __call__(self, policy: Mapping[str, bool | str], context: Mapping[str, Any]) -> Any:
        """A parser for a text under that policy, which knows the names in that context."""
        key = id(policy), repr(context)
        if key not in self._made:
            if len(self._made) >= PARSERS:
                self._made.clear()
            self._made[key] = self._make(policy, context)
        return self._made[key]


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
        self._shown = 0

    @property
    def server(self) -> MountedServer:
        """The handlers that serve this page."""
        return self._server

    @property
    def newest(self) -> str:
        """The id of the newest message that the viewer can see; empty without one."""
        messages = (message for message in reversed(self._messages()) if message.visible_to(self.viewers[0].id))
        return next((str(message.id) for message in messages), "")

    def use_timezone(self, name: str) -> None:
        """Show times in the zone of that name; an unknown name changes nothing."""
        with contextlib.suppress(ValueError, OSError, ZoneInfoNotFoundError):
            self.timezone = ZoneInfo(name).key

    async def open(self) -> None:
        """Start to serve; new browser pages then follow the end of the channel."""
        if not isinstance(_markdown._markdown_parser, Parsers):
            _markdown._markdown_parser = Parsers()
        self.env._preview = None  # lifts "only one active Preview per Env"
        await self.__aenter__()
        if self._python is not None:
            self._python.target_id = self._python.window_end_id = None

    def catch_up(self, *, again: bool = False) -> None:
        """Bring the browser pages up to date if the channel has changed, or in any case ``again``."""
        state = hash(str(self._messages()[-50:]))  # as many as simcord shows
        if state == self._shown and not again:
            return
        self._shown = state
        self._advance_presentation_time()
        self._publish_message_pages(reason="refresh")

    def _messages(self) -> list[Message]:
        return list(self.env.backend.messages.get(self.channel.id, {}).values())

    def _publish(self, page: _Page, *, reason: Reason = "action") -> None:
        if page is self._python and reason != "initial":
            return  # a page for scripts, which nobody sees
        page.navigation_query = "0"  # an id that finds nothing: the list of all messages is hidden, and slow to make
        super()._publish(page, reason=reason)

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
    return _html().replace("</head>", f"{head}</head>", 1)


def _html() -> str:
    return (files("simcord.preview") / "static" / "index.html").read_text(encoding="utf-8")
