"""The time of day is set while the service runs: one word about the clock, none about any source."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.watcher.conftest import Built, Now
from tests.watcher.daemon.given import MINUTE, Heard, Minded, hearing, listings, minding
from tests.watcher.fetch.site import Site
from tests.world import World, without_canary
from watcher.daemon.canary import WAITING
from watcher.health import BLIND, QUIET, SOURCE
from watcher.model import Notice, Severity
from watcher.store import Book

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EVERY = {"often": 15 * MINUTE, "hourly": HOUR, "daily": 12 * HOUR}
JUMPS = [DAY, -DAY, 365 * DAY, -365 * DAY, 10 * MINUTE, -10 * MINUTE]


class Watch:
    """Sources that are visited at their own pace, looked at every quarter of an hour."""

    def __init__(self, minded: Minded) -> None:
        self.minded = minded
        self.left = dict.fromkeys(EVERY, timedelta(0))  # until each is visited next

    async def goes_on(self, span: timedelta) -> None:
        for _ in range(span // (15 * MINUTE)):
            for name, every in EVERY.items():
                if self.left[name] <= timedelta(0):
                    await self.minded.visited(name, new=2, every=every)
                    self.left[name] = every
                self.left[name] -= 15 * MINUTE
            await self.minded.look()
            self.minded.passes(15 * MINUTE)


def paced(place: Site) -> str:
    return "".join(listings(place, name, every=every) for name, every in EVERY.items())


def others(heard: Heard) -> list[tuple[str, str]]:
    """What was told besides the clock itself."""
    told = heard.notices()
    for each in heard.notices("clock"):
        told.remove(each)
    return told


@pytest.mark.parametrize("jump", JUMPS, ids=str)
async def test_no_source_is_told_of_and_the_clock_once(
    world: World, built: Built, place: Site, now: Now, jump: timedelta
) -> None:
    """Whatever a source's pace: it was not late, nor blind, nor quiet, then or a day later."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables + paced(place), now) as minded:
        road = minded.road
        watch = Watch(minded)
        await watch.goes_on(DAY + 5 * HOUR)
        now.passes(jump)
        await watch.goes_on(DAY)
        assert others(heard) == []
        assert heard.notices("clock") == [("", "set")]
        title = heard.bodies[0]["data"]["title"]
        assert ("forward" if jump > timedelta(0) else "back") in title
        for state in await road.store.do(Book.conditions):
            assert state.kind != "clock"
        for state in await road.store.do(Book.sources):
            assert state.next_due is not None
            assert state.next_due - now() <= EVERY[state.name] + timedelta(milliseconds=1)


@pytest.mark.parametrize("jump", [DAY, -DAY, -365 * DAY], ids=str)
async def test_a_source_that_was_held_back_is_told_of_all_the_same(
    world: World, built: Built, place: Site, now: Now, jump: timedelta
) -> None:
    """It went blind a minute before; that is not put off by a year."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables + listings(place, "a", "b", "c"), now) as minded:

        async def turn() -> None:
            minded.passes(5 * MINUTE)
            for name in ("b", "c"):
                await minded.visited(name, new=1)
            await minded.visited("a", "the marker is gone")
            await minded.look()

        await minded.visited("a", new=1)
        for _ in range(2):
            await turn()
        assert heard.notices() == []
        now.passes(jump)
        for _ in range(6):
            await turn()
        assert others(heard) == [("a", BLIND)]


async def test_a_quiet_source_that_brings_again_is_well_again(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Though it fell quiet in a year that is yet to come."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with minding(built, tables + listings(place, "a"), now) as minded:
        road = minded.road
        await minded.visited("a")
        title = "source a brings less than usual"
        quiet = Notice(
            kind=SOURCE, subject="a", state=QUIET, severity=Severity.LOW, title=title, at=now()
        )
        await road.store.do(Book.report, quiet, targets=road.severities)
        now.passes(-365 * DAY)
        await minded.look()
        for _ in range(6):
            minded.passes(5 * MINUTE)
            await minded.visited("a", new=3)
            await minded.look()
        assert others(heard) == [("a", "quiet"), ("a", "ok")]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
async def test_the_canary_is_expected_anew(
    world: World, built: Built, place: Site, now: Now, jump: timedelta
) -> None:
    """It is not late because the clock was set, and is late a while after if it does not come."""
    tables, heard = hearing(world, place)
    async with minding(built, tables, now) as minded:
        road = minded.road
        await minded.look()
        now.passes(jump)
        minded.passes(MINUTE)
        await minded.look()
        assert await road.store.do(Book.marked, WAITING) == now()
        assert others(heard) == []
        for _ in range(20):
            minded.passes(MINUTE)
            await minded.look()
        assert others(heard) == [("", "late")]


async def test_two_settings_between_two_looks_are_one(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """A day ahead and a year back within a minute: what was stored in between is due when the clock says."""
    without_canary(world)
    tables, _ = hearing(world, place)
    async with minding(built, tables + listings(place, "a", "b"), now) as minded:
        await minded.look()
        now.passes(DAY)
        await minded.visited("a")
        await minded.visited("b")
        now.passes(-366 * DAY)
        minded.passes(MINUTE)
        minded.armed = {"a": now() + MINUTE, "b": now() + 2 * MINUTE}
        await minded.look()
        store = minded.road.store
        due = [(await store.do(Book.source, name)).next_due for name in ("a", "b")]
    for at, told in zip(due, minded.armed.values(), strict=True):
        assert at is not None
        assert abs(at - told) <= timedelta(milliseconds=1)


async def test_a_clock_that_was_set_back_while_nothing_ran(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """What was due in an hour is due in an hour, not in a year and an hour."""
    without_canary(world)
    tables, _ = hearing(world, place)
    async with minding(built, tables + listings(place, "a"), now) as first:
        road = first.road
        await first.visited("a", every=HOUR)
        await first.look()
        now.passes(-365 * DAY)
        await Minded(road, now).mind.begin()
        state = await road.store.do(Book.source, "a")
        assert state.next_due is not None
        # Times are stored to the millisecond, rounded up.
        assert timedelta(0) < state.next_due - now() <= HOUR + timedelta(milliseconds=1)
