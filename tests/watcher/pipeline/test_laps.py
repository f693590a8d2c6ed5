"""A stream is a listing that does not end: each lap is stored whole."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.watcher.pipeline.visits import Fragile, counts
from tests.world import World, leaked_csv
from watcher.api import Body, Capture, Reached, Ref, SourceError, Web
from watcher.config.settings import SourceTable
from watcher.match import Matching
from watcher.pipeline import Road, visit
from watcher.store import Book


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
