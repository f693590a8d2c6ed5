"""A daemon that goes on: reloaded with another configuration, or kept on the old one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.watcher.conftest import Built
from tests.watcher.fetch.site import Site
from tests.watcher.given import PATIENCE, configured, hooked, listing, lists
from tests.world import World, leaked_csv
from watcher.config.settings import Config
from watcher.daemon import serve
from watcher.errors import ConfigError


async def test_a_reload_takes_up_a_good_configuration_and_refuses_a_bad_one(
    world: World, built: Built, place: Site
) -> None:
    """After a bad file it watches on as before; after a good one it watches what that says."""
    lists(place, "/1")
    place.says("/1", leaked_csv(world.rows[:40]))
    target, told = hooked(world, place)
    bare = await configured(world, built, target)
    answers: list[Config | ConfigError] = [
        ConfigError("sources.pastes.evry: unknown key"),
        replace(bare, sources=(await configured(world, built, listing(place))).sources),
    ]

    def again() -> Config:
        answer = answers.pop(0)
        if isinstance(answer, ConfigError):
            reload.set()  # the operator mends the file and reloads once more
            raise answer
        return answer

    stop, reload = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(serve(bare, again=again, stop=stop, reload=reload, environ={}))
    reload.set()
    async with asyncio.timeout(PATIENCE):
        await told.wait()
        stop.set()
        await running
    assert answers == []


async def test_a_configuration_that_cannot_start_is_given_back(
    world: World, built: Built, place: Site
) -> None:
    """What only shows when the daemon starts (a file that is not there) ends nobody's watch."""
    lists(place, "/1")
    place.says("/1", leaked_csv(world.rows[:40]))
    target, told = hooked(world, place)
    good = await configured(world, built, listing(place) + target)
    bad = replace(good, network=replace(good.network, ca_file=Path("/nowhere/ca.pem")))
    stop, reload = asyncio.Event(), asyncio.Event()
    reload.set()
    running = asyncio.create_task(
        serve(good, again=lambda: bad, stop=stop, reload=reload, environ={})
    )
    async with asyncio.timeout(PATIENCE):
        await told.wait()
        stop.set()
        await running


async def test_the_first_configuration_must_be_right(world: World, built: Built) -> None:
    """There is no other to fall back to: the error is the operator's."""
    good = await configured(world, built, "")
    bad = replace(good, network=replace(good.network, ca_file=Path("/nowhere/ca.pem")))
    with pytest.raises(ConfigError, match="ca_file"):
        await serve(
            bad, again=lambda: bad, stop=asyncio.Event(), reload=asyncio.Event(), environ={}
        )
