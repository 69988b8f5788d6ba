"""Discord's REST on the loopback interface, as far as publishing needs it, with faults to order.

It keeps messages and posts, honours ``enforce_nonce`` for a window, and can answer 5xx or 429, be slow, or take a
request and cut the line before it answers.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any

import discord
from aiohttp import web

ME, OWNER, GUILD = 1_000, 2_000, 3_000
TEXT, DM, NEWS, THREAD, FORUM = 0, 1, 5, 11, 15
Json = dict[str, Any]


class Fault(Enum):
    """What happens to a request."""

    ERROR = auto()
    """Answered 503; nothing is done."""
    ERROR_AFTER = auto()
    """Done, and answered 502 all the same."""
    CUT = auto()
    """The line is cut; nothing is done."""
    CUT_AFTER = auto()
    """Done, and the line is cut before the answer."""
    LIMITED = auto()
    """Answered 429 for a moment."""
    SLOW = auto()
    """Done and answered, later."""


AFTER = {Fault.ERROR_AFTER, Fault.CUT_AFTER}


@dataclass
class StandIn:
    """One Discord. ``now`` is what its clock shows; ``window`` is how many seconds, by that, a nonce is remembered."""

    now: Callable[[], datetime]
    window: float
    fault: Callable[[str, str], Fault | None] = lambda _, __: None
    seen: Callable[[str], None] = lambda _: None
    """Called with what has happened: "login", "received" or "accepted" (before the answer is sent)."""
    slow: float = 0.05
    forbidden: set[int] = field(default_factory=set)
    port: int = 0
    channels: dict[int, Json] = field(default_factory=dict)
    messages: dict[int, list[Json]] = field(default_factory=dict)
    crossposted: list[int] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    nonces: dict[str, tuple[datetime, Json]] = field(default_factory=dict)
    _number: int = 0

    def add_channel(self, number: int, kind: int = TEXT, parent: int | None = None, **more: Any) -> None:
        """A channel, thread or forum with this id."""
        made = {"id": str(number), "type": kind, "guild_id": str(GUILD), "name": f"channel {number}", "position": 0}
        if kind == FORUM:
            made |= {"available_tags": [], "flags": 0}
        if kind == THREAD:
            made |= self._thread(parent or 0, f"thread {number}")
        self.channels[number] = {**made, **more}
        self.messages.setdefault(number, [])

    @property
    def url(self) -> str:
        """For ``DISCORD_API_URL``."""
        return f"http://127.0.0.1:{self.port}"

    async def rest(self, request: web.Request) -> web.StreamResponse:
        """Any request."""
        path = request.path.removeprefix("/api/v10")
        body = await request.json() if request.can_read_body else {}
        if path == "/users/@me":
            self.seen("login")
        fault = self.fault(request.method, path)
        self.requests.append((request.method, path))
        if request.method == "POST":
            self.seen("received")
        if fault in (Fault.ERROR, Fault.CUT, Fault.LIMITED):
            return self._refused(request, fault)
        status, data = self._answer(request.method, path.strip("/").split("/"), dict(request.query), body)
        if request.method == "POST":
            self.seen("accepted")
        if fault in AFTER:
            return self._refused(request, fault)
        if fault is Fault.SLOW:
            await asyncio.sleep(self.slow)
        return _json(data, status)

    def _refused(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault in (Fault.CUT, Fault.CUT_AFTER):
            assert request.transport is not None
            request.transport.abort()
        if fault is Fault.LIMITED:
            limits = {"message": "slow", "retry_after": 0.05, "global": False}
            return _json(limits, 429, {"Via": "1.1 google", "Retry-After": "1"})
        return _json({"message": "no", "code": 0}, 502 if fault is Fault.ERROR_AFTER else 503)

    def _answer(self, method: str, parts: list[str], query: dict[str, str], body: Json) -> tuple[int, Any]:
        match method, parts:
            case "GET", ["users", "@me"]:
                return 200, _user(ME, "Parley", bot=True)
            case "GET", ["users", number]:
                return 200, _user(int(number), "owner")
            case "GET", ["oauth2", "applications", "@me"]:
                return 200, _application()
            case "POST", ["users", "@me", "channels"]:
                dm = int(body["recipient_id"]) + 1
                self.messages.setdefault(dm, [])
                self.channels[dm] = {"id": str(dm), "type": DM, "recipients": [_user(dm - 1, "owner")]}
                return 200, self.channels[dm]
            case "GET", ["guilds", number]:
                return 200, {"id": number, "name": "server", "owner_id": str(OWNER), "roles": [], "emojis": []}
            case "GET", ["guilds", _, "threads", "active"]:
                return 200, {"threads": self._posts(archived=False), "members": []}
            case _, ["channels", number, *rest]:
                return self._in_channel(method, int(number), rest, query, body)
        return 404, {"message": "404: Not Found", "code": 0}

    def _in_channel(
        self, method: str, channel: int, rest: list[str], query: dict[str, str], body: Json
    ) -> tuple[int, Any]:
        if channel not in self.channels:
            return 404, {"message": "Unknown Channel", "code": 10003}
        if channel in self.forbidden:
            return 403, {"message": "Missing Access", "code": 50001}
        if rest[:1] == ["messages"]:
            return self._with_messages(method, channel, rest[1:], query, body)
        if rest[:1] == ["threads"]:
            if method == "POST":
                return 201, self._post(channel, body)
            return 200, {"threads": self._posts(archived=True, forum=channel), "has_more": False, "members": []}
        if method == "PATCH":
            self.channels[channel]["thread_metadata"]["archived"] = body["archived"]
        return 200, self.channels[channel]

    def _with_messages(
        self, method: str, channel: int, rest: list[str], query: dict[str, str], body: Json
    ) -> tuple[int, Any]:
        there = self.messages[channel]
        if not rest:
            return self._send(channel, body) if method == "POST" else (200, _page(there, query))
        found = next((each for each in there if each["id"] == rest[0]), None)
        if found is None:
            return 404, {"message": "Unknown Message", "code": 10008}
        if method == "POST":
            self.crossposted.append(int(rest[0]))
        return 200, found

    def _send(self, channel: int, body: Json) -> tuple[int, Json]:
        if self.channels[channel].get("thread_metadata", {}).get("archived"):
            return 400, {"message": "Thread is archived", "code": 50083}
        nonce, instant = body.get("nonce"), self.now()
        if nonce in self.nonces and body.get("enforce_nonce"):
            sent_at, message = self.nonces[nonce]
            if (instant - sent_at).total_seconds() < self.window:
                return 200, message
        made = self._message(self.snowflake(), channel, body)
        if nonce:
            self.nonces[nonce] = instant, made
        return 200, made

    def _post(self, forum: int, body: Json) -> Json:
        number = self.snowflake()
        self.add_channel(number, THREAD, forum)
        self.channels[number] |= {"name": body["name"], "applied_tags": body.get("applied_tags", [])}
        message = self._message(number, number, body["message"])
        return {**self.channels[number], "message": message}

    def _message(self, number: int, channel: int, body: Json) -> Json:
        made = {
            "id": str(number),
            "channel_id": str(channel),
            "author": _user(ME, "Parley", bot=True),
            "content": body.get("content") or "",
            "embeds": [{"type": "rich", **each} for each in body.get("embeds", [])],
            "allowed_mentions": body.get("allowed_mentions"),
            "timestamp": self.now().isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "type": 0,
            "flags": 0,
            "pinned": False,
            "mention_everyone": False,
            **{name: [] for name in ("components", "mentions", "mention_roles", "attachments")},
        }
        self.messages[channel].append(made)
        return made

    def _thread(self, parent: int, name: str) -> Json:
        now = self.now().isoformat()
        return {
            "parent_id": str(parent),
            "owner_id": str(ME),
            "name": name,
            "message_count": 0,
            "member_count": 1,
            "thread_metadata": {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": now},
        }

    def _posts(self, *, archived: bool, forum: int | None = None) -> list[Json]:
        threads = [each for each in self.channels.values() if each["type"] == THREAD]
        mine = [each for each in threads if forum is None or each["parent_id"] == str(forum)]
        return [each for each in mine if each["thread_metadata"]["archived"] is archived]

    def snowflake(self) -> int:
        """A new id, of now."""
        self._number += 1
        return discord.utils.time_snowflake(self.now()) + self._number % 4096


@asynccontextmanager
async def stand_in(now: Callable[[], datetime] | None = None, window: float = 60.0) -> AsyncIterator[StandIn]:
    """A stand-in that listens on a free port."""
    discord_ = StandIn(now or (lambda: datetime.now(UTC)), window)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", discord_.rest)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        discord_.port = runner.addresses[0][1]
        yield discord_
    finally:
        await runner.cleanup()


def footer_of(message: Json) -> str:
    """The mark that a message carries; empty for one without."""
    return next((str(each["footer"]["text"]) for each in message["embeds"] if "footer" in each), "")


def _page(there: list[Json], query: dict[str, str]) -> list[Json]:
    """As Discord has it: the newest first, whatever is asked for."""
    limit, found = int(query.get("limit", 50)), sorted(there, key=lambda each: int(each["id"]))
    if "after" in query:
        found = [each for each in found if int(each["id"]) > int(query["after"])][:limit]
    if "before" in query:
        found = [each for each in found if int(each["id"]) < int(query["before"])]
    return found[::-1][:limit]


def _json(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Without a charset in its type, as discord.py expects it."""
    return web.Response(body=json.dumps(data).encode(), content_type="application/json", status=status, headers=headers)


def _user(number: int, name: str, *, bot: bool = False) -> Json:
    shown = {"username": name, "global_name": name, "discriminator": "0", "avatar": None}
    return {"id": str(number), "bot": bot, **shown}


def _application() -> Json:
    named = {"id": str(ME), "name": "Parley", "description": "", "icon": None, "verify_key": "", "flags": 0}
    return {**named, "bot_public": True, "bot_require_code_grant": False, "owner": _user(2, "operator")}
