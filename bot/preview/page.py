"""The one address of the preview: a shell that looks like Discord, with a frame for each channel.

The shell and its data live under a path that is a secret key. simcord's own files are public; its API asks for a
capability of each channel, which only the shell's data holds.
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from importlib.resources import files
from typing import Any, Final

from aiohttp import web

from bot.preview._simcord import API, HEADERS, STATIC, frame_html, static_paths
from bot.preview.world import BOT, CHANNELS, DIRECT, PEOPLE, SERVER, World

TYPES: Final = {"html": "text/html", "css": "text/css", "js": "text/javascript", "png": "image/png"}
ASSETS: Final = ("shell.css", "shell.js", "frame.css", "frame.js")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(world: World, key: str, port: int) -> web.Application:
    """The server of all pages of ``world``; what belongs to the shell answers below ``/key/`` only."""
    app = web.Application(middlewares=[_only_this_host(port)], handler_args={"handler_cancellation": False})
    app.add_routes([web.get(f"/{key}/{path}", handler) for path, handler in _shell(world).items()])
    app.add_routes([web.get(f"/{key}/frame/{{person}}/{{channel}}", _frame(world, key))])
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
        return web.json_response(_places(world), headers=HEADERS)

    async def news(_: web.Request) -> web.StreamResponse:
        newest = {f"{person}/{channel}": page.newest for (person, channel), page in world.pages.items()}
        return web.json_response(newest, headers=HEADERS)

    data = {"": _file("shell.html"), "places.json": places, "news.json": news}
    pictures = {f"pictures/{name}.png": _file(f"pictures/{name}.png") for name in ("parley", *(p.key for p in PEOPLE))}
    return data | pictures | {name: _file(name) for name in ASSETS}


def _places(world: World) -> dict[str, Any]:
    channels = [asdict(channel) for channel in CHANNELS] + [{"key": DIRECT, "topic": f"Direct messages with {BOT}"}]
    frames = {f"{person}/{key}": page.capability for (person, key), page in world.pages.items()}
    people = [asdict(person) for person in PEOPLE]
    return {"server": SERVER, "bot": BOT, "people": people, "channels": channels, "frames": frames}


def _file(name: str) -> Handler:
    body = (files("bot.preview") / name).read_bytes()

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=TYPES[name.rpartition(".")[2]], headers=HEADERS)

    return answer


def _frame(world: World, key: str) -> Handler:
    head = f'<link rel="stylesheet" href="/{key}/frame.css"><script type="module" src="/{key}/frame.js"></script>'
    html = frame_html(head)

    async def answer(request: web.Request) -> web.StreamResponse:
        page = world.pages.get((request.match_info["person"], request.match_info["channel"]))
        if page is None:
            raise web.HTTPNotFound
        page.use_timezone(request.query.get("zone", ""))
        return web.Response(text=html, content_type="text/html", headers=HEADERS)

    return answer


def _static(world: World) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await next(iter(world.pages.values())).server.answer(STATIC, request)

    return answer


def _api(world: World, name: str) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        page = world.named(request.headers.get("X-Simcord-Capability", ""))
        if page is None:
            raise web.HTTPUnauthorized
        return await page.server.answer(name, request)

    return answer
