"""One visit to one source: nothing is lost, whatever the place answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from aiohttp import web

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.watcher.given import hooked, listing, lists
from tests.watcher.pipeline.visits import asked, counts, visited
from tests.world import World, leaked_csv
from watcher import registry
from watcher.api import Capture, Ref, Web
from watcher.config.settings import SourceTable
from watcher.fetch import Fetcher
from watcher.pipeline import deliver, visit
from watcher.store import Book


async def test_a_leak_is_found_once(world: World, built: Built, place: Site) -> None:
    """The first visit raises the alert; the second asks for no document again."""
    lists(place, "/1", "/2")
    place.says("/1", leaked_csv(world.rows[:50]))
    place.says("/2", b"Rain and tea.\n")
    async with built(listing(place)) as road:
        first = await visited(road)
        second = await visited(road)
        assert (first.listed, first.new, first.documents, first.alerts) == (2, 2, 2, ("A-1",))
        assert (second.listed, second.new, second.documents, second.alerts) == (2, 0, 0, ())
        assert (asked(place, "/1"), asked(place, "/2")) == (1, 1)


@pytest.mark.parametrize(("status", "again"), [(404, 0), (410, 0), (500, 1), (502, 1), (403, 1)])
async def test_a_document_that_fails_is_asked_for_as_its_status_says(
    built: Built, place: Site, now: Now, status: int, again: int
) -> None:
    """A 404 is one request and final; what may pass is tried again, even after the listing forgot it."""
    lists(place, "/1")
    place.says("/1", status=status)
    async with built(listing(place)) as road:
        await visited(road)
        assert asked(place, "/1") == 1
        lists(place, "/2")
        place.says("/2", b"Tea.\n")
        place.says("/1", b"Rain.\n")
        now.passes(timedelta(hours=2))
        await visited(road)
        assert asked(place, "/1") == 1 + again
        held = await counts(road)
        assert held["pending"] == 0
        assert (held["failed"], held["clean"]) == (1 - again, 1 + again)


async def test_a_429_leaves_the_rest_pending_and_asks_nobody_twice(
    built: Built, place: Site, now: Now
) -> None:
    """After one refusal with Retry-After its host is left alone; the other documents have not failed."""
    lists(place, "/1", "/2", "/3")
    place.says("/1", status=429, headers={"Retry-After": "600"})
    async with built(listing(place)) as road:
        await visited(road)
        assert [path for _, path, _ in place.asked] == ["/list", "/1"]
        held = await counts(road)
        assert (held["pending"], held["failed"]) == (3, 0)
        due = await road.store.do(Book.pending, "archive", now=now() + timedelta(seconds=590))
        assert due == []
        due = await road.store.do(Book.pending, "archive", now=now() + timedelta(seconds=600))
        assert sorted(pending.attempts for pending in due) == [0, 0, 1]


async def test_a_stop_falls_between_two_documents(built: Built, place: Site) -> None:
    """What was not begun stays pending, and is read at the next visit."""
    lists(place, "/1", "/2")
    place.says("/2", b"Rain.\n")
    async with built(listing(place)) as road:
        table = road.config.sources["archive"]
        source = registry.source(table, road.config.path)
        stop = asyncio.Event()

        async def last(request: web.Request) -> web.StreamResponse:
            stop.set()
            return web.Response(body=b"Tea.\n")

        place.pages["/1"] = last
        first = await visit(road, table, source, stop=stop)
        assert (first.documents, (await counts(road))["pending"]) == (1, 1)
        assert (await visited(road)).documents == 1
        assert (await counts(road))["clean"] == 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A plug-in with a fault of its own."""

    name: str = "archive"
    every: timedelta = timedelta(minutes=1)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        yield Ref(source="archive", key="1", url="https://paste.example/1")
        raise KeyError("Quillfeather")

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        raise NotImplementedError


async def test_a_fault_in_a_plugin_is_its_sources_trouble(built: Built) -> None:
    """It is stored as the source's error, by class and without its message."""
    async with built("") as road:
        table = SourceTable(name="archive", kind="broken", enabled=True, options={})
        done = await visit(road, table, Broken())
        assert "KeyError" in done.error
        assert "Quillfeather" not in done.error
        state = await road.store.do(Book.source, "archive")
        assert (state.failures, state.last_ok) == (1, None)
        assert state.next_due == done.next_due > road.now()


async def test_a_host_that_is_held_does_not_hold_up_another(
    world: World, built: Built, place: Site
) -> None:
    """A link to a host that wants to be left alone for a day silences nothing but that host."""
    place.says("/held", status=429, headers={"Retry-After": "86400"})
    place.says("/leak", leaked_csv(world.rows[:40]))
    other = place.url("/held", host="localhost")
    place.says("/list", f'<a href="{other}">x</a><a href="/leak">y</a>'.encode(),
               headers={"Content-Type": "text/html"})  # fmt: skip
    async with built(listing(place)) as road:
        network = replace(road.config.network, allow_private=("127.0.0.1", "localhost"))
        async with Fetcher(network, road.readers.ask) as fetcher:
            road.fetcher = fetcher
            done = await visited(road)
            assert done.alerts == ("A-1",)
            assert done.next_due - road.now() < timedelta(minutes=5)


async def test_a_listing_that_hangs_is_given_up_on_stop(built: Built, place: Site) -> None:
    """Neither a stop nor the next visit waits for it."""
    asked_for, stop = asyncio.Event(), asyncio.Event()

    async def hangs(request: web.Request) -> web.StreamResponse:
        asked_for.set()
        await asyncio.Event().wait()
        raise AssertionError

    place.pages["/list"] = hangs
    async with built(listing(place)) as road:
        table = road.config.sources["archive"]
        source = registry.source(table, road.config.path)
        running = asyncio.create_task(visit(road, table, source, stop=stop))
        async with asyncio.timeout(20):
            await asked_for.wait()
            stop.set()
            done = await running
        assert (done.listed, done.error) == (0, "")
        sick = await visit(road, table, source, patience=0.2)
        assert "listed nothing" in sick.error


async def test_forty_mirrors_of_a_leak_are_one_incident_and_one_card(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Also on the first visit to the place; of the others it is told in an hour."""
    paths = [f"/{at}" for at in range(1, 41)]
    lists(place, *paths)
    for path in paths:
        place.says(path, leaked_csv(world.rows[:50]))
    target, _ = hooked(world, place)
    async with built(listing(place) + target) as road:
        done = await visited(road)
        assert len(done.alerts) == 40
        assert (await counts(road))["incidents"] == 1
        await deliver(road)
        assert asked(place, "/hook") == 1
        now.passes(timedelta(hours=1))
        await deliver(road)
        assert asked(place, "/hook") == 2
        held = await counts(road)
        assert (held["owed"], held["delivered"]) == (0, 40)


@pytest.mark.parametrize("hours", [7, 5])
async def test_what_is_known_waits_for_its_hour_also_after_long_blindness(
    world: World, built: Built, place: Site, now: Now, hours: int
) -> None:
    """What a place brings to a known incident is no news, however old it is."""
    lists(place, "/1")
    place.says("/1", b"Tea.\n")
    target, _ = hooked(world, place)
    async with built(listing(place) + target) as road:
        await visited(road)
        now.passes(timedelta(hours=hours))
        paths = ["/2", "/3", "/4"]
        lists(place, *paths)
        for path in paths:
            place.says(path, leaked_csv(world.rows[:50]))
        assert len((await visited(road)).alerts) == 3
        await deliver(road)
        assert asked(place, "/hook") == 1
        now.passes(timedelta(hours=1))
        await deliver(road)
        assert asked(place, "/hook") == 2
