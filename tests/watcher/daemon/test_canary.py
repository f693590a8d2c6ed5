"""The canary: published, found by the real way, told to nobody; and missed when it does not come."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from tests.watcher.conftest import Built, Now
from tests.watcher.daemon.given import MINUTE, Minded, found, hearing, minding
from tests.watcher.fetch.site import Site
from tests.watcher.given import capture
from tests.world import World, csv_of, leaked_csv
from watcher import canary, registry
from watcher.daemon.canary import KEPT
from watcher.pipeline import Road, deliver, visit
from watcher.pipeline.work import Work
from watcher.store import Book


async def test_it_comes_back_by_the_real_way_and_nobody_is_told(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Listed, fetched, read, matched, judged, recorded and stored, with evidence; no card, no alert shown."""
    tables, heard = hearing(world, place)
    async with minding(built, tables, now) as minded:
        road = minded.road
        await found(minded)
        await minded.look()
        assert heard.bodies == []
        back = await road.store.do(Book.returned)
        assert back is not None
        assert back.source == "canary"
        assert await road.store.do(Book.alerts) == []
        (row,) = await road.store.do(lambda book: book.alerts(canary=True))
        assert canary.is_ref(row.finding.officers[0])
        assert (road.config.evidence_directory / row.evidence.file).is_file()
        assert (await road.store.do(Book.counts))["alerts"] == 0
        await road.store.do(Book.check)


async def test_its_absence_is_told_once_and_its_return_too(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Publishing again and again does not put the time off; what ends it is a return."""
    tables, heard = hearing(world, place)
    async with minding(built, tables, now) as minded:
        for _ in range(30):
            minded.passes(10 * MINUTE)
            await minded.look()
        assert heard.notices() == [("", "late")]
        assert heard.bodies[0]["data"]["severity"] == "high"
        await found(minded)
        await minded.look()
        await minded.look()
        assert heard.notices() == [("", "late"), ("", "ok")]


async def test_it_is_in_time_hour_after_hour_and_leaves_nothing_behind(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Each hour another page; after two days its evidence goes, and the chain is whole all the same."""
    tables, heard = hearing(world, place)
    async with minding(built, tables, now) as minded:
        road = minded.road
        for _ in range(6):
            await found(minded)
            minded.passes(KEPT / 3)
            await minded.look()
        assert heard.notices() == []
        rows = await road.store.do(lambda book: book.alerts(canary=True))
        assert len(rows) == 6
        kept = [
            each for each in rows if (road.config.evidence_directory / each.evidence.file).exists()
        ]
        assert 0 < len(kept) < len(rows)
        assert len(list((road.config.data / "canary").iterdir())) == 1
        assert {row.file for row in await road.store.do(Book.evidence)} == {
            each.evidence.file for each in kept
        }
    done = world.run("verify", "--json")
    assert done.code == 0, done


async def test_a_leak_that_holds_the_canary_is_a_leak(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Whoever is beside it is told of: only a document of the canary alone is its return."""
    tables, heard = hearing(world, place)
    async with built(tables) as road:
        who = road.known.canary
        assert who is not None
        mixed = canary.page(who, now=now()).encode() + b"\n" + leaked_csv(world.rows[:40])
        table = Minded(road, now).keeper.source()["canary"][0]
        work = Work(road, table, stop=asyncio.Event())
        await work.read(capture(road, mixed))
        assert len(work.alerts) == 1
        assert await deliver(road) == 1
        assert heard.bodies[0]["type"] == "watcher.alert"
        assert await road.store.do(Book.returned) is None


async def test_it_may_be_published_elsewhere_and_found_by_another_source(
    world: World, built: Built, place: Site, now: Now, tmp_path: Path
) -> None:
    """A file of the operator's site that a source of his lists: the way out is tried as well."""
    page = tmp_path / "site" / "page.txt"
    page.parent.mkdir()
    world.config.write_text(
        world.config.read_text().replace('place = "local"', f'place = "{page}"')
    )
    listing = f'[sources.own]\nkind = "listing"\nurl = "{place.url("/own")}"\nitem = "a"\n'
    place.says("/own", b"<a href='/page.txt'>x</a>", headers={"Content-Type": "text/html"})
    async with built(listing) as road:
        minded = Minded(road, now)
        assert minded.keeper.source() == {}
        await minded.mind.begin()
        place.says("/page.txt", page.read_bytes())
        await _visit(road, "own")
        back = await road.store.do(Book.returned)
        assert back is not None
        assert back.source == "own"


async def test_publishing_again_does_not_put_the_time_off(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Where it may take as long as lies between two of them it is late all the same."""
    text = world.config.read_text()
    assert text.count('within = "15m"') == 1
    world.config.write_text(text.replace('within = "15m"', 'within = "1h"'))
    tables, heard = hearing(world, place)
    async with minding(built, tables, now) as minded:
        for _ in range(130):
            minded.passes(MINUTE)
            await minded.look()
        assert heard.notices() == [("", "late")]


async def test_one_that_is_not_enrolled_is_told(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """An index from before the canary was switched on knows none: the mend is to enrol again."""
    text = world.config.read_text()
    world.config.write_text(text.replace("enabled = true", "enabled = false"))
    assert world.run("enrol", "-", stdin=csv_of(world.rows)).code == 0
    world.config.write_text(text)
    tables, heard = hearing(world, place)
    async with minding(built, tables, now) as minded:
        road = minded.road
        await minded.look()
        await minded.look()
        assert heard.notices() == [("", "not enrolled")]
        assert road.known.people == len(world.rows)


async def _visit(road: Road, name: str) -> None:
    table, source = registry.enabled(road.config)[name]
    await visit(road, table, source)


async def test_a_copy_of_its_page_elsewhere_is_no_return(
    world: World, built: Built, place: Site, now: Now, tmp_path: Path
) -> None:
    """Where the source that finds it is named: another place that shows it makes up for nothing."""
    page = tmp_path / "page.txt"
    own = f'place = "{page}"\nsource = "own"'
    world.config.write_text(world.config.read_text().replace('place = "local"', own))
    tables, heard = hearing(world, place)
    for name in ("own", "board"):
        tables += (
            f'[sources.{name}]\nkind = "listing"\nurl = "{place.url(f"/{name}")}"\nitem = "a"\n'
        )
        place.says(f"/{name}", b"<a href='/page.txt'>x</a>", headers={"Content-Type": "text/html"})
    async with minding(built, tables, now) as minded:
        road = minded.road
        place.says("/page.txt", page.read_bytes())
        await _visit(road, "board")
        minded.passes(timedelta(hours=1))
        await minded.look()
        assert heard.notices("canary") == [("", "late")]
        place.says("/page.txt", page.read_bytes())
        await _visit(road, "own")
        await minded.look()
        assert heard.notices("canary") == [("", "late"), ("", "ok")]


async def test_a_return_of_a_clock_that_was_ahead_hides_no_lateness(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Found by a scan while the service was off and the clock wrong: what is awaited is awaited."""
    tables, heard = hearing(world, place)
    async with built(tables) as road:
        minded = Minded(road, now)
        await minded.mind.begin()
        await minded.look()
        now.passes(timedelta(days=400))
        await found(minded)
        now.passes(timedelta(days=-400))
        minded = Minded(road, now)
        await minded.mind.begin()
        for _ in range(30):
            minded.passes(10 * MINUTE)
            await minded.look()
        assert heard.notices() == [("", "late")]
