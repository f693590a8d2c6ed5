"""What the road is built of."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.watcher.conftest import Built
from tests.world import World
from watcher.config import load
from watcher.demo.roster import csv_of
from watcher.errors import ConfigError, CustodyError
from watcher.pipeline import Road


async def test_a_new_index_is_taken_up_between_two_documents(world: World, built: Built) -> None:
    """Enrolling while the road stands changes whom it knows, without a restart."""
    async with built("") as road:
        before = await road.fresh()
        assert await road.fresh() is before
        done = world.run("enrol", "-", "--shrink", stdin=csv_of(world.rows[:100]))
        assert done.code == 0, done
        after = await road.fresh()
        assert (before.people, after.people) == (600, 100)
        assert after.version == before.version + 1


async def test_an_index_that_was_put_back_is_refused(world: World) -> None:
    """An index older than the store has seen is not opened: it would miss who joined since."""
    old = (world.data / "index.sealed").read_bytes()
    assert world.run("enrol", "-", stdin=csv_of(world.rows)).code == 0
    (world.data / "index.sealed").write_bytes(old)
    with pytest.raises(CustodyError, match="old copy"):
        async with Road(load(world.config, os.environ)):
            pytest.fail("it was opened")


async def test_without_an_index_nothing_is_started(world: World) -> None:
    """The message says how to make one."""
    (world.data / "index.sealed").unlink()
    with pytest.raises(ConfigError, match="watcher enrol"):
        async with Road(load(world.config, os.environ)):
            pytest.fail("it was opened")


async def test_without_a_store_none_is_made(world: World) -> None:
    """`--no-store` leaves the data directory as it was."""
    for path in world.data.glob("watcher.db*"):
        path.unlink()
    async with Road(load(world.config, os.environ), stored=False):
        pass
    assert sorted(path.name for path in world.data.iterdir()) == ["index.sealed"]


async def test_a_road_that_fetches_nothing_still_reads(world: World) -> None:
    """Local files need one reader and no way out; asking for one is our own mistake."""
    async with Road(load(world.config, os.environ), stored=False, fetching=False) as road:
        with pytest.raises(AssertionError):
            road.fetcher  # noqa: B018  # that asking is refused is the point


def test_a_scan_of_local_files_loads_no_web_client() -> None:
    """Nor the scheduler, nor what only one kind of document needs: a person waits for each."""
    code = "import sys, watcher.scan, watcher.cli.scan; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "watcher.pipeline.take" in loaded
    assert not loaded & {"aiohttp", "apscheduler", "bs4", "lxml", "numba", "python_calamine"}
