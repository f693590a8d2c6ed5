"""One visit to one source: nothing is lost, whatever the place answers."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from aiohttp import web

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.watcher.given import hooked, listing, lists
from tests.world import World, leaked_csv
from watcher import registry
from watcher.api import Body, Capture, Reached, Ref, SourceError, Web
from watcher.config.settings import SourceTable
from watcher.fetch import Fetcher
from watcher.match import Matching
from watcher.model import Part, Tally
from watcher.pipeline import Road, Visited, deliver, visit
from watcher.pipeline.visit import PIECE
from watcher.store import Book


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


class Fragile:
    """A matcher that breaks on what holds a certain word, until it is mended."""

    def __init__(self) -> None:
        self.broken = True

    def match(self, part: Part) -> Tally:
        if self.broken and "rain" in part.text:
            raise ZeroDivisionError
        return Tally()


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


async def test_a_listing_says_when_it_wants_to_be_asked_again(built: Built, place: Site) -> None:
    """Its Retry-After puts the next visit off, however often the operator would have it."""
    place.says("/list", status=503, headers={"Retry-After": "7200"})
    async with built(listing(place)) as road:
        done = await visited(road)
        assert done.next_due - road.now() >= timedelta(seconds=7200)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """A stream: windows of (text, named document, cursor), then a break."""

    windows: tuple[tuple[bytes, str, str], ...]
    url: str
    seen: list[tuple[str, str]]  # what the store knew when the next window was asked for
    road: Road
    name: str = "archive"
    every: timedelta = timedelta(minutes=1)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture | Reached]:
        await web.get(self.url)
        for body, path, cursor in self.windows:
            if cursor <= web.cursor:
                continue
            ref = Ref(source=self.name, key=cursor, url=self.url)
            yield Capture(ref=ref, taken_at=self.road.now(), url=ref.url, body=Body(body))
            yield Ref(source=self.name, key=path, url=f"{self.url}{path}")
            yield Reached(cursor=cursor)
            state = await self.road.store.do(Book.source, self.name)
            counts = await self.road.store.do(Book.counts)
            assert state.last_ok is not None
            self.seen.append((state.cursor, f"{counts['documents']} read {counts['pending']} owed"))
        raise SourceError("broke off")

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        return replace((await web.get(ref.url)).capture, ref=ref)


async def test_a_stream_is_stored_window_by_window(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """What it carried and named is settled before the next is asked for; then it goes on from there."""
    place.says("/live", b"x")
    for path in ("/live/1", "/live/2", "/live/3"):
        place.says(path, path.encode())
    table = SourceTable(name="archive", kind="speaking", enabled=True, options={})
    windows = ((b"rain\n", "/1", "c1"), (leaked_csv(world.rows[:30]), "/2", "c2"))
    raised: list[str] = []
    async with built("") as road:
        source = Speaking(windows=windows, url=place.url("/live"), seen=[], road=road)
        done = await visit(road, table, source, raised=lambda: raised.append("alert"))
        assert source.seen == [("c1", "2 read 0 owed"), ("c2", "4 read 0 owed")]
        assert (done.alerts, done.error, done.new, done.listed) == (("A-1",), "broke off", 4, 4)
        assert raised
        state = await road.store.do(Book.source, "archive")
        assert (state.failures, state.last_ok, state.items_last) == (1, now(), 2)
        more = replace(source, windows=(*windows, (b"tea\n", "/3", "c3")), seen=[])
        once = await visit(road, table, more, laps=1)
        assert (once.error, once.documents, more.seen) == ("", 2, [])
        assert (await road.store.do(Book.source, "archive")).cursor == "c3"


async def test_a_cursor_is_never_stored_without_what_was_named_before_it(
    built: Built, place: Site
) -> None:
    """One transaction: where the refs cannot be kept the stream is asked for them again."""
    place.says("/live", b"x")
    table = SourceTable(name="archive", kind="speaking", enabled=True, options={})
    async with built("") as road:
        await road.store.do(
            lambda book: book._db.execute(
                "CREATE TRIGGER full BEFORE INSERT ON pending WHEN new.key = '/1'"
                " BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        )
        windows = ((b"rain\n", "/1", "c1"),)
        source = Speaking(windows=windows, url=place.url("/live"), seen=[], road=road)
        with pytest.raises(sqlite3.IntegrityError):
            await visit(road, table, source)
        assert (await road.store.do(Book.source, "archive")).cursor == ""


async def test_what_of_a_stream_cannot_be_read_is_told_and_given_up(
    built: Built, place: Site
) -> None:
    """Nobody can bring it again: it does not stay owed, and it is not silence."""
    place.says("/live", b"x")
    place.says("/live/1", b"tea")
    table = SourceTable(name="archive", kind="speaking", enabled=True, options={})
    async with built("") as road:
        road.known = replace(road.known, matching=Matching({"fragile": Fragile()}))
        windows = ((b"rain\n", "/1", "c1"),)
        source = Speaking(windows=windows, url=place.url("/live"), seen=[], road=road)
        done = await visit(road, table, source)
        assert len(done.missed) == 1
        held = await counts(road)
        assert (held["failed"], held["pending"]) == (1, 0)
        assert (await road.store.do(Book.source, "archive")).cursor == "c1"
        road.known.matching.close()


async def test_forty_mirrors_of_a_leak_are_one_incident_and_one_card(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Also on the first visit to the place; the others are told together when it ends."""
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
        assert asked(place, "/hook") == 2
        held = await counts(road)
        assert (held["owed"], held["delivered"]) == (0, 40)


@pytest.mark.parametrize(("hours", "cards"), [(7, 2), (5, 1)])
async def test_what_comes_after_long_blindness_is_told_together_when_the_visit_ends(
    world: World, built: Built, place: Site, now: Now, hours: int, cards: int
) -> None:
    """As old news; what a place brings day by day to a known incident waits for its hour."""
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
        assert asked(place, "/hook") == cards


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
