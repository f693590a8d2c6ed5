"""A daemon that goes on: reloaded with another configuration, or kept on the old one."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from tests.watcher.conftest import Built
from tests.watcher.fetch.site import Site
from tests.watcher.given import PATIENCE, configured, hooked, leaking, listing, lists
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
    good, told = await leaking(world, built, place)
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


@pytest.mark.parametrize("bad", [False, True])
async def test_the_service_manager_hears_of_a_reload_and_of_no_end(
    world: World, built: Built, tmp_path: Path, bad: bool
) -> None:
    """STOPPING=1 before the end would have it kill the service when the time for stopping is over."""
    good = await configured(world, built, "")
    fresh = replace(good, network=replace(good.network, ca_file=Path("/nowhere"))) if bad else good
    stop, reload = asyncio.Event(), asyncio.Event()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.setblocking(False)
        environ = {"NOTIFY_SOCKET": str(tmp_path / "notify")}
        running = asyncio.create_task(
            serve(good, again=lambda: fresh, stop=stop, reload=reload, environ=environ)
        )
        heard: list[bytes] = []
        async with asyncio.timeout(PATIENCE):
            while len(heard) < 4:
                heard.append(await asyncio.get_running_loop().sock_recv(listener, 200))
                if heard == [b"READY=1"]:
                    reload.set()
                elif len(heard) == 3:
                    stop.set()
            await running
    assert heard == [b"READY=1", b"RELOADING=1", b"READY=1", b"STOPPING=1"]


async def test_the_first_configuration_must_be_right(world: World, built: Built) -> None:
    """There is no other to fall back to: the error is the operator's."""
    good = await configured(world, built, "")
    bad = replace(good, network=replace(good.network, ca_file=Path("/nowhere/ca.pem")))
    with pytest.raises(ConfigError, match="ca_file"):
        await serve(
            bad, again=lambda: bad, stop=asyncio.Event(), reload=asyncio.Event(), environ={}
        )
