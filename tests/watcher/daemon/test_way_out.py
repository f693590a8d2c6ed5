"""The way out is down, or one place is: told apart by the running service, with real sockets."""

from __future__ import annotations

import asyncio
import os
import socket
from datetime import timedelta

from aiohttp import web

from tests.watcher.daemon.given import Heard, hearing
from tests.watcher.fetch.site import Site
from tests.world import World, loosen, without_canary
from watcher.config import load
from watcher.config.settings import Config
from watcher.daemon import Daemon
from watcher.errors import LOCAL
from watcher.store import Book

LOOK = timedelta(seconds=0.2)
PATIENCE = 60.0
NAMES = ("a", "b", "c", "d")
PAGE = b"<a href='/1'>x</a>"
HTML = {"Content-Type": "text/html"}


def listed(name: str, url: str) -> str:
    return f'[sources.{name}]\nkind = "listing"\nevery = "1s"\nurl = "{url}"\nitem = "a"\n'


def configured(world: World, tables: str, proxy: str = "") -> Config:
    without_canary(world)
    world.configure(tables)
    loosen(world)
    text = world.config.read_text()
    if proxy:
        text = text.replace("\nno_proxy = []", f'\nproxy = "{proxy}"\nno_proxy = ["127.0.0.1"]')
        assert proxy in text
    text = text.replace(
        'allow_private = ["127.0.0.1"]', 'allow_private = ["127.0.0.1", "127.0.0.2"]'
    )
    world.config.write_text(text)
    return load(world.config, os.environ)


def closed() -> int:
    """A port at which nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


async def told(heard: Heard) -> None:
    """Wait for the next card."""
    await heard.came.wait()
    heard.came.clear()


async def test_a_proxy_that_is_down_is_one_notice_and_nobodys_failure(
    world: World, place: Site
) -> None:
    """Four places at once: told once, counted against none, and over as soon as it is back."""
    port = closed()
    tables, heard = hearing(world, place)
    tables += "".join(listed(name, f"http://{name}.example/list") for name in NAMES)
    config = configured(world, tables, f"http://127.0.0.1:{port}")
    stop = asyncio.Event()
    running = asyncio.create_task(Daemon(config, look=LOOK).run(stop))
    async with asyncio.timeout(PATIENCE):
        await told(heard)
        assert heard.notices() == [("", "cut off")]
        assert "proxy" in str(heard.bodies[0]["data"]["reasons"])
        with Book.open(config.store, readonly=True) as book:
            states = {each.name: each for each in book.sources() if each.name in NAMES}
        assert {each.error_kind for each in states.values()} == {LOCAL}
        assert {each.failures for each in states.values()} == {0}
        place.says("/list", PAGE, headers=HTML)
        place.says("/1", b"Rain and tea.\n")
        runner = web.ServerRunner(web.Server(place.answer), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await told(heard)
        stop.set()
        await running
        await runner.cleanup()
    assert heard.notices() == [("", "cut off"), ("", "ok")]
    with Book.open(config.store) as book:
        for name, seen in book.visits().items():
            assert set(seen.ends) <= {"ok", LOCAL}, name
            assert book.source(name).failures == 0


async def test_one_place_that_is_down_is_its_own_trouble(world: World, place: Site) -> None:
    """The other is reached meanwhile: the way out is open, and the place is told of by its name."""
    place.says("/list", PAGE, headers=HTML)
    place.says("/1", b"Rain and tea.\n")
    tables, heard = hearing(world, place)
    rules = 'robots = "its rules cannot be asked for either"\n'
    tables += listed("gone", f"http://127.0.0.2:{closed()}/list") + rules
    config = configured(world, tables + listed("there", place.url("/list")))
    stop = asyncio.Event()
    running = asyncio.create_task(Daemon(config, look=LOOK).run(stop))
    async with asyncio.timeout(PATIENCE):
        await told(heard)
        stop.set()
        await running
    assert heard.notices() == [("gone", "blind")]
    assert "ECONNREFUSED" in str(heard.bodies[0]["data"]["reasons"])
    with Book.open(config.store) as book:
        assert book.source("gone").failures >= 3
        assert book.source("there").failures == 0
