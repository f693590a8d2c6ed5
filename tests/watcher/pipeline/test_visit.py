"""One visit to one source: nothing is lost, whatever the place answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.world import World, leaked_csv
from watcher import registry
from watcher.api import Capture, Ref, Web
from watcher.config.settings import SourceTable
from watcher.pipeline import Road, Visited, visit
from watcher.store import Book


def listing(place: Site) -> str:
    return f"""
[sources.archive]
kind = "listing"
every = "1m"
url = "{place.url("/list")}"
item = "a"
"""


def lists(place: Site, *paths: str, etag: str = "") -> None:
    links = "".join(f'<a href="{path}">x</a>' for path in paths)
    headers = {"Content-Type": "text/html"} | ({"ETag": etag} if etag else {})
    place.says("/list", f"<p>{links}</p>".encode(), headers=headers)


async def visited(road: Road) -> Visited:
    table = road.config.sources["archive"]
    return await visit(road, table, registry.source(table, road.config.path))


def asked(place: Site, path: str) -> int:
    return sum(1 for _, each, _ in place.asked if each == path)


async def counts(road: Road) -> dict[str, int]:
    return dict(await road.store.do(Book.counts))


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


async def test_validators_wait_for_a_listing_that_was_whole(built: Built, place: Site) -> None:
    """A page with less than there always is saves no ETag: the next visit sees it whole."""
    lists(place, etag='"empty"')
    async with built(listing(place)) as road:
        bad = await visited(road)
        assert "listed 0" in bad.error
        lists(place, "/1", etag='W/"full"')
        place.says("/1", b"Tea.\n")
        good = await visited(road)
        assert (good.error, good.documents) == ("", 1)
        await visited(road)
        sent = [headers.get("If-None-Match") for _, path, headers in place.asked if path == "/list"]
        assert sent == [None, None, 'W/"full"']


async def test_a_429_leaves_the_rest_pending_and_asks_nobody_twice(
    built: Built, place: Site
) -> None:
    """One refusal with Retry-After ends the visit; the other documents have not failed."""
    lists(place, "/1", "/2", "/3")
    place.says("/1", status=429, headers={"Retry-After": "600"})
    async with built(listing(place)) as road:
        done = await visited(road)
        assert [path for _, path, _ in place.asked] == ["/list", "/1"]
        assert done.next_due - road.now() >= timedelta(seconds=600)
        held = await counts(road)
        assert (held["pending"], held["failed"]) == (3, 0)


async def test_a_stop_falls_between_two_documents(built: Built, place: Site) -> None:
    """What was not begun stays pending, and is read at the next visit."""
    lists(place, "/1", "/2")
    place.says("/1", b"Tea.\n")
    place.says("/2", b"Rain.\n")
    async with built(listing(place)) as road:
        table = road.config.sources["archive"]
        source = registry.source(table, road.config.path)
        answers = iter([False, True])
        first = await visit(road, table, source, stopping=lambda: next(answers))
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
