"""A real site on loopback that counts what it is asked, and a clock that nobody waits for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from watcher.config.settings import Network
from watcher.errors import FetchError
from watcher.fetch import Ask, Fetcher
from watcher.model import Capture

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """
    `pages` answers by path; `asked` holds every request's method, path and headers.

    A site without a page for it has no robots.txt, and who asks for that is in
    `rules` instead: what a source asks for is counted without its manners.
    """

    pages: dict[str, Handler] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def says(
        self,
        path: str,
        body: bytes = b"",
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> str:
        async def handler(request: web.Request) -> web.StreamResponse:
            return web.Response(body=body, status=status, headers=headers)

        self.pages[path] = handler
        return self.url(path)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/robots.txt" not in self.pages:
            self.rules.append(request.path)
            return web.Response(status=404, text="no rules")
        self.asked.append((request.method, request.path, dict(request.headers)))
        page = self.pages.get(request.path)
        return await page(request) if page else web.Response(status=404, text="no such page")


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    place = Site()
    runner = web.ServerRunner(web.Server(place.answer), shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    place.port = runner.addresses[0][1]
    try:
        yield place
    finally:
        await runner.cleanup()


@asynccontextmanager
async def wire(answer: bytes, *, drip: bytes = b"", silent: bool = False) -> AsyncIterator[str]:
    """A server that says exactly these bytes, then `drip` again and again, or nothing, or hangs up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            while drip:
                writer.write(drip)
                await writer.drain()
            await writer.drain()
            if silent:
                await reader.read()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/page"


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waits: list[float] = []

    def now(self) -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    async def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)


async def never_read(operation: str, capture: Capture, argument: str) -> Any:
    raise AssertionError(f"nothing here reads an answer, but {operation} was asked")


def fetcher(clock: Clock | None = None, *, ask: Ask = never_read, **given: Any) -> Fetcher:
    """A fetcher that may reach 127.0.0.1, with these settings of [network]."""
    names = ("resolver", "make_socket", "sources")
    outside = {name: given.pop(name) for name in names if name in given}
    network = Network(**{"allow_private": ("127.0.0.1",), "contact": "ops@force.example", **given})
    return Fetcher(
        network,
        ask,
        version="1.2.3",
        clock=clock or Clock(),
        random=lambda: 0.0,
        **outside,
    )


async def fails(out: Fetcher, url: str, source: str = "test", **given: object) -> FetchError:
    """How asking for this address fails."""
    with pytest.raises(FetchError) as caught:
        await out.web(source).get(url, **given)  # type: ignore[arg-type]  # headers, passed on
    return caught.value
