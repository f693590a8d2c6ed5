"""The heartbeat: it comes while all is well, and stops when something here is not."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from tests.watcher.conftest import Built, Now
from tests.watcher.daemon.given import MINUTE, Minded, found, hearing, locked, minding, owes
from tests.watcher.fetch.site import Site
from tests.watcher.given import PATIENCE, configured
from tests.world import World, without_canary
from watcher.daemon import Daemon
from watcher.pipeline import deliver
from watcher.store import Book


class Beats:
    """The address elsewhere, which counts."""

    def __init__(self, world: World, place: Site) -> None:
        self.count = 0
        self.status = 200
        self.came = asyncio.Event()
        place.pages["/beat"] = self._take
        url = world.secret("beat.url", place.url("/beat"))
        self.table = f'[heartbeat]\nurl = {{ file = "{url}" }}\n'

    async def _take(self, request: web.Request) -> web.StreamResponse:
        assert request.method == "GET"
        self.count += 1
        self.came.set()
        return web.Response(status=self.status)

    async def counted(self, minded: Minded, looks: int) -> int:
        """How many come with so many looks, a minute apart."""
        before = self.count
        for _ in range(looks):
            minded.passes(MINUTE)
            await minded.look()
        return self.count - before


async def test_a_daemon_that_is_well_sends_it(world: World, built: Built, place: Site) -> None:
    """The service as it runs: canary found, store written, the address asked for."""
    beats = Beats(world, place)
    config = await configured(world, built, beats.table)
    stop = asyncio.Event()
    running = asyncio.create_task(Daemon(config, look=timedelta(seconds=0.05)).run(stop))
    async with asyncio.timeout(PATIENCE):
        for _ in range(3):
            await beats.came.wait()
            beats.came.clear()
        stop.set()
        await running
    with Book.open(config.store) as book:
        assert book.returned() is not None
        assert book.alerts() == []


async def test_a_daemon_whose_canary_does_not_come_back_sends_none(
    world: World, built: Built, place: Site, tmp_path: Path
) -> None:
    """The service as it runs: nobody lists the page that it writes, so it says so and falls silent."""
    text = world.config.read_text().replace('place = "local"', f'place = "{tmp_path / "page.txt"}"')
    world.config.write_text(text.replace('within = "15m"', 'within = "1s"'))
    beats = Beats(world, place)
    tables, heard = hearing(world, place)
    config = await configured(world, built, beats.table + tables)
    stop = asyncio.Event()
    running = asyncio.create_task(Daemon(config, look=timedelta(seconds=0.05)).run(stop))
    async with asyncio.timeout(PATIENCE):
        await heard.came.wait()
        assert heard.notices() == [("", "late")]
        before = beats.count
        heard.came.clear()
        await in_its_place(config.evidence_directory)  # so that a later look tells something
        await heard.came.wait()
        stop.set()
        await running
    assert 0 < beats.count == before


async def in_its_place(folder: Path) -> None:
    """A file where the folder was, though somebody may just be trying the folder."""
    while not folder.is_file():
        with contextlib.suppress(OSError):
            folder.rmdir()
            folder.touch()
        await asyncio.sleep(0)


async def test_it_stops_while_the_canary_is_late(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """No return within its time: nothing more is sent until it is back."""
    beats = Beats(world, place)
    async with minding(built, beats.table, now) as minded:
        assert await beats.counted(minded, 15) == 15
        assert await beats.counted(minded, 20) == 0
        await found(minded)
        assert await beats.counted(minded, 2) == 2


async def test_it_stops_while_a_target_takes_nothing(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Owed for half an hour, or tried four times, whose waits are drawn by lot: deliveries do not flow."""
    without_canary(world)
    beats = Beats(world, place)
    tables, heard = hearing(world, place)
    async with minding(built, beats.table + tables, now) as minded:
        heard.status = 500
        await owes(minded, world)
        assert await beats.counted(minded, 15) == 15
        await beats.counted(minded, 16)
        assert await beats.counted(minded, 30) == 0
        heard.status = 200
        minded.passes(timedelta(days=1))
        await minded.look()
        assert await beats.counted(minded, 2) == 2


async def test_it_stops_while_all_that_is_told_is_given_up(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """The only target wants no more of it (410): nothing is owed, and nobody hears of anything."""
    without_canary(world)
    beats = Beats(world, place)
    tables, heard = hearing(world, place)
    async with minding(built, beats.table + tables, now) as minded:
        road = minded.road
        assert await beats.counted(minded, 2) == 2
        heard.status = 410
        await owes(minded, world)
        await deliver(road)
        assert await beats.counted(minded, 5) == 0


async def test_it_is_not_sent_where_the_canary_is_not_enrolled(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """It is wanted and is not there, so that nobody knows whether watching works."""
    beats = Beats(world, place)
    async with built(beats.table) as road:
        road.known = replace(road.known, canary=None)
        minded = Minded(road, now)
        await minded.mind.begin()
        assert await beats.counted(minded, 3) == 0


async def test_it_stops_while_the_store_is_locked(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """A store that cannot be written is none."""
    without_canary(world)
    beats = Beats(world, place)
    async with minding(built, beats.table, now) as minded:
        road = minded.road
        assert await beats.counted(minded, 1) == 1
        held = await locked(road)
        before = beats.count
        for _ in range(3):
            minded.passes(MINUTE)
            await minded.mind.look()
        assert beats.count == before
        held.close()
        assert await beats.counted(minded, 1) == 1


async def test_an_address_that_does_not_answer_is_told(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """After five failures in a row, once; and once when it answers again. The address is not in it."""
    without_canary(world)
    beats = Beats(world, place)
    tables, heard = hearing(world, place)
    async with minding(built, beats.table + tables, now) as minded:
        beats.status = 404  # after five of another trouble the host would rest
        await beats.counted(minded, 4)
        assert heard.notices() == []
        await beats.counted(minded, 10)
        assert heard.notices() == [("", "failing")]
        assert "/beat" not in str(heard.bodies)
        beats.status = 200
        await beats.counted(minded, 3)
        assert heard.notices() == [("", "failing"), ("", "ok")]


async def test_without_an_address_nothing_is_asked(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Nobody is asked for anything that the configuration does not name."""
    without_canary(world)
    async with minding(built, "", now) as minded:
        await minded.look()
        assert place.asked == []
