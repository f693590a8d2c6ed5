"""
The machine's time is set under the running service: a day forward, then a year back.

The process is the real one; libfaketime stands between it and the time of day,
and leaves the clock that only goes forward as it is, as a set clock does.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.watcher.daemon.given import hearing, listings
from tests.watcher.fetch.site import site
from tests.world import World, loosen

pytestmark = pytest.mark.journey

LIBRARY = next(map(str, Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), "")
EVERY = 4  # seconds
PATIENCE = 240.0

if not LIBRARY:
    pytest.skip("libfaketime is not installed (apt install faketime)", allow_module_level=True)


class Told:
    """What the daemon says on stderr, a line after the other."""

    def __init__(self, stream: asyncio.StreamReader) -> None:
        self._stream = stream
        self.lines: list[str] = []

    async def until(self, wanted: Callable[[str], bool]) -> str:
        while True:
            line = (await self._stream.readline()).decode()
            assert line, "the daemon ended by itself: " + "".join(self.lines[-5:])
            self.lines.append(line)
            if wanted(line):
                return line

    async def visits(self, many: int) -> None:
        """Wait for so many visits more."""
        for _ in range(many):
            await self.until(lambda line: "source.visited" in line)


def set_clock(world: World, by: timedelta) -> None:
    """Whole or not at all: the process reads it at any time."""
    fresh = world.home / "clock.new"
    fresh.write_text(f"{by.total_seconds():+.0f}\n")
    fresh.replace(world.home / "clock")


def faked(world: World) -> World:
    extra = {
        "LD_PRELOAD": LIBRARY,
        "FAKETIME_TIMESTAMP_FILE": str(world.home / "clock"),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }
    return World(world.folder, world.home, world.rows, extra)


async def test_a_day_forward_and_a_year_back(world: World) -> None:
    """Visits go on at their pace, no source is told of, and the clock once."""
    begun = asyncio.get_running_loop().time()
    async with site() as place:
        for name in ("a", "b", "c"):
            page = b"<a href='/1'>x</a>"
            place.says(f"/{name}", page, headers={"Content-Type": "text/html"})
        place.says("/1", b"Rain and tea.\n")
        tables, heard = hearing(world, place)
        sources = listings(place, "a", "b", "c").replace('every = "5m"', f'every = "{EVERY}s"')
        world.configure(tables + sources)
        loosen(world)
        own = faked(world)
        set_clock(own, timedelta(0))
        daemon = await own.start("run")
        assert daemon.stderr is not None
        told = Told(daemon.stderr)
        async with asyncio.timeout(PATIENCE):
            await told.until(lambda line: "daemon.ready" in line)
            await told.visits(6)
            for by in (timedelta(days=1), timedelta(days=-365)):
                set_clock(own, by)
                jumped = await told.until(lambda line: "clock.jumped" in line)
                assert "source" not in jumped
                await told.visits(9)
            await heard.came.wait()
            year = (datetime.now(UTC) - timedelta(days=365)).strftime("%Y-%m-%d")
            shown = await asyncio.to_thread(own.run, "sources", "--json")
            daemon.terminate()
            rest = (await daemon.stderr.read()).decode()
            assert await daemon.wait() == 0, rest
        elapsed = asyncio.get_running_loop().time() - begun
    listed = map(json.loads, shown.out.splitlines())
    states = {each["name"]: each for each in listed if each["type"] == "source"}
    for name in ("a", "b", "c"):
        assert (states[name]["state"], states[name]["last_ok"][:10]) == ("ok", year), states[name]
        # However slow this machine is: never more often than the pace.
        assert sum(path == f"/{name}" for _, path, _ in place.asked) <= elapsed / EVERY + 1
    assert heard.notices() == [("", "set")]
    assert not any("notice.told" in line and "clock" not in line for line in told.lines)
    assert Path(own.data / "watcher.db").is_file()
