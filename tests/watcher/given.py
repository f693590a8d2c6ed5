"""What tests of the road are given: a listing on the site, a capture, a target that hears."""

from __future__ import annotations

import asyncio

from aiohttp import web

from tests.watcher.conftest import Built
from tests.watcher.fetch.site import Site
from tests.world import World, leaked_csv
from watcher.config.settings import Config
from watcher.daemon import Daemon
from watcher.model import Body, Capture, Ref
from watcher.pipeline import Road

PATIENCE = 30.0  # seconds until a daemon counts as stuck


def listing(place: Site) -> str:
    return f"""
[sources.archive]
kind = "listing"
every = "1m"
url = "{place.url("/list")}"
item = "a"
"""


def lists(place: Site, *paths: str, etag: str = "") -> None:
    links = "".join(f'<a href="{path}">x</a>' for path in paths)
    headers = {"Content-Type": "text/html"} | ({"ETag": etag} if etag else {})
    place.says("/list", f"<p>{links}</p>".encode(), headers=headers)


def capture(road: Road, body: bytes, name: str = "a.txt") -> Capture:
    ref = Ref(source="test", key=name, url=f"https://paste.example/{name}")
    return Capture(ref=ref, taken_at=road.now(), url=ref.url, body=Body(body))


async def configured(world: World, built: Built, tables: str) -> Config:
    """The configuration with these tables, as the road's fixture loosens it."""
    async with built(tables) as road:
        return road.config


def hooked(world: World, place: Site) -> tuple[str, asyncio.Event]:
    """A target on the site, and the event of its being told."""
    told = asyncio.Event()

    async def take(request: web.Request) -> web.StreamResponse:
        await request.read()
        told.set()
        return web.Response()

    place.pages["/hook"] = take
    url = world.secret("hook", place.url("/hook"))
    return f'[notify.targets.ops]\nkind = "slack"\nurl = {{ file = "{url}" }}\n', told


async def watches_until(told: asyncio.Event, config: Config, *held: asyncio.Event) -> None:
    """Run a daemon until the target was told; then let go of what is held, and stop it."""
    stop = asyncio.Event()
    running = asyncio.create_task(Daemon(config).run(stop))
    async with asyncio.timeout(PATIENCE):
        await told.wait()
        stop.set()
        for each in held:
            each.set()
        await running


async def leaking(world: World, built: Built, place: Site) -> tuple[Config, asyncio.Event]:
    """A place that lists a leak, a configuration that watches it, and the event of its being told."""
    lists(place, "/1")
    place.says("/1", leaked_csv(world.rows[:40]))
    target, told = hooked(world, place)
    return await configured(world, built, listing(place) + target), told
