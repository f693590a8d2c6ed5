"""What a visit learns of the place itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.watcher.given import listing, lists
from watcher import registry
from watcher.config.settings import SourceTable
from watcher.errors import StoreError
from watcher.pipeline import Road, Visited, visit
from watcher.pipeline.places import mark
from watcher.store import Book, Place


async def visited(road: Road, name: str = "archive") -> Visited:
    table = road.config.sources[name]
    return await visit(road, table, registry.source(table, road.config.path))


def asked(place: Site) -> list[str]:
    return [path for _, path, _ in place.asked]


async def test_what_is_gone_for_good_is_not_asked_again(
    built: Built, place: Site, now: Now
) -> None:
    """One request, however often its time comes; a table that says something else is asked."""
    place.says("/list", status=410)
    async with built(listing(place)) as road:
        assert "410" in (await visited(road)).error
        for _ in range(3):
            now.passes(timedelta(hours=7))
            again = await visited(road)
            assert "is not asked again" in again.error
        assert asked(place) == ["/list"]
        lists(place, "/1")
        place.says("/1", b"Tea.\n")
        table = road.config.sources["archive"]
        table = replace(table, options={**table.options, "minimum": 1})
        done = await visit(road, table, registry.source(table, road.config.path))
        assert (done.error, done.documents) == ("", 1)
        assert await road.store.do(Book.place, "archive") == Place()


def test_a_table_that_asks_for_something_else_has_another_mark() -> None:
    """By its way, its kind and what it says to it; how often it is asked makes it no other place."""
    table = SourceTable(name="a", kind="listing", enabled=True, options={"url": "u", "item": "a"})
    others = (
        replace(table, via="tor"),
        replace(table, kind="feed"),
        replace(table, options={"url": "v", "item": "a"}),
    )
    assert len({mark(each) for each in (table, *others)}) == 4
    same = replace(table, pace=timedelta(minutes=1), options={"item": "a", "url": "u"})
    assert mark(same) == mark(table)


async def test_a_listing_that_is_not_found_is_one_request_a_visit(
    built: Built, place: Site
) -> None:
    """A 404 may be a mistake of the day: it is asked again, later and later."""
    place.says("/list", status=404)
    async with built(listing(place)) as road:
        dues = []
        for _ in range(4):
            done = await visited(road)
            dues.append((done.next_due - road.now()).total_seconds())
        assert asked(place) == ["/list"] * 4
        assert dues == sorted(dues)
        assert dues[-1] >= 8 * 60


async def test_where_it_moved_for_good_is_remembered(built: Built, place: Site) -> None:
    """Only where every redirect says so, and only visit after visit."""
    lists(place, "/1")
    place.pages["/new"] = place.pages["/list"]
    place.says("/1", b"Tea.\n")
    async with built(listing(place)) as road:
        for status, visits in ((301, 1), (308, 2), (302, 0), (301, 1), (301, 2), (301, 3)):
            place.says("/list", status=status, headers={"Location": "/new"})
            assert (await visited(road)).error == ""
            known = await road.store.do(Book.place, "archive")
            assert known.visits == visits
            assert known.moved == (place.url("/new") if visits else "")


async def test_a_wish_to_be_left_alone_outlives_a_restart(
    built: Built, place: Site, now: Now
) -> None:
    """Of a document's host as of a listing's, for every source."""
    lists(place, "/1", "/2")
    place.says("/1", status=429, headers={"Retry-After": "21600"})
    async with built(listing(place)) as road:
        await visited(road)
    assert asked(place) == ["/list", "/1"]
    now.passes(timedelta(hours=5))
    async with built("") as road:
        done = await visited(road)
        assert "asked to be left alone" in done.error
        assert asked(place) == ["/list", "/1"]
    now.passes(timedelta(hours=2))
    place.says("/1", b"Tea.\n")
    place.says("/2", b"Rain.\n")
    async with built("") as road:
        assert (await visited(road)).documents == 2


async def test_what_robots_txt_forbids(built: Built, place: Site) -> None:
    """A document: one failure, final, without a request. A listing: the source says so."""
    lists(place, "/1", "/open")
    place.says("/robots.txt", b"User-agent: *\nDisallow: /1\n")
    place.says("/1", b"Rain.\n")
    place.says("/open", b"Tea.\n")
    async with built(listing(place)) as road:
        done = await visited(road)
        assert (done.error, done.documents, len(done.missed)) == ("", 1, 1)
        assert "robots.txt" in done.missed[0].problem
        held = dict(await road.store.do(Book.counts))
        assert (held["pending"], held["failed"], held["clean"]) == (0, 1, 1)
        assert "/1" not in asked(place)
    place.says("/robots.txt", b"User-agent: leak-watcher\nDisallow: /\n")
    async with built("") as road:
        done = await visited(road)
        assert "robots.txt asks not to fetch this" in done.error
        assert 'robots = "why it is not asked"' in done.error
    leave = listing(place).replace("archive", "leave")
    async with built(leave + 'robots = "leave from its operator, May 2026"\n') as road:
        assert (await visited(road, "leave")).error == ""


async def test_how_long_a_host_wants_to_be_left_alone_outlives_a_store_that_failed(
    built: Built, place: Site, now: Now
) -> None:
    """It is stored with the next visit; and where it is another thing that fails, with this one."""
    place.says("/list", status=503, headers={"Retry-After": "3600"})

    def trigger(book: Book, sql: str) -> None:
        book._db.execute(sql)

    fails = "BEGIN INSERT INTO nowhere VALUES (1); END"
    async with built(listing(place)) as road:
        await road.store.do(trigger, f"CREATE TRIGGER one BEFORE INSERT ON hold {fails}")
        with pytest.raises(StoreError):
            await visited(road)
        await road.store.do(trigger, "DROP TRIGGER one")
        await road.store.do(trigger, f"CREATE TRIGGER two BEFORE INSERT ON visit_last {fails}")
        with pytest.raises(StoreError):
            await visited(road)
        (held,) = await road.store.do(Book.holds, now=road.now())
        assert held.host == "127.0.0.1"
        await road.store.do(trigger, "DROP TRIGGER two")
        asked_at = (await road.store.do(Book.source, "archive")).tried_at
        now.passes(timedelta(minutes=1))
        assert "another" in (await visited(road)).error
        after = (await road.store.do(Book.source, "archive")).tried_at
        assert after == asked_at, "visited, and nobody asked"
    assert asked(place) == ["/list"]
