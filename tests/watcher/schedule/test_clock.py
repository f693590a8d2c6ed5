from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from watcher.schedule import Clock

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
ONE_DAY = datetime(2099, 1, 1, tzinfo=UTC)


class Due:
    """A clock and the names that came due, in order."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[str] = asyncio.Queue()
        self.clock = Clock(self.queue.put_nowait)

    async def names(self, count: int) -> list[str]:
        async with asyncio.timeout(20):
            return [await self.queue.get() for _ in range(count)]


@pytest.fixture
async def due() -> AsyncIterator[Due]:
    due = Due()
    due.clock.start()
    yield due
    due.clock.stop()


async def test_five_hundred_at_once_and_none_is_missed(due: Due) -> None:
    """All due in the same moment: each comes, once."""
    wanted = {f"source-{number}" for number in range(500)}
    now = datetime.now(UTC)
    for name in wanted:
        due.clock.arm(name, now)
    assert set(await due.names(500)) == wanted
    assert due.queue.empty()


async def test_what_was_due_long_ago_is_due_at_once(due: Due) -> None:
    """After a month switched off, a source is late and not skipped."""
    due.clock.arm("a", LONG_AGO)
    assert await due.names(1) == ["a"]


async def test_a_name_armed_before_the_start_is_not_lost() -> None:
    """The daemon arms what the store says, whatever comes first."""
    due = Due()
    due.clock.arm("a", LONG_AGO)
    due.clock.start()
    assert await due.names(1) == ["a"]
    due.clock.stop()


async def test_a_name_may_be_armed_again_from_within() -> None:
    """The same name at once, over and over: the scheduler would drop a run that overlaps the last."""
    seen: list[str] = []
    done = asyncio.Event()

    def again(name: str) -> None:
        seen.append(name)
        if len(seen) < 50:
            clock.arm(name, LONG_AGO)
        else:
            done.set()

    clock = Clock(again)
    clock.start()
    clock.arm("a", LONG_AGO)
    async with asyncio.timeout(20):
        await done.wait()
    clock.stop()
    assert seen == ["a"] * 50


async def test_the_last_time_armed_is_the_one_that_counts(due: Due) -> None:
    """Armed for later, then for now: due once. Armed for now, then for later: not due."""
    due.clock.arm("later", LONG_AGO)
    due.clock.arm("later", ONE_DAY)
    due.clock.arm("now", ONE_DAY)
    due.clock.arm("now", LONG_AGO)
    due.clock.arm("last", datetime.now(UTC))
    assert set(await due.names(2)) == {"now", "last"}
    assert due.queue.empty()


async def test_a_name_that_is_disarmed_is_not_due(due: Due) -> None:
    """And disarming what is not armed is nothing."""
    due.clock.arm("a", LONG_AGO)
    due.clock.disarm("a")
    due.clock.disarm("a")
    due.clock.disarm("never")
    due.clock.arm("b", LONG_AGO)
    assert await due.names(1) == ["b"]
    assert due.queue.empty()


async def test_after_the_stop_nothing_is_due() -> None:
    """What the scheduler has on its way already included; a second stop is nothing."""
    due = Due()
    due.clock.start()
    due.clock.arm("a", LONG_AGO)
    due.clock.stop()
    due.clock.stop()
    other = Due()
    other.clock.start()
    other.clock.arm("b", datetime.now(UTC) + timedelta(milliseconds=1))
    assert await other.names(1) == ["b"]
    other.clock.stop()
    assert due.queue.empty()


async def test_a_time_without_a_zone_is_refused(due: Due) -> None:
    """It would be an hour out for half of the year."""
    with pytest.raises(ValueError, match="zone"):
        due.clock.arm("a", datetime(2026, 1, 1))  # noqa: DTZ001  # that is what is refused


class Seconds:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


async def test_how_long_it_is_yet_is_told_by_the_clock_that_cannot_be_set() -> None:
    """A century has passed and the time of day was set back by it: what was due then is due now, once."""
    seconds, queue = Seconds(), asyncio.Queue[str]()
    clock = Clock(queue.put_nowait, monotonic=seconds)
    clock.start()
    clock.arm("a", ONE_DAY)
    clock.arm("c", ONE_DAY + timedelta(days=1))
    seconds.passed += (ONE_DAY - datetime.now(UTC)).total_seconds() + 1
    clock.reset()
    clock.arm("b", LONG_AGO)
    async with asyncio.timeout(20):
        assert {await queue.get(), await queue.get()} == {"a", "b"}
    clock.reset()
    clock.arm("b", LONG_AGO)
    async with asyncio.timeout(20):
        assert await queue.get() == "b", "what was due already is not due again"
    clock.stop()


async def test_what_the_time_of_day_alone_makes_due_is_not() -> None:
    """Armed under a time of day that was a day behind: the rest of it is waited for."""
    seconds, queue = Seconds(), asyncio.Queue[str]()
    clock = Clock(queue.put_nowait, monotonic=seconds)
    clock.arm("early", datetime.now(UTC) + timedelta(milliseconds=1))
    seconds.passed -= timedelta(days=1).total_seconds()
    clock.start()
    clock.arm("now", datetime.now(UTC))
    async with asyncio.timeout(20):
        assert await queue.get() == "now"
    assert queue.empty()
    seconds.passed += timedelta(days=1).total_seconds()
    clock.reset()
    async with asyncio.timeout(20):
        assert await queue.get() == "early"
    clock.stop()


async def test_how_late_a_name_is_counts_from_when_it_was_due() -> None:
    """Also once it was told; before its time, and for a name nobody armed, it is nothing."""
    seconds, queue = Seconds(), asyncio.Queue[str]()
    clock = Clock(queue.put_nowait, monotonic=seconds)
    clock.start()
    clock.arm("a", LONG_AGO)
    async with asyncio.timeout(20):
        assert await queue.get() == "a"
    assert clock.late("a") > timedelta(days=365)
    clock.arm("a", datetime.now(UTC) + timedelta(days=1))
    assert clock.late("a") == clock.late("never") == timedelta()
    assert list(clock.armed()) == ["a"]
    assert timedelta(hours=23) < clock.armed()["a"] - datetime.now(UTC) <= timedelta(days=1)
    seconds.passed += timedelta(days=3).total_seconds()
    assert timedelta(days=1) < clock.late("a") < timedelta(days=3)
    clock.stop()
