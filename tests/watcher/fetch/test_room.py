"""Large bodies: only so many are in hand at once, whoever sends them."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator

import aiohttp
import pytest
from aiohttp import web

from tests.watcher.conftest import Built
from tests.watcher.fetch.site import Site, site
from tests.watcher.given import configured, listing, lists
from tests.world import World
from watcher import registry
from watcher.errors import LOCAL, FetchError
from watcher.fetch.body import received
from watcher.fetch.room import PLACES, SMALL, Room
from watcher.pipeline import Road, visit

LARGE = b"Rain and tea. \n" * (SMALL // 10)


@pytest.fixture
def counted() -> Iterator[None]:
    """What is let go of is gone at once, by its count alone."""
    gc.disable()
    yield
    gc.enable()


async def test_a_body_has_its_place_until_nobody_holds_it(counted: None) -> None:
    """Whoever comes next waits, and gets in when the first body is let go of."""
    room = Room(1)
    async with site() as place, aiohttp.ClientSession() as session:
        async with session.get(place.says("/page", LARGE)) as response:
            held = [(await received(response, len(LARGE), blind=False, room=room))[0]]
        waiting = asyncio.create_task(room.enter())
        for _ in range(10):
            await asyncio.sleep(0)
        assert not waiting.done()
        held.clear()
        await waiting


async def test_small_bodies_need_no_place() -> None:
    """However full the room is, and they are nearly all."""
    room = Room(1)
    held = await room.enter()
    async with (
        site() as place,
        aiohttp.ClientSession() as session,
        session.get(place.says("/page", b"x" * SMALL)) as response,
    ):
        body, _ = await received(response, SMALL, blind=False, room=room)
    assert body.size == SMALL
    held.leave()


async def test_where_no_place_becomes_free_nothing_is_held_against_the_host() -> None:
    """It is our own trouble, and worth coming back for."""
    room = Room(1, patience=0.01)
    held = await room.enter()
    with pytest.raises(FetchError) as caught:
        await room.enter()
    assert (caught.value.retry, caught.value.kind, caught.value.status) == (True, LOCAL, None)
    assert caught.value.after
    held.leave()
    held.leave()
    await room.enter()
    with pytest.raises(FetchError):  # a place that is left twice is one place
        await room.enter()


async def test_a_body_that_breaks_off_leaves_its_place() -> None:
    """Else four broken downloads would end all large ones."""
    room = Room(1)

    async def breaks(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(2 * len(LARGE))})
        await response.prepare(request)
        await response.write(LARGE)
        assert request.transport is not None
        request.transport.abort()
        return response

    async with site() as place, aiohttp.ClientSession() as session:
        place.pages["/page"] = breaks
        for _ in range(3):
            async with session.get(place.url("/page")) as response:
                with pytest.raises((aiohttp.ClientError, OSError)):
                    await received(response, 9 * len(LARGE), blind=False, room=room)


async def test_visits_leave_all_places(
    world: World, built: Built, place: Site, counted: None
) -> None:
    """More large documents than there are places, one visit: each is had, by counted references alone."""
    paths = [f"/{at}" for at in range(2 * PLACES)]
    lists(place, *paths)
    for at, path in enumerate(paths):
        place.says(path, b"%d\n" % at + LARGE)
    config = await configured(world, built, listing(place))
    async with Road(config, telling=False) as road:
        done = await visit(road, *registry.enabled(config)["archive"])
    assert (done.documents, done.missed) == (len(paths), ())
