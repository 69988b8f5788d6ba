"""The one address of the preview: a shell that looks like Discord, with a frame for each channel.

The shell and its data live under a path that is a secret key. simcord's own files are public; its API asks for a
capability of each channel, which only a frame that was entered through the shell gets.
"""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import asdict
from importlib.resources import files
from typing import Any, Final

from aiohttp import web

from bot.preview._simcord import API, HEADERS, REFUSALS, STATIC, ChannelPage, frame_html, static_paths
from bot.preview.world import BOT, CHANNELS, DIRECT, PEOPLE, ROLES, SERVERS, World

TYPES: Final = {"html": "text/html", "css": "text/css", "js": "text/javascript", "png": "image/png"}
SCRIPTS: Final = ("keys.js", "reading.js", "apps.js")
ASSETS: Final = ("shell.css", "shell.js", "frame.css", *SCRIPTS)
CAPABILITY: Final = "X-Simcord-Capability"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(world: World, key: str, port: int, stack: AsyncExitStack) -> web.Application:
    """The server of all pages of ``world``; what belongs to the shell answers below ``/key/`` only.

    ``stack`` closes the pages that are opened on the way.
    """
    app = web.Application(middlewares=[_only_this_host(port)], handler_args={"handler_cancellation": False})
    app.add_routes([web.get(f"/{key}/{path}", handler) for path, handler in _shell(world).items()])
    app.add_routes([web.get(f"/{key}/enter/{{person}}/{{place:.+}}", _enter(world, key, port, stack))])
    app.add_routes([web.get(f"/{key}/frame.html", _frame(key))])
    app.add_routes([web.get(f"/{key}/apps", _offered(world)), web.post(f"/{key}/apps", _use(world))])
    app.add_routes([web.post(f"/{key}/roles", _give(world))])
    app.add_routes([web.get(path, _static(world)) for path in static_paths()])
    app.add_routes([web.route(method, path, _api(world, name)) for (method, path), name in API.items()])
    return app


def _only_this_host(port: int) -> Any:
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        # A foreign name that somebody points at 127.0.0.1 must not reach us (DNS rebinding).
        if request.host not in hosts:
            raise web.HTTPForbidden
        return await handler(request)

    return check


def _shell(world: World) -> dict[str, Handler]:
    async def places(_: web.Request) -> web.StreamResponse:
        return web.json_response(_places(), headers=HEADERS)

    async def news(_: web.Request) -> web.StreamResponse:
        everybody = {one.key: {"places": world.news(one.key), "roles": world.roles(one.key)} for one in PEOPLE}
        return web.json_response(everybody, headers=HEADERS)

    data = {"": _file("shell.html"), "places.json": places, "news.json": news}
    pictures = {f"pictures/{name}.png": _file(f"pictures/{name}.png") for name in ("parley", *(p.key for p in PEOPLE))}
    return data | pictures | {name: _file(name) for name in ASSETS}


def _places() -> dict[str, Any]:
    return {
        "bot": BOT,
        "direct": {"key": DIRECT, "topic": f"Direct messages with {BOT}"},
        "people": [asdict(person) for person in PEOPLE],
        "servers": [asdict(server) for server in SERVERS],
        "channels": [asdict(channel) for channel in CHANNELS],
        "roles": list(ROLES),
    }


def _file(name: str) -> Handler:
    body = (files("bot.preview") / name).read_bytes()

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=TYPES[name.rpartition(".")[2]], headers=HEADERS)

    return answer


def _enter(world: World, key: str, port: int, stack: AsyncExitStack) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            page = await world.page(request.match_info["person"], request.match_info["place"], port, stack)
        except KeyError:
            raise web.HTTPNotFound from None
        page.use_timezone(request.query.get("zone", ""))
        # simcord's page takes its capability from the fragment, which no server and no log gets to see.
        return web.Response(status=302, headers={**HEADERS, "Location": f"/{key}/frame.html#{page.capability}"})

    return answer


def _frame(key: str) -> Handler:
    scripts = "".join(f'<script type="module" src="/{key}/{name}"></script>' for name in SCRIPTS)
    html = frame_html(f'<link rel="stylesheet" href="/{key}/frame.css">{scripts}')

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(text=html, content_type="text/html", headers=HEADERS)

    return answer


def _offered(world: World) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response(_named(world, request).message_commands(), headers=HEADERS)

    return answer


def _use(world: World) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        page, asked = _named(world, request), await request.json()
        try:
            await page.use_on_message(asked["context"], int(asked["message"]), asked["command"])
        except REFUSALS:
            raise web.HTTPConflict from None
        return web.json_response({}, headers=HEADERS)

    return answer


def _give(world: World) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        try:
            await world.give(asked["person"], asked["server"], asked["role"], given=bool(asked["given"]))
        except KeyError:
            raise web.HTTPNotFound from None
        return web.json_response({}, headers=HEADERS)

    return answer


def _static(world: World) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await next(iter(world.pages.values())).server.answer(STATIC, request)

    return answer


def _api(world: World, name: str) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await _named(world, request).server.answer(name, request)

    return answer


def _named(world: World, request: web.Request) -> ChannelPage:
    page = world.named(request.headers.get(CAPABILITY, ""))
    if page is None:
        raise web.HTTPUnauthorized
    return page
