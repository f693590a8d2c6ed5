"""Documents that are a leak only together, through the real road."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from aiohttp import web

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.watcher.given import PATIENCE, listing, lists
from tests.world import World
from watcher import registry
from watcher.demo.roster import people
from watcher.model import Ref, Severity
from watcher.pipeline import Road, visit
from watcher.pipeline.series import series_of
from watcher.store import AlertRow, Book

POSTS, EACH = 50, 5


def post(rows: Sequence[Mapping[str, str]], number: int) -> bytes:
    """A few names, as somebody adds them to a thread day after day: too little by themselves."""
    names = [f"{row['forename'][0]}. {row['surname']}" for row in rows]
    return ("\n".join([f"part {number}", *names]) + "\n").encode()


def posts(place: Site, rows: Sequence[Mapping[str, str]], folder: str = "thread") -> None:
    paths = [f"/{folder}/{number}" for number in range(1, POSTS + 1)]
    lists(place, *paths)
    for at, path in enumerate(paths):
        place.says(path, post(rows[at * EACH : (at + 1) * EACH], at + 1))


async def watched(road: Road) -> list[AlertRow]:
    table = road.config.sources["archive"]
    await visit(road, table, registry.source(table, road.config.path))
    return await road.store.do(Book.alerts)


async def test_fifty_posts_of_five_names_are_one_list(
    world: World, built: Built, place: Site
) -> None:
    """One alert comes, when they are enough, and it says that others belong to it."""
    posts(place, world.rows[: POSTS * EACH])
    async with built(listing(place)) as road:
        (alert,) = await watched(road)
        finding = alert.finding
        assert (finding.rule, finding.severity) == ("accumulated", Severity.MEDIUM)
        assert finding.bits >= 24
        assert "documents of this source in 7 days" in finding.reasons[-1]
        assert EACH < finding.count <= POSTS * EACH
        assert (await road.store.do(Book.counts))["clean"] == POSTS - 1
        before, whole = await road.store.do(
            Book.before,
            Ref(source="archive", key="another", url=""),
            series=series_of(alert.url),
            roster=road.known.roster,
            now=road.now(),
        )
        # What the alert tells is not kept again; what the others left is.
        assert alert.key not in before.sealed
        assert len(before.sealed) == POSTS - 1
        assert (before.told, whole.told) == (Severity.MEDIUM, Severity.MEDIUM)


async def test_fifty_innocent_posts_are_none(built: Built, place: Site) -> None:
    """Names of strangers who are called like anybody else, our people among them."""
    posts(place, people(seed=977, count=POSTS * EACH))
    async with built(listing(place)) as road:
        assert await watched(road) == []


async def test_a_kill_between_documents_loses_nothing(
    world: World, built: Built, place: Site
) -> None:
    """Killed while the third post is fetched: what the first two left is there."""
    posts(place, world.rows[: POSTS * EACH])
    async with built(listing(place)):
        pass  # the configuration is written
    asked = asyncio.Event()

    async def silent(_: web.Request) -> web.StreamResponse:
        asked.set()
        await asyncio.Event().wait()
        return web.Response()

    said, place.pages["/thread/3"] = place.pages["/thread/3"], silent
    process = await world.start("scan")
    await asyncio.wait_for(asked.wait(), PATIENCE)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    place.pages["/thread/3"] = said
    process = await world.start("scan")
    await asyncio.wait_for(process.wait(), PATIENCE)
    with Book.open(world.data / "watcher.db") as book:
        assert [each.finding.rule for each in book.alerts()] == ["accumulated"]
        assert book.counts()["documents"] == POSTS


async def test_what_is_older_than_a_week_does_not_count(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """A post every eight days: never a list, however many there have been."""
    rows = world.rows
    async with built(listing(place)) as road:
        for number in range(16):
            lists(place, f"/thread/{number}")
            place.says(f"/thread/{number}", post(rows[number * EACH : (number + 1) * EACH], number))
            assert await watched(road) == []
            now.passes(timedelta(days=8))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/t/17/page-3", "https://A.example/t/18/page-4", True),
        ("https://a.example/raw/Xyz1", "https://a.example/raw/Abc?x=1", True),
        ("https://a.example/t/one/3", "https://a.example/t/two/3", False),
        ("https://a.example/raw/1", "https://b.example/raw/1", False),
        ("archive-entry", "another", True),
    ],
)
def test_a_series_is_an_address_without_numbers_and_last_step(
    one: str, other: str, *, same: bool
) -> None:
    """And its mark tells nothing of it."""
    assert (series_of(one) == series_of(other)) is same
    assert len(series_of(one)) == 16
