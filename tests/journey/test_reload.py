"""SIGHUP to the running service: a bad configuration changes nothing and is told, a good one loses nothing."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime

import pytest

from tests.watcher.daemon.given import hearing
from tests.watcher.fetch.site import Site, site
from tests.world import World, loosen
from watcher.model import Ref
from watcher.store import Book

pytestmark = pytest.mark.journey

HTML = {"Content-Type": "text/html"}


def listing(place: Site, name: str, every: str) -> str:
    place.says(f"/{name}", f"<a href='/{name}/1'>x</a>".encode(), headers=HTML)
    place.says(f"/{name}/1", b"Rain and tea.\n")
    return (
        f'[sources.{name}]\nkind = "listing"\nevery = "{every}"\n'
        f'url = "{place.url(f"/{name}")}"\nitem = "a"\n'
    )


async def until(stream: asyncio.StreamReader, *words: str) -> None:
    """Wait for a line of the log that holds these words."""
    while line := (await stream.readline()).decode():
        if all(word in line for word in words):
            return
    raise AssertionError("the daemon ended by itself")


def pending(world: World, place: Site, name: str, key: str) -> None:
    """A document of that source is owed, though nobody lists it."""
    path = f"/{name}/{key}"
    place.says(path, b"Tea and rain.\n")
    ref = Ref(source=name, key=path, url=place.url(path))
    with Book.open(world.data / "watcher.db", create=True) as book:
        book.pend(name, [ref], validators=None, now=datetime.now(UTC))


async def test_a_reload_loses_nothing(world: World) -> None:
    """Sources are added, changed and removed; what each owes stays, and is read when it is there again."""
    async with site() as place:
        tables, heard = hearing(world, place)
        world.configure(tables)
        loosen(world)
        bare = world.config.read_text()
        kept, gone, new = (listing(place, name, "1s") for name in ("kept", "gone", "new"))
        pending(world, place, "new", "earlier")
        world.config.write_text(bare + kept + gone)
        daemon = await world.start("run")
        assert daemon.stderr is not None
        async with asyncio.timeout(120):
            await until(daemon.stderr, "source.visited", '"gone"')
            world.config.write_text(bare + kept + "[sources.bad]\nkindd = 1\n")
            daemon.send_signal(signal.SIGHUP)
            await until(daemon.stderr, "config.refused", "sources.bad")
            for _ in range(3):
                await until(daemon.stderr, "source.visited", '"kept"')
            await heard.came.wait()
            assert heard.notices() == [("", "refused")]
            assert "sources.bad.kind" in str(heard.bodies[0]["data"]["reasons"])
            world.config.write_text(bare + kept.replace('"1s"', '"2s"') + new)
            daemon.send_signal(signal.SIGHUP)
            await until(daemon.stderr, "config.reloaded")
            await until(daemon.stderr, "source.visited", '"new"')
            pending(world, place, "gone", "later")
            await until(daemon.stderr, "source.visited", '"kept"')
            with Book.open(world.data / "watcher.db", readonly=True) as book:
                waiting = book.waiting()
            world.config.write_text(bare + kept + gone + new)
            daemon.send_signal(signal.SIGHUP)
            await until(daemon.stderr, "config.reloaded")
            await until(daemon.stderr, "source.visited", '"gone"')
            daemon.terminate()
            rest = await daemon.stderr.read()
            assert await daemon.wait() == 0, rest
        with Book.open(world.data / "watcher.db") as book:
            assert book.waiting() == {}
            assert book.counts()["failed"] == 0
    assert waiting == {"gone": 1}
    assert heard.notices()[:2] == [("", "refused"), ("", "ok")]
    asked = [path for _, path, _ in place.asked]
    assert asked.count("/gone/later") == asked.count("/new/earlier") == 1
