"""The one file that uses names which simcord keeps to itself; the rest of the package goes through it.

simcord is a test library: one channel a page, a clock that stands still, logs that keep everything. This file bends it
into a world that lives in real time with many pages. ``INTERNALS`` lists every private name used, ``MARKUP`` and
``DRAWN`` what our styles and scripts look for in its page and in what its scripts draw there, and a test asks
``missing_internals()`` whether an upgrade has moved one.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.resources import files
from typing import Any, Final, Literal, TypeVar
from weakref import WeakSet
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import discord
from aiohttp import web
from simcord import _settlement, actors
from simcord._clock import Clock
from simcord.actors import MemberActor
from simcord.backend import Backend, serializers
from simcord.backend.access import can_access_channel
from simcord.backend.cdn import CDN_BASE
from simcord.backend.errors import BackendError, SetupError
from simcord.backend.models import Message, User
from simcord.builders import ChannelHandle, RoleHandle, UserHandle
from simcord.enums import AppCommandType, InteractionType
from simcord.env import Env
from simcord.preview import Preview, _markdown, _server
from simcord.preview._pages import _Page
from simcord.preview._server import PreviewServer
from simcord.results import InteractionResult

INTERNALS: Final = (
    "simcord.actors:_dispatch_actor_interaction",
    "simcord.actors:_resolve_visible_command",
    "simcord._clock:Clock._epoch",
    "simcord.backend:Backend.clock",
    "simcord.backend:Backend.emit",
    "simcord.backend:Backend.bot_user",
    "simcord.backend:Backend.messages",
    "simcord.backend:Backend.interactions",
    "simcord.backend:Backend.interaction_tokens",
    "simcord.backend:Backend.transcript",
    "simcord.backend:Backend.http_requests",
    "simcord.backend:Backend.add_member_role",
    "simcord.backend:Backend.get_member",
    "simcord.backend:Backend.remove_member_role",
    "simcord.backend:Backend.visible_commands",
    "simcord.backend.access:can_access_channel",
    "simcord.backend.cdn:CdnStore._blobs",
    "simcord.backend.models:Message.visible_to",
    "simcord.backend.serializers:message_payload",
    "simcord._settlement:_active_callbacks",
    "simcord._settlement:_is_parked",
    "simcord._settlement:_run_due_virtual_callbacks",
    "simcord.env:Env._begin_operation",
    "simcord.env:Env._capture_errors",
    "simcord.env:Env._end_operation",
    "simcord.env:Env._preview",
    "simcord.env:Env._real_advance_task",
    "simcord.env:Env._record_error",
    "simcord.env:Env._settle_internal",
    "simcord.env:Env._settlement_state",
    "simcord.env:Env._work",
    "simcord._runtime:_WorkState.tasks",
    "simcord.preview:Preview._action",
    "simcord.preview:Preview._advance_presentation_time",
    "simcord.preview:Preview._get_page",
    "simcord.preview:Preview._pages",
    "simcord.preview:Preview._publish",
    "simcord.preview:Preview._publish_message_pages",
    "simcord.preview:Preview._python",
    "simcord.preview:Preview._server",
    "simcord.preview:Preview._target_message",
    "simcord.preview:Preview._MAX_PAGES",
    "simcord.preview:Preview._PAGE_LEASE_SECONDS",
    "simcord.preview._markdown:_markdown_parser",
    "simcord.preview._pages:_Page.modal",
    "simcord.preview._pages:_Page.modal_handle",
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
    'id="channel-message-list"',
    'id="channel-timeline"',
)
DRAWN: Final = (
    "awaitingRevision",
    "channel-message",
    "command-chip",
    "command-entity-suggestion",
    "command-entry",
    "command-file-choose",
    "command-file-remove",
    "command-ghost",
    "command-mention",
    "command-option-input",
    "command-row",
    "command-suggestion",
    "entryKey",
    "lastAction",
    "message-action-button",
    "message-context-actions",
    "modal-dialog",
    "pendingAction",
    "preview-select",
    "publishedRevision",
    "select-guidance",
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
REFUSALS: Final = (SetupError, BackendError)
LOG_ENTRIES, MESSAGES, INTERACTIONS, PARSERS = 500, 200, 1000, 100
ACTION_PATIENCE, TICK_PATIENCE = 1.0, 0.02  # seconds that one operation waits for the bot to come to rest

Entry = TypeVar("Entry")
Reason = Literal["initial", "refresh", "snapshot", "navigation", "query", "presentation", "action", "capture"]
log = logging.getLogger(__name__)


def missing_internals() -> list[str]:
    """What the installed simcord lacks of ``INTERNALS``, ``MARKUP`` and ``DRAWN``; empty when all is well."""
    page, scripts = _html(), _scripts()
    return [
        *(name for name in INTERNALS if not _exists(name)),
        *(part for part in MARKUP if part not in page),
        *(part for part in DRAWN if part not in scripts),
    ]


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
    """The state of the simulated Discord, with logs that do not grow.

    It begins at a fixed moment, so that what is made before ``open`` has the same ids at each start: what the bot has
    stored of a server, a role or a person is theirs again.
    """

    def __init__(self) -> None:
        super().__init__(clock=Clock())
        self._gateway: Tally[tuple[str, str, Any]] = Tally()
        self._requests: Tally[Any] = Tally()
        self.transcript, self.http_requests = self._gateway, self._requests

    @property
    def changes(self) -> int:
        """A number that grows with everything that could change what a page shows."""
        return self._gateway.total + self._requests.total

    def open(self) -> None:
        """From here on it is now."""
        self.clock._epoch = datetime.now(UTC)

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

    def message_commands(self) -> list[str]:
        """The names of the commands that a right-click on a message offers the viewer."""
        viewer = self.viewers[0].id
        commands = self.env.backend.visible_commands(
            user_id=viewer, channel_id=self.channel.id, type=AppCommandType.MESSAGE
        )
        return [str(command["name"]) for command in commands]

    async def use_on_message(self, context_id: str, message_id: int, command: str) -> None:
        """Run a command of ``message_commands`` on a message, for one browser page.

        simcord's own page has no such action. Raises ``REFUSALS`` where Discord would not let the viewer do it.
        """
        async with self._gate:
            self.env._preview = self
            page = self._get_page(context_id)
            self.env._begin_operation("preview.app")
            try:
                result = await self._use(page, self._target_message(page, message_id), command)
            finally:
                self.env._end_operation()
            if result.modal is not None:
                page.modal, page.modal_handle = result, f"m_{secrets.token_urlsafe(12)}"
            self._publish_message_pages()

    async def _use(self, page: _Page, message: Message, command: str) -> InteractionResult:
        kind = AppCommandType.MESSAGE
        root = actors._resolve_visible_command(page.viewer, self.channel.id, command, kind)
        shown = dict(serializers.message_payload(self.env.backend, message))
        target = str(message.id)
        data = {"id": root["id"], "name": root["name"], "type": kind, "target_id": target}
        data["resolved"] = {"messages": {target: shown}}
        call = InteractionType.APPLICATION_COMMAND
        return await actors._dispatch_actor_interaction(page.viewer, call, self.channel, data)

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
                body = _without_mark(_with_mention(body, self.env.backend.bot_user))
            return await super()._action(context_id, body)


def _with_mention(body: Mapping[str, Any], bot: User) -> Mapping[str, Any]:
    # Discord's composer offers names after an @; simcord's does not, so "@Parley" is spelled out here.
    content = body.get("content")
    return {**body, "content": content.replace(f"@{bot.name}", f"<@{bot.id}>")} if isinstance(content, str) else body


def _without_mark(body: Mapping[str, Any]) -> Mapping[str, Any]:
    # In an option for a role, a member or a channel one types "@Editors" or "#review"; simcord looks for bare names.
    query = body.get("query")
    known = body.get("kind") == "browse_candidates" and isinstance(query, str)
    return {**body, "query": str(query).lstrip("@#")} if known else body


def newest_message(env: LiveEnv, channel: ChannelHandle, viewer: MemberActor | UserHandle) -> str | None:
    """The id of the newest message that the viewer can see, empty without one; None if the channel is hidden."""
    if not can_access_channel(env, channel.id, viewer, history=True):
        return None
    messages = reversed(env.backend.messages.get(channel.id, {}).values())
    return next((str(message.id) for message in messages if message.visible_to(viewer.id)), "")


def role_names(env: LiveEnv, member: MemberActor) -> list[str]:
    """What the roles of the member are called."""
    guild = env.backend.get_guild(member.guild.id)
    return [guild.roles[role].name for role in env.backend.get_member(guild.id, member.id).role_ids]


def give_role(env: LiveEnv, member: MemberActor, role: RoleHandle, *, given: bool) -> None:
    """Give the member the role, or take it away; the bot learns of it."""
    change = env.backend.add_member_role if given else env.backend.remove_member_role
    change(member.guild.id, member.id, role.id)


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


def _scripts() -> str:
    folder = files("simcord.preview") / "static"
    return "".join(each.read_text(encoding="utf-8") for each in folder.iterdir() if each.name.endswith(".js"))
