"""What a source lists, once and for ever: carried content, streams, and listings that are sick."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

from aiohttp import web

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.watcher.given import listing, lists
from tests.watcher.pipeline.visits import Fragile, counts, visited
from tests.world import World, leaked_csv
from watcher import registry
from watcher.api import Body, Capture, Ref, SourceError, Web
from watcher.config.settings import SourceTable
from watcher.match import Matching
from watcher.pipeline import visit


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """A listing that carries its content itself, with validators of its own."""

    url: str
    entries: tuple[tuple[str, bytes], ...]
    name: str = "archive"
    every: timedelta = timedelta(minutes=1)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        answer = await web.get(self.url)
        if answer.unchanged:
            return
        for key, body in self.entries:
            ref = Ref(source=self.name, key=key, url=f"{self.url}#{key}")
            taken_at = answer.capture.taken_at
            yield Capture(ref=ref, taken_at=taken_at, url=ref.url, body=Body(body))

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        raise SourceError("carried content was fetched")


async def test_carried_content_that_failed_is_brought_by_the_listing_again(
    built: Built, place: Site, now: Now
) -> None:
    """
    It is never fetched from elsewhere, and a 304 does not hide it.

    The other entries are read, and read once.
    """
    lists(place, "/1", etag='"same"')

    async def validated(request: web.Request) -> web.StreamResponse:
        status = 304 if request.headers.get("If-None-Match") == '"same"' else 200
        return web.Response(
            status=status, body=b"x" if status == 200 else None, headers={"ETag": '"same"'}
        )

    place.pages["/list"] = validated
    fragile = Fragile()
    table = SourceTable(name="archive", kind="carrying", enabled=True, options={})
    source = Carrying(url=place.url("/list"), entries=(("a", b"rain\n"), ("b", b"tea\n")))
    async with built("") as road:
        road.known = replace(road.known, matching=Matching({"fragile": fragile}))
        first = await visit(road, table, source)
        assert (first.documents, len(first.missed), first.error) == (2, 1, "")
        fragile.broken = False
        assert (await visit(road, table, source)).documents == 0, "not due yet"
        now.passes(timedelta(minutes=2))
        again = await visit(road, table, source)
        assert (again.documents, again.missed) == (1, ())
        held = await counts(road)
        assert (held["clean"], held["pending"]) == (2, 0)
        sent = [headers.get("If-None-Match") for _, _, headers in place.asked]
        assert sent == [None, '"same"', None]
        road.known.matching.close()


async def test_carried_content_that_the_listing_forgot_is_failed(
    built: Built, place: Site, now: Now
) -> None:
    """Nobody can bring it again; it is told as missed and does not stay owed."""
    place.says("/list", b"x")
    table = SourceTable(name="archive", kind="carrying", enabled=True, options={})
    full = Carrying(url=place.url("/list"), entries=(("a", b"rain\n"), ("b", b"tea\n")))
    async with built("") as road:
        road.known = replace(road.known, matching=Matching({"fragile": Fragile()}))
        await visit(road, table, full)
        now.passes(timedelta(minutes=2))
        done = await visit(road, table, replace(full, entries=full.entries[1:]))
        assert [missed.problem for missed in done.missed] == ["the listing no longer carries it"]
        held = await counts(road)
        assert (held["failed"], held["pending"]) == (1, 0)
        road.known.matching.close()


async def test_carried_content_that_was_edited_is_read_again(
    world: World, built: Built, place: Site
) -> None:
    """By its own hash, where the listing says nothing of versions."""
    place.says("/list", b"x")
    table = SourceTable(name="archive", kind="carrying", enabled=True, options={})
    before = Carrying(url=place.url("/list"), entries=(("a", b"rain\n"), ("b", b"tea\n")))
    after = replace(before, entries=(("a", leaked_csv(world.rows[:30])), ("b", b"tea\n")))
    async with built("") as road:
        assert (await visit(road, table, before)).documents == 2
        assert (await visit(road, table, before)).documents == 0
        edited = await visit(road, table, after)
        assert (edited.documents, edited.alerts) == (1, ("A-1",))
        assert (await visit(road, table, after)).documents == 0


async def test_after_an_error_the_listing_is_asked_for_whole(built: Built, place: Site) -> None:
    """A good visit's ETag is not sent after a bad one: what we remember may be the trouble."""
    lists(place, "/1", etag='"v"')
    place.says("/1", b"Tea.\n")
    async with built(listing(place)) as road:
        assert (await visited(road)).error == ""
        place.says("/list", status=500)
        assert "500" in (await visited(road)).error
        lists(place, "/1", etag='"v"')
        assert (await visited(road)).error == ""
        sent = [headers.get("If-None-Match") for _, path, headers in place.asked if path == "/list"]
        assert sent == [None, '"v"', None]


async def test_a_listing_without_end_is_bounded_and_told(built: Built, place: Site) -> None:
    """What stood first is read; that there was more makes the source sick, and saves no validator."""
    lists(place, *(f"/{number}" for number in range(9)), etag='"many"')
    for number in range(9):
        place.says(f"/{number}", b"Tea.\n")
    async with built(listing(place)) as road:
        table = road.config.sources["archive"]
        source = registry.source(table, road.config.path)
        done = await visit(road, table, source, most=4)
        assert (done.listed, done.documents) == (4, 4)
        assert "more than 4 items" in done.error
        whole = await visit(road, table, source, most=9)
        assert (whole.error, whole.new, whole.documents) == ("", 5, 5)
        sent = [headers.get("If-None-Match") for _, path, headers in place.asked if path == "/list"]
        assert sent == [None, None]
