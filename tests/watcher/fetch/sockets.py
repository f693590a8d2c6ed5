"""A real websocket server on loopback, with a script for each connection."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.watcher.fetch.site import Site

Script = Callable[[web.WebSocketResponse, web.BaseRequest], Awaitable[None]]


def speaks(place: Site, path: str, *scripts: Script) -> str:
    """The address of a websocket; the n-th connection is served by the n-th script, the last for good."""
    served = 0

    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal served
        script = scripts[min(served, len(scripts) - 1)]
        served += 1
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        await script(socket, request)
        return socket

    place.pages[path] = handler
    return place.url(path).replace("http", "ws", 1)


def says(*messages: str, code: int = 1000) -> Script:
    """These messages, then an orderly close, or one with this code."""

    async def script(socket: web.WebSocketResponse, _: web.BaseRequest) -> None:
        for message in messages:
            await socket.send_str(message)
        await socket.close(code=code)

    return script


def breaks(*messages: str) -> Script:
    """These messages, then the connection is cut."""

    async def script(socket: web.WebSocketResponse, request: web.BaseRequest) -> None:
        for message in messages:
            await socket.send_str(message)
        assert request.transport is not None
        request.transport.abort() if not messages else request.transport.close()

    return script


def waits(*messages: str) -> Script:
    """These messages, then nothing until the other side goes."""

    async def script(socket: web.WebSocketResponse, _: web.BaseRequest) -> None:
        for message in messages:
            await socket.send_str(message)
        async for _message in socket:
            pass

    return script
