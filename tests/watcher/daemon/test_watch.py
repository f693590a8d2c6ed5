"""The service in the loop: it watches, tells, stops and takes up a new configuration."""

from __future__ import annotations

import asyncio
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from tests.watcher.conftest import Built
from tests.watcher.daemon.given import FAILS, FAULT, broken
from tests.watcher.fetch.site import Site
from tests.watcher.given import PATIENCE, configured, hooked, leaking, listing, lists, watches_until
from tests.world import World, leaked_csv, without_canary
from watcher.config import load
from watcher.daemon import Daemon
from watcher.errors import ConfigError
from watcher.model import Notice, Severity
from watcher.store import Book, visiting


async def test_it_watches_tells_and_stops(world: World, built: Built, place: Site) -> None:
    """A leak that is listed is told of; after the stop nothing is left running or locked."""
    config, told = await leaking(world, built, place)
    await watches_until(told, config)
    with Book.open(config.store) as book:
        assert book.counts()["delivered"] == 1
    with visiting(config.lock):
        pass


async def test_one_slow_place_holds_up_nobody_else(world: World, built: Built, place: Site) -> None:
    """While one source waits for its answer, another one's leak is found and told."""
    from aiohttp import web

    release = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        await release.wait()
        return web.Response(text="<a href='/1'>x</a>", content_type="text/html")

    place.pages["/slow"] = slow
    lists(place, "/1")
    place.says("/1", leaked_csv(world.rows[:40]))
    target, told = hooked(world, place)
    tables = f"""
[sources.slow]
kind = "listing"
url = "{place.url("/slow")}"
item = "a"
"""
    config = await configured(world, built, listing(place) + tables + target)
    await watches_until(told, config, release)


async def test_two_daemons_do_not_share_a_data_directory(world: World, built: Built) -> None:
    """The second one says who is there and ends."""
    config = await configured(world, built, "")
    with visiting(config.lock), pytest.raises(ConfigError, match=f"pid {os.getpid()}"):
        await Daemon(config).run(asyncio.Event())


async def test_systemd_hears_when_it_is_ready_and_that_it_lives(
    world: World, built: Built, tmp_path: Path
) -> None:
    """READY=1 comes when the index is loaded, WATCHDOG=1 while the store answers, STOPPING=1 at the end."""
    config = await configured(world, built, "")
    address = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(address))
        listener.setblocking(False)
        environ = {"NOTIFY_SOCKET": str(address), "WATCHDOG_USEC": "200000"}
        stop = asyncio.Event()
        running = asyncio.create_task(Daemon(config, environ=environ).run(stop))
        heard: list[bytes] = []
        async with asyncio.timeout(PATIENCE):
            while heard.count(b"WATCHDOG=1") < 3:
                heard.append(await asyncio.get_running_loop().sock_recv(listener, 200))
            stop.set()
            await running
            while b"STOPPING=1" not in heard:
                heard.append(await asyncio.get_running_loop().sock_recv(listener, 200))
    assert heard[0].startswith(b"READY=1")


async def test_what_keeps_it_from_starting_is_raised(world: World, built: Built) -> None:
    """Without an index there is nothing to watch for; the message says how to make one."""
    config = await configured(world, built, "")
    config.index.unlink()
    with pytest.raises(ConfigError, match="watcher enrol"):
        await Daemon(load(world.config, os.environ)).run(asyncio.Event())


async def test_a_slow_target_holds_up_nobody_else(world: World, built: Built, place: Site) -> None:
    """While one target does not answer, the other hears of the alert."""
    from aiohttp import web

    release = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        await release.wait()
        return web.Response()

    place.pages["/slow"] = slow
    lists(place, "/1")
    place.says("/1", leaked_csv(world.rows[:40]))
    target, told = hooked(world, place)
    url = world.secret("slow", place.url("/slow"))
    more = f'[notify.targets.aslow]\nkind = "slack"\nurl = {{ file = "{url}" }}\n'
    config = await configured(world, built, listing(place) + more + target)
    await watches_until(told, config, release)


@pytest.mark.parametrize(
    "trigger",
    [
        f"INSERT ON pending WHEN new.source = 'bad' {FAULT}",
        f"INSERT ON moment {FAULT}",
        f"INSERT ON moment {FAILS}",
        f"UPDATE ON delivery {FAILS}",
    ],
)
async def test_a_fault_in_one_place_does_not_end_the_watch(
    world: World, built: Built, place: Site, trigger: str
) -> None:
    """A visit that cannot be stored, a look that cannot, a delivery that cannot: the others go on."""
    without_canary(world)
    lists(place, "/1")
    place.says("/1", leaked_csv(world.rows[:40]))
    target, told = hooked(world, place)
    tables = listing(place) + listing(place).replace("archive", "bad") + target
    config = await configured(world, built, tables)
    broken(config, trigger)
    await watches_until(told, config)


async def test_what_is_owed_to_nobody_any_more_becomes_a_dead_letter(
    world: World, built: Built, place: Site
) -> None:
    """A target that left the configuration has no task of its own, and is seen all the same."""
    config, told = await leaking(world, built, place)
    with Book.open(config.store) as book:
        at = datetime.now(UTC)
        notice = Notice(kind="disk", state="low", severity=Severity.HIGH, title="x", at=at)
        book.report(notice, targets={"old": Severity.LOW})
    await watches_until(told, config)
    with Book.open(config.store) as book:
        assert [letter.target for letter in book.dead()] == ["old"]


async def test_a_stop_waits_for_no_heartbeat(world: World, built: Built, place: Site) -> None:
    """The address elsewhere does not answer, for as long as the network's patience lasts: it ends at once."""
    from aiohttp import web

    asked = asyncio.Event()

    async def hangs(request: web.Request) -> web.StreamResponse:
        asked.set()
        return await asyncio.Future()

    place.pages["/beat"] = hangs
    url = world.secret("beat.url", place.url("/beat"))
    config = await configured(world, built, f'[heartbeat]\nurl = {{ file = "{url}" }}\n')
    await watches_until(asked, config)


async def test_a_wrong_clock_once_blinds_nobody(world: World, built: Built, place: Site) -> None:
    """A next visit ten years ahead was set by a wrong clock: the source is visited now."""
    config, told = await leaking(world, built, place)
    with Book.open(config.store) as book:
        far = datetime.now(UTC) + timedelta(days=3650)
        book.visited("archive", now=far, next_due=far, items=1)
    await watches_until(told, config)


async def test_what_a_document_names_is_fetched_at_once(
    world: World, built: Built, place: Site
) -> None:
    """A source that follows waits for no turn: it is woken by the document that names."""
    lists(place, "/1")
    place.says("/1", b"tea: https://paste.example/k1\n")
    place.says("/raw/k1", leaked_csv(world.rows[:40]))
    target, told = hooked(world, place)
    tables = f"""
[sources.linked]
kind = "follow"
every = "12h"
[sources.linked.templates]
"paste.example" = "{place.url("/raw/")}{{key}}"
"""
    config = await configured(world, built, listing(place) + tables + target)
    await watches_until(told, config)
    with Book.open(config.store) as book:
        (row,) = book.alerts()
    assert (row.source, row.named_by) == ("linked", ("archive", ""))


async def test_a_visit_says_when_it_was_due_and_none_is_late_for_a_daemon_that_was_off(
    world: World, built: Built, place: Site
) -> None:
    """`late` counts from when the daemon could have come: an hour switched off is no missed visit."""
    config, told = await leaking(world, built, place)
    with Book.open(config.store) as book:
        past = datetime.now(UTC) - timedelta(hours=1)
        book.visited("archive", now=past, next_due=past, items=1)
    with structlog.testing.capture_logs() as said:
        await watches_until(told, config)
    visits = [each for each in said if each["event"] == "source.visited"]
    (visited,) = [each for each in visits if each["source"] == "archive"]
    assert visited["late"] < timedelta(minutes=30)
    assert "visit.late" not in [each["event"] for each in said]
