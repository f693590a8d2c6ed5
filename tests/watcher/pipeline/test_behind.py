"""A file behind an item's page travels the whole road: owed with its page, read in the same visit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site, site
from tests.watcher.given import capture, listing
from tests.world import World, leaked_csv
from watcher import registry
from watcher.api import Capture, Reached, Ref, Web
from watcher.model import Partial, Why
from watcher.pipeline import Road, Visited, take, visit
from watcher.pipeline.behind import MOST, fetched, left_out
from watcher.store import AlertRow, Book

HTML = {"Content-Type": "text/html"}
HOUR = timedelta(hours=1)


def links(place: Site, path: str, *files: str, word: str = "x") -> str:
    """A page with these files behind it."""
    body = f"<p>{word}</p>" + "".join(f'<a class="f" href="{each}">f</a>' for each in files)
    return place.says(path, body.encode(), headers=HTML)


def lists(place: Site, *paths: str) -> None:
    body = "".join(f'<a class="item" href="{path}">x</a>' for path in paths)
    place.says("/list", body.encode(), headers=HTML)


def archive(place: Site) -> str:
    return listing(place).replace('item = "a"', 'item = "a.item"\nfiles = ".f"')


async def visited(road: Road) -> Visited:
    table = road.config.sources["archive"]
    return await visit(road, table, registry.source(table, road.config.path))


class Edited:
    """The archive, which says of each item that it is of this version."""

    name = "archive"
    every = timedelta(minutes=1)

    def __init__(self, road: Road, version: str) -> None:
        self._archive = registry.source(road.config.sources["archive"], road.config.path)
        self._version = version

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture | Reached]:
        async for each in self._archive.discover(web):
            assert isinstance(each, Ref)
            yield replace(each, version=self._version)

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        return await self._archive.fetch(web, ref)


def asked(place: Site, path: str) -> int:
    return sum(1 for _, each, _ in place.asked if each == path)


async def alerts(road: Road) -> list[AlertRow]:
    return list(reversed(await road.store.do(Book.alerts)))


async def test_a_leak_in_a_file_is_an_alert_that_says_behind_which_page(
    world: World, built: Built, place: Site
) -> None:
    """In the visit that brought the page, also at another host; the page itself is read as ever."""
    async with site() as away:
        url = away.says("/files/list.csv", leaked_csv(world.rows[:40]))
        lists(place, "/answer", "/dull")
        links(place, "/answer", url)
        links(place, "/dull")
        async with built(archive(place)) as road:
            done = await visited(road)
            assert (done.listed, done.new, done.documents, done.missed) == (2, 2, 3, ())
            (row,) = await alerts(road)
            assert (row.id, row.source, row.url) == (done.alerts[0], "archive", url)
            assert row.page == place.url("/answer")
            assert row.context == ("it is a file behind a page that is no alert",)
            assert str(row.finding.severity) == "critical"
        assert away.rules == ["/robots.txt"]
    (said,) = world.run("alerts", "--json").objects
    assert (said["document"], said["page"]) == (url, place.url("/answer"))
    assert place.url("/answer") in world.run("show", row.id).out


async def test_robots_txt_of_the_file_s_host_is_honoured(built: Built, place: Site) -> None:
    """As of any host; what it forbids is told, and is nobody's clean document."""
    async with site() as away:
        url = away.says("/files/list.csv", b"x")
        away.says("/robots.txt", b"User-agent: *\nDisallow: /files/\n")
        lists(place, "/answer")
        links(place, "/answer", url)
        async with built(archive(place)) as road:
            (missed,) = (await visited(road)).missed
            assert missed.document == url
            assert "robots.txt" in missed.problem
        assert asked(away, "/files/list.csv") == 0


async def test_a_file_of_two_pages_is_fetched_once(built: Built, place: Site) -> None:
    """And what it names itself is not: one hop."""
    lists(place, "/1", "/2")
    for page in ("/1", "/2"):
        links(place, page, "/terms.html")
    links(place, "/terms.html", "/deep.csv")
    place.says("/deep.csv", b"x")
    async with built(archive(place)) as road:
        for _ in range(2):
            await visited(road)
        assert [asked(place, path) for path in ("/terms.html", "/deep.csv")] == [1, 0]
        assert await road.store.do(Book.waiting) == {}


async def test_a_file_that_fails_is_its_own_trouble(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """The page stands, the other files are read, and this one is tried again."""
    lists(place, "/answer")
    links(place, "/answer", "/gone.csv", "/later.csv", "/good.csv")
    place.says("/later.csv", status=500)
    place.says("/good.csv", b"Tea.\n")
    async with built(archive(place)) as road:
        done = await visited(road)
        assert (done.documents, len(done.missed), done.error) == (2, 2, "")
        assert await road.store.do(Book.waiting) == {"archive": 1}
        now.passes(HOUR)
        place.says("/later.csv", leaked_csv(world.rows[:40]))
        assert (await visited(road)).alerts == ("A-1",)
        assert asked(place, "/answer") == asked(place, "/gone.csv") == 1


@pytest.mark.parametrize("word", ["the same words", "other words"])
async def test_a_file_that_was_replaced_is_found_when_its_page_comes_again(
    world: World, built: Built, place: Site, now: Now, word: str
) -> None:
    """Whether the page changed or not; what stayed as it was is not read again."""
    lists(place, "/answer")
    links(place, "/answer", "/a.csv", "/b.csv", word="the same words")
    place.says("/a.csv", leaked_csv(world.rows[:40]))
    place.says("/b.csv", b"Tea.\n")
    async with built(archive(place)) as road:
        table = road.config.sources["archive"]
        await visit(road, table, Edited(road, "1"))
        now.passes(HOUR)
        place.says("/a.csv", leaked_csv(world.rows[:45]))
        links(place, "/answer", "/a.csv", "/b.csv", word=word)
        done = await visit(road, table, Edited(road, "2"))
        changed = word != "the same words"
        assert (done.documents, done.alerts) == (1 + changed, ("A-2",))
        first, second = await alerts(road)
        assert (first.incident, first.url) == (second.incident, second.url)
        assert [asked(place, path) for path in ("/a.csv", "/b.csv")] == [2, 2]
        await visit(road, table, Edited(road, "2"))
        assert asked(place, "/answer") == asked(place, "/a.csv") == 2


async def test_nothing_is_lost_between_page_and_file(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """What was owed with the page waits in the store for another process."""
    lists(place, "/answer")
    links(place, "/answer", "/a.csv")
    place.says("/a.csv", status=503)
    async with built(archive(place)) as road:
        await visited(road)
    place.says("/a.csv", leaked_csv(world.rows[:40]))
    now.passes(HOUR)
    place.says("/list", status=404)  # the listing has forgotten it
    async with built() as road:
        await visited(road)
        assert [row.url for row in await alerts(road)] == [place.url("/a.csv")]


async def test_so_many_files_and_what_is_beyond_is_told(built: Built) -> None:
    """In their order, each once; a page with more was not wholly read."""
    refs = [Ref(source="test", key=str(n // 2), url="x") for n in range(2 * MOST + 2)]
    async with built("") as road:
        page = replace(capture(road, b"Tea.\n"), files=tuple(refs))
        assert [each.key for each in fetched(page)] == [str(n) for n in range(MOST)]
        taken = await take(road, page)
        assert isinstance(taken.outcome, Partial)
        (unread,) = taken.outcome.unread
        assert (unread.where, unread.why) == ("files behind it beyond the first 100", Why.LIMIT)
        assert left_out(replace(page, files=tuple(refs[:-2]))) == ()
