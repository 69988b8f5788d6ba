"""A bare Discord on the loopback interface: enough REST and gateway for one bot, and a record of all it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

TOKEN = "MTIzNDU2Nzg5.Parley.a-token-that-nobody-may-see"  # noqa: S105 - of this stand-in only
APPLICATION = 1000
SESSION = "session-of-the-stub"
API = "/api/v10"
GATEWAY = "/gateway"
ELSEWHERE = "/elsewhere"
"""Where READY says that a session is to be resumed: past the gateway that the operator configured."""
PATIENCE = 20.0
"""Seconds after which something that did not happen fails the test."""

COMMAND, AUTOCOMPLETE = 2, 4
UNKNOWN_INTERACTION, ALREADY_ANSWERED = 10062, 40060

Json = dict[str, Any]


class Op(IntEnum):
    """Opcodes of the gateway."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    HELLO = 10
    HEARTBEAT_ACK = 11


@dataclass(frozen=True, slots=True)
class Call:
    """A REST request."""

    method: str
    path: str
    body: Any
    authorization: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message that came over the gateway, and the path on which the socket was opened."""

    path: str
    op: int
    data: Any


@dataclass
class DiscordStub:
    """The stand-in. ``silent`` are paths that are never answered (``"/users/@me"``), as of a Discord that hangs;
    ``rejected`` are REST paths that are answered with an error; ``expired`` are interactions for which every answer
    comes too late, ``answered`` those that another process has answered, ``held`` those whose answer is taken only when
    the event is set; ``more`` is what else can be read, by path.
    """

    application: int = APPLICATION
    silent: frozenset[str] = frozenset()
    rejected: set[str] = field(default_factory=set)
    expired: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    held: dict[int, asyncio.Event] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    """The interactions whose answer was taken."""
    calls: list[Call] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    """The path of each connection to the gateway."""
    flags: int = 0
    """Of the application."""
    port: int = 0
    _socket: web.WebSocketResponse | None = None
    _sequence: int = 0
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def api_url(self) -> str:
        """For DISCORD_API_URL."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def gateway_url(self) -> str:
        """For DISCORD_GATEWAY_URL."""
        return f"ws://127.0.0.1:{self.port}{GATEWAY}"

    @property
    def registrations(self) -> list[Call]:
        """Every time the commands were registered."""
        return [call for call in self.calls if call.method == "PUT" and call.path.endswith("/commands")]

    def received(self, op: Op) -> list[Message]:
        """What came over the gateway with this opcode."""
        return [message for message in self.messages if message.op == op]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits until this holds; it is looked at after everything that the bot sends."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(holds)

    async def send_interaction(self, number: int, name: str, options: dict[str, str]) -> Json:
        """Somebody uses a slash command in a DM; returns the body of the bot's answer."""
        typed = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        return await self._interact(_interaction(self.application, number, COMMAND, name, typed))

    async def send_typing(self, number: int, name: str, option: str, typed: str) -> Json:
        """Somebody types into an option of a slash command in a DM; returns the body of the bot's answer."""
        focused = [{"name": option, "type": 3, "value": typed, "focused": True}]
        return await self._interact(_interaction(self.application, number, AUTOCOMPLETE, name, focused))

    async def begin_interaction(self, number: int, name: str) -> None:
        """Somebody uses a slash command in a DM; returns when the bot's answer begins to arrive."""
        await self.dispatch("INTERACTION_CREATE", _interaction(self.application, number, COMMAND, name, []))
        await self.until(lambda: any(call.path.startswith(f"/interactions/{number}/") for call in self.calls))

    async def drop(self, code: int = WSCloseCode.GOING_AWAY) -> None:
        """Closes the gateway's socket."""
        assert self._socket is not None, "the bot has not connected"
        await self._socket.close(code=code)

    async def rest(self, request: web.Request) -> web.StreamResponse:
        """Any REST request."""
        path = request.path.removeprefix(API)
        body = await request.json() if request.can_read_body else None
        authorization = request.headers.get("Authorization", "")
        await self._record(lambda: self.calls.append(Call(request.method, path, body, authorization)))
        if path in self.silent:
            await asyncio.Event().wait()
        if path.startswith("/interactions/") and (number := int(path.split("/")[2])) in self.held:
            await self.held[number].wait()
        if authorization != f"Bot {TOKEN}" and not path.startswith(("/interactions", "/webhooks")):
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        if path in self.rejected:
            return _json({"message": "Invalid Form Body", "code": 50035}, status=400)
        return self._answer(request.method, path, body)

    async def gateway(self, request: web.Request) -> web.StreamResponse:
        """The gateway, from HELLO on."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._socket = socket
        await self._record(lambda: self.sockets.append(request.path))
        if request.path not in self.silent:
            await socket.send_json({"op": Op.HELLO, "d": {"heartbeat_interval": 45_000}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                content = message.json()
                await self._react(socket, Message(request.path, content["op"], content.get("d")))
        return socket

    async def _interact(self, interaction: Json) -> Json:
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        await self.dispatch("INTERACTION_CREATE", interaction)
        await self.until(lambda: any(call.path == path for call in self.calls))
        body: Json = next(call.body for call in self.calls if call.path == path)
        return body

    async def _react(self, socket: web.WebSocketResponse, message: Message) -> None:
        if message.op == Op.HEARTBEAT:
            await socket.send_json({"op": Op.HEARTBEAT_ACK})
        elif message.op == Op.IDENTIFY:
            await self.dispatch("READY", self._ready())
        elif message.op == Op.RESUME:
            await self.dispatch("RESUMED", {})
        await self._record(lambda: self.messages.append(message))

    async def dispatch(self, event: str, data: Any) -> None:
        """Sends an event over the gateway, whatever it holds."""
        assert self._socket is not None, "the bot has not connected"
        self._sequence += 1
        await self._socket.send_json({"op": Op.DISPATCH, "t": event, "s": self._sequence, "d": data})

    async def _record(self, note: Callable[[], None]) -> None:
        async with self._changed:
            note()
            self._changed.notify_all()

    def _answer(self, method: str, path: str, body: Any) -> web.Response:
        if (method, path) == ("GET", "/users/@me"):
            return _json(_user(self.application, "Parley", is_bot=True))
        if (method, path) == ("GET", "/oauth2/applications/@me"):
            return _json(self._application())
        if (method, path) == ("PUT", f"/applications/{self.application}/commands"):
            return _json([self._command(each, number) for number, each in enumerate(body)])
        if method == "GET" and path in self.more:
            return _json(self.more[path])
        if path.startswith("/interactions/"):
            return self._callback(int(path.split("/")[2]))
        if path.startswith("/webhooks/"):
            return _json(_message(self.application, body))
        return _json({"message": "404: Not Found", "code": 0}, status=404)

    def _callback(self, number: int) -> web.Response:
        if number in self.answered:
            answered = {"message": "Interaction has already been acknowledged.", "code": ALREADY_ANSWERED}
            return _json(answered, status=400)
        if number in self.expired:
            return _json({"message": "Unknown interaction", "code": UNKNOWN_INTERACTION}, status=404)
        self.taken.add(number)
        return _json({"interaction": {"id": str(number), "type": 2, "response_message_id": "7"}})

    def _application(self) -> Json:
        return {
            "id": str(self.application),
            "name": "Parley",
            "description": "",
            "icon": None,
            "bot_public": True,
            "bot_require_code_grant": False,
            "owner": _user(2, "operator"),
            "verify_key": "",
            "flags": self.flags,
        }

    def _command(self, definition: Json, number: int) -> Json:
        named = {"description": "", **definition}  # Discord fills in what a context menu has not
        return {**named, "id": str(5000 + number), "application_id": str(self.application), "version": "1"}

    def _ready(self) -> Json:
        return {
            "v": 10,
            "user": _user(self.application, "Parley", is_bot=True),
            "guilds": [],
            "session_id": SESSION,
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}{ELSEWHERE}",
            "application": {"id": str(self.application), "flags": self.flags},
        }


@asynccontextmanager
async def discord_stub(
    *, application: int = APPLICATION, silent: frozenset[str] = frozenset()
) -> AsyncIterator[DiscordStub]:
    """A stand-in that listens on a free port."""
    stub = DiscordStub(application, silent)
    app = web.Application()
    app.router.add_get(GATEWAY, stub.gateway)
    app.router.add_get(ELSEWHERE, stub.gateway)
    app.router.add_route("*", "/{path:.*}", stub.rest)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        stub.port = runner.addresses[0][1]
        yield stub
    finally:
        await runner.cleanup()


def _json(data: Any, status: int = 200) -> web.Response:
    """Without a charset in its type, as discord.py expects it."""
    return web.Response(body=json.dumps(data).encode(), content_type="application/json", status=status)


def _interaction(application: int, number: int, kind: int, name: str, options: list[Json]) -> Json:
    return {
        "id": str(number),
        "application_id": str(application),
        "type": kind,
        "token": f"token-{number}",
        "version": 1,
        "channel_id": "30",
        "channel": {"id": "30", "type": 1},
        "user": _user(40, "mia"),
        "context": 1,
        "authorizing_integration_owners": {"1": "40"},
        "entitlements": [],
        "locale": "en-GB",
        "app_permissions": "0",
        "attachment_size_limit": 10_000_000,
        "data": {"id": "5000", "type": 1, "name": name, "options": options},
    }


def _user(number: int, name: str, *, is_bot: bool = False) -> Json:
    shown = {"username": name, "global_name": name, "discriminator": "0", "avatar": None}
    return {"id": str(number), "bot": is_bot, **shown}


def _message(author: int, body: Json) -> Json:
    return {
        "id": "7",
        "channel_id": "30",
        "author": _user(author, "Parley", is_bot=True),
        "content": body.get("content") or "",
        "components": body.get("components", []),
        "flags": body.get("flags", 0),
        "timestamp": "2026-01-02T03:04:05+00:00",
        "edited_timestamp": None,
        "tts": False,
        "type": 0,
        "pinned": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
    }
