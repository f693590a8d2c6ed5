"""What tests of the minding are given: a mind for a road, sources as their visits left them, targets that hear."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.watcher.given import capture
from tests.world import SECRET, World, leaked_csv
from watcher import registry
from watcher.config.settings import Config
from watcher.daemon.canary import Keeper
from watcher.daemon.mind import Mind
from watcher.pipeline import Road, deliver, take, visit
from watcher.store import Book, Brought

MINUTE = timedelta(minutes=1)

FAULT = "BEGIN SELECT RAISE(ABORT, 'full')"  # a fault of our own, as far as anybody can tell
FAILS = "BEGIN INSERT INTO nowhere VALUES (1)"  # a StoreError


def broken(config: Config, trigger: str) -> None:
    """From here on the store fails at this."""
    with Book.open(config.store) as book:
        book._db.execute(f"CREATE TRIGGER broken BEFORE {trigger}; END")


class Heard:
    """What arrived at one target."""

    def __init__(self) -> None:
        self.status = 200
        self.came = asyncio.Event()
        self.bodies: list[dict[str, Any]] = []

    async def take(self, request: web.Request) -> web.StreamResponse:
        if self.status == 200:
            self.bodies.append(json.loads(await request.read()))
            self.came.set()
        return web.Response(status=self.status)

    def notices(self, kind: str = "") -> list[tuple[str, str]]:
        """Subject and state of each notice (of this kind)."""
        data = [each["data"] for each in self.bodies if each["type"] == "watcher.notice"]
        return [(e["subject"], e["state"]) for e in data if kind in ("", e["kind"])]


def hearing(
    world: World, place: Site, name: str = "ops", severity: str = "low"
) -> tuple[str, Heard]:
    """A signed webhook on the site, and what it hears."""
    heard = Heard()
    place.pages[f"/{name}"] = heard.take
    url = world.secret(f"{name}.url", place.url(f"/{name}"))
    key = world.secret(f"{name}.secret", SECRET)
    table = (
        f'[notify.targets.{name}]\nkind = "webhook"\nseverity = "{severity}"\n'
        f'url = {{ file = "{url}" }}\nsecret = {{ file = "{key}" }}\n'
    )
    return table, heard


def listings(place: Site, *names: str, every: timedelta = 5 * MINUTE) -> str:
    minutes = every // MINUTE
    return "".join(
        f'[sources.{name}]\nkind = "listing"\nevery = "{minutes}m"\nurl = "{place.url(f"/{name}")}"\nitem = "a"\n'
        for name in names
    )


class Minded:
    """A mind and the two clocks it looks at."""

    def __init__(self, road: Road, now: Now) -> None:
        self.road = road
        self.now = now
        self.seconds = 0.0
        self.armed: dict[str, datetime] = {}
        self.keeper = Keeper(road)
        sources = registry.enabled(road.config)
        self.mind = Mind(
            road, sources, self.keeper, monotonic=lambda: self.seconds, armed=lambda: self.armed
        )

    def passes(self, by: timedelta) -> None:
        self.now.passes(by)
        self.seconds += by.total_seconds()

    async def look(self) -> None:
        """One look, and what is due is told."""
        await self.mind.look()
        await deliver(self.road)

    async def visited(
        self,
        name: str,
        error: str = "",
        kind: str = "listing",
        new: int = 0,
        every: timedelta = 5 * MINUTE,
    ) -> None:
        now = self.now()
        await self.road.store.do(
            Book.visited, name, now=now, next_due=now + every, error=error,
            kind=kind if error else "", items=3, brought=Brought(new=new, kept=new),
        )  # fmt: skip


@asynccontextmanager
async def minding(built: Built, tables: str, now: Now) -> AsyncIterator[Minded]:
    """A mind that has begun, on a road with these tables."""
    async with built(tables) as road:
        minded = Minded(road, now)
        await minded.mind.begin()
        yield minded


async def owes(minded: Minded, world: World) -> None:
    """A leak was found, of which the targets have not been told yet."""
    road = minded.road
    taken = await take(road, capture(road, leaked_csv(world.rows[:50])))
    await road.store.do(Book.settle, taken.outcome, now=minded.now(), targets=road.severities)


async def locked(road: Road) -> sqlite3.Connection:
    """Another process keeps the store locked, until this is closed; nobody waits for it long."""
    await road.store.do(lambda book: book._db.execute("PRAGMA busy_timeout = 1"))
    held = sqlite3.connect(road.config.store, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    return held


async def found(minded: Minded) -> None:
    """The canary's own source is visited, as the daemon does when it is due."""
    ((table, source),) = minded.keeper.source().values()
    minded.passes(timedelta(seconds=5))
    visited = await visit(minded.road, table, source)
    assert visited.error == ""
    assert visited.alerts == ()
