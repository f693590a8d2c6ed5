"""What is listed is remembered whole, and a visit is entered as it went."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from aiohttp import web

from tests.watcher.conftest import Built
from tests.watcher.fetch.site import Site
from tests.watcher.given import listing, lists
from tests.watcher.pipeline.visits import counts, visited
from watcher.api import Capture, Ref, Web
from watcher.pipeline import visit
from watcher.pipeline.entering import PIECE
from watcher.store import Book


@pytest.mark.parametrize("many", [0, 1, PIECE, PIECE + 1, 2 * PIECE])
async def test_a_long_listing_is_remembered_whole(built: Built, place: Site, many: int) -> None:
    """Piece by piece, each ref once, and with the last piece the validators."""
    links = "".join(f'<a href="/{at}">x</a>' for at in range(many))
    async with built(listing(place) + "minimum = 0\n") as road:

        async def page(request: web.Request) -> web.StreamResponse:
            # From here on the host is left alone, so that no document is fetched.
            road.fetcher.restore("127.0.0.1", 3600.0, "refused")
            return web.Response(
                text=f"<p>{links}</p>", content_type="text/html", headers={"ETag": '"v1"'}
            )

        place.pages["/list"] = page
        done = await visited(road)
        assert (done.listed, done.new, done.error) == (many, many, "")
        assert (await counts(road))["pending"] == many
        state = await road.store.do(Book.source, "archive")
        assert state.validators == {place.url("/list"): ('"v1"', "")}


async def test_many_refs_are_stored_a_part_at_a_time(built: Built, place: Site) -> None:
    """All of them, and the validators with the last; others have the store in between."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Many:
        name: str = "archive"
        every: timedelta = timedelta(minutes=1)

        async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
            await web.get(place.url("/list"))
            for number in range(2 * PIECE + 1):
                yield Ref(source=self.name, key=str(number), url=place.url(f"/{number}"))

        async def fetch(self, web: Web, ref: Ref) -> Capture:
            stop.set()
            return (await web.get(ref.url)).capture

    stop = asyncio.Event()
    lists(place, etag='"v"')
    async with built(listing(place)) as road:
        done = await visit(road, road.config.sources["archive"], Many(), stop=stop)
        assert done.new == 2 * PIECE + 1
        assert (await road.store.do(Book.waiting))["archive"] == 2 * PIECE + 1
        assert (await road.store.do(Book.source, "archive")).validators


async def test_hostile_keys_are_stored_like_any_other(built: Built, place: Site) -> None:
    """A lone surrogate or a NUL in what a place calls its documents stops nothing."""
    place.says("/list", b'[{"id": "\\ud800x", "u": "/1"}, {"id": "a\\u0000b", "u": "/2"}]')
    place.says("/1", b"Tea.\n")
    place.says("/2", b"Rain.\n")
    tables = f'''
[sources.archive]
kind = "json"
url = "{place.url("/list")}"
key = "id"
link = "u"
'''
    async with built(tables) as road:
        done = await visited(road)
        assert (done.error, done.documents) == ("", 2)
        assert (await visited(road)).documents == 0


async def test_a_304_is_no_empty_listing(built: Built, place: Site) -> None:
    """What was listed last stays what was listed last."""

    async def validated(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == '"v"':
            return web.Response(status=304)
        return web.Response(
            body=b"<a href='/1'>x</a>", content_type="text/html", headers={"ETag": '"v"'}
        )

    place.pages["/list"] = validated
    place.says("/1", b"Tea.\n")
    async with built(listing(place)) as road:
        await visited(road)
        await visited(road)
        assert (await road.store.do(Book.source, "archive")).items_last == 1


async def test_a_listing_says_when_it_wants_to_be_asked_again(built: Built, place: Site) -> None:
    """Its Retry-After puts the next visit off, however often the operator would have it."""
    place.says("/list", status=503, headers={"Retry-After": "7200"})
    async with built(listing(place)) as road:
        done = await visited(road)
        assert done.next_due - road.now() >= timedelta(seconds=7200)
