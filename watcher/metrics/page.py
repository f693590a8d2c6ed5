"""
`GET /metrics` on an address of this machine.

The Host header must be that address: a page in somebody's browser here could
else read the figures under a name of its own that resolves to us (DNS
rebinding).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

from watcher.errors import ConfigError, StoreError
from watcher.metrics.figures import KIND, Figures, text

if TYPE_CHECKING:
    from aiohttp import web


CLOSING = 1.0  # seconds for an answer in hand when the service stops


class Page:
    """
    Answers while the `async with` lasts. `port` 0 takes a free one, which `port` then is.

    `figures` gives those of the moment. Raises ConfigError where the address
    is taken.
    """

    def __init__(self, host: str, port: int, figures: Callable[[], Awaitable[Figures]]) -> None:
        self.host = host
        self.port = port
        self._figures = figures
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        from aiohttp import web

        app = web.Application(client_max_size=1)
        app.router.add_get("/metrics", self._answer)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=CLOSING)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        try:
            await web.TCPSite(runner, self.host, self.port).start()
        except OSError as problem:
            await self._stack.aclose()
            raise ConfigError(
                f"metrics.listen: {self.host}:{self.port} cannot be listened on ({problem.strerror});"
                " choose another port"
            ) from problem
        self.port = runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        from aiohttp import web

        shown = f"[{self.host}]" if ":" in self.host else self.host
        if request.host.lower() not in (f"{shown}:{self.port}", f"localhost:{self.port}"):
            return web.Response(status=421, text="ask for it by its own address\n")
        try:
            figures = await self._figures()
        except StoreError:
            return web.Response(status=503, text="the store does not answer\n")
        return web.Response(body=text(figures), headers={"Content-Type": KIND})
