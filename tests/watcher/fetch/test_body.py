"""Bodies as they come. What a source sees of it is in `test_exchange`."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
from aiohttp import web

from tests.watcher.fetch.site import fails, fetcher, site, wire
from watcher.fetch.barred import LOOKED_AT
from watcher.fetch.body import beginning, received
from watcher.fetch.room import Room


async def test_no_more_is_received_than_is_looked_at() -> None:
    """Of a page that is no document; one without an end is left."""
    async with site() as place:
        ended = asyncio.Event()

        async def endless(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(status=403)
            await response.prepare(request)
            try:
                while True:
                    await response.write(b"x" * 4096)
            finally:
                ended.set()

        place.pages["/page"] = endless
        async with aiohttp.ClientSession() as session:
            async with session.get(place.url("/page")) as response:
                assert LOOKED_AT <= len(await beginning(response)) < 8 * LOOKED_AT
            await asyncio.wait_for(ended.wait(), 10)


async def test_a_page_that_stalls_is_told_by_its_status() -> None:
    """What of it came is looked at; that it broke off is no news."""
    raw = b"HTTP/1.1 403 No\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>no"
    async with wire(raw, silent=True) as url, fetcher(timeout=timedelta(seconds=0.3)) as out:
        problem = await fails(out, url)
    assert problem.status == 403


async def test_a_body_within_the_limit_is_whole() -> None:
    """To the byte."""
    async with site() as place, aiohttp.ClientSession() as session:
        async with session.get(place.says("/page", b"x" * 10)) as response:
            body, cut = await received(response, 10, blind=False, room=Room())
            assert (body.open().read(), cut) == (b"x" * 10, False)
        async with session.get(place.url("/page")) as response:
            body, cut = await received(response, 9, blind=False, room=Room())
            assert (body.open().read(), cut) == (b"x" * 9, True)
