"""
Places that misbehave, met by one turn of the real command.

For each: what is said and what to do, the exit code, and what the store holds
afterwards. Nothing of it may look like a quiet day.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Mapping

import pytest
from aiohttp import web

from tests.watcher.fetch.site import Site, site
from tests.world import Ran, World, loosen
from watcher.store import Book

pytestmark = pytest.mark.journey

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def configured(world: World, place: Site) -> None:
    world.configure(
        f'[sources.archive]\nkind = "listing"\nevery = "1m"\nurl = "{place.url("/list")}"\n'
        'item = "a"\nexpect = ["Recent"]\n'
    )
    loosen(world)
    text = world.config.read_text()
    world.config.write_text(
        text.replace('max_bytes = "64 MB"', 'max_bytes = "1 MB"').replace(
            'max_bytes = "2 GB"', 'max_bytes = "4 MB"'
        )
    )


def listed(place: Site, path: str) -> None:
    page = f'<h1>Recent</h1><a href="{path}">x</a>'.encode()
    place.says("/list", page, headers={"Content-Type": "text/html"})


async def turn(world: World) -> Ran:
    """`watcher scan` without arguments, while the site goes on answering."""
    return await asyncio.to_thread(world.run, "scan", "--json")


def held(world: World) -> Mapping[str, int]:
    with Book.open(world.data / "watcher.db") as book:
        return dict(book.counts())


def trouble(world: World) -> tuple[str, int, bool]:
    """What the store says of the source: its error, how often in a row, and whether it ever worked."""
    with Book.open(world.data / "watcher.db") as book:
        state = book.source("archive")
    return state.last_error, state.failures, state.last_ok is not None


@pytest.mark.parametrize(
    ("status", "body", "headers", "words"),
    [
        (404, b"", {}, "404"),
        (403, b"", {}, "403"),
        (429, b"", {"Retry-After": "900"}, "429"),
        (500, b"", {}, "500"),
        (200, b"", {}, "Recent"),
        (200, b"<h1>Recent</h1>", {}, "listed 0"),
        (200, b"<h1>Please log in</h1><a href='/1'>x</a>", {}, "Recent"),
    ],
)
async def test_a_listing_that_fails_makes_its_source_sick(
    world: World, status: int, body: bytes, headers: dict[str, str], words: str
) -> None:
    """Exit 3, the source and the fact on stderr, a failure in the store, and one request."""
    async with site() as place:
        place.says("/list", body, status, {"Content-Type": "text/html", **headers})
        configured(world, place)
        done = await turn(world)
        assert done.code == 3, done
        assert "archive" in done.err
        assert words in done.err
        error, failures, ever = trouble(world)
        assert words in error
        assert (failures, ever) == (1, False)
        assert held(world)["documents"] == 0
        assert [path for _, path, _ in place.asked] == ["/list"]
        assert words in world.run("sources").out


async def endless(request: web.Request) -> web.StreamResponse:
    """Ten gigabytes of text, for whoever goes on reading."""
    answer = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await answer.prepare(request)
    line = b"Rain and tea, and a walk along the harbour wall.\n" * 2000
    for _ in range(10_000_000_000 // len(line)):
        await answer.write(line)
    return answer


async def bomb(request: web.Request) -> web.StreamResponse:
    """Gigabytes of text in less than a megabyte of gzip."""
    member = gzip.compress(b"tea\n" * (4 << 20))
    many = 900_000 // len(member)
    assert many * (16 << 20) > 500 << 20, "no bomb"
    return web.Response(body=member * many, headers={"Content-Encoding": "gzip"})


async def inwards(request: web.Request) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": "http://127.0.0.2:1/admin"})


@pytest.mark.parametrize(
    ("handler", "outcome", "reason"),
    [(endless, "partial", "size"), (bomb, "partial", "limit"), (inwards, "failed", "private")],
)
async def test_a_document_that_does_harm_is_contained(
    world: World, handler: Handler, outcome: str, reason: str
) -> None:
    """Exit 3: nobody could look. The outcome is stored, and the next document is read."""
    async with site() as place:
        listed(place, "/bad")
        place.pages["/bad"] = handler
        configured(world, place)
        done = await turn(world)
        assert done.code == 3, done
        assert done.of("alert") == []
        counts = held(world)
        assert (counts["documents"], counts[outcome], counts["pending"]) == (1, 1, 0)
        if outcome == "partial":
            assert counts["unread"] == 1
        (unread,) = done.of("unread")
        assert reason in (unread["reason"], *done.err.replace(",", "").split())
        assert unread["document"] == place.url("/bad")
        listed(place, "/good")
        place.says("/good", b"Rain and tea.\n")
        assert (await turn(world)).code == 0
        assert held(world)["clean"] == 1


async def test_a_document_that_is_refused_for_now_stays_owed(world: World) -> None:
    """A 403 or a 500 leaves it pending; a 404 is final and asked for once."""
    for status, pending, failed in ((500, 1, 0), (403, 1, 0), (404, 0, 1)):
        async with site() as place:
            own = world.copy(world.folder.parent.parent / f"status{status}")
            listed(place, "/1")
            place.says("/1", status=status)
            configured(own, place)
            done = await turn(own)
            counts = held(own)
            assert (counts["pending"], counts["failed"]) == (pending, failed)
            assert done.code == 3
            assert [path for _, path, _ in place.asked] == ["/list", "/1"]
