"""
A small web site on loopback, with the manners of a real one.

Strong validators (RFC 9110 §8.8.3) and 304 for whoever sends them back; a
count of what was asked for; pages that can be exchanged while it runs.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from watcher.demo.pages import Page

if TYPE_CHECKING:
    from aiohttp import web


class Site:
    """Answers with `pages` (path → page) while the `async with` lasts. `address` has no slash at its end."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self.address = ""
        self.requests: Counter[tuple[str, int]] = Counter()  # (path, status)
        self._pages = dict(pages)
        self._runner: web.AppRunner | None = None

    def publish(self, pages: Mapping[str, Page]) -> None:
        """From now on answer with these pages instead."""
        self._pages = dict(pages)

    async def __aenter__(self) -> Self:
        from aiohttp import web

        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner, self.address = await serve(app)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        from aiohttp import web

        page = self._pages.get(request.path)
        if page is None:
            response = web.Response(status=404, text="Not found\n")
        else:
            mark = f'"{hashlib.sha256(page.body).hexdigest()[:20]}"'
            if request.headers.get("If-None-Match") == mark:
                response = web.Response(status=304, headers={"ETag": mark})
            else:
                headers = {"ETag": mark, "Content-Type": page.content_type}
                response = web.Response(body=page.body, headers=headers)
        self.requests[request.path, response.status] += 1
        return response


async def serve(app: web.Application) -> tuple[web.AppRunner, str]:
    """Start this application on a free port of 127.0.0.1; the caller cleans the runner up."""
    from aiohttp import web

    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}"
