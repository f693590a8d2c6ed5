"""
The real daemon as a process on a real websocket: killed between its windows it loses nothing.

The place keeps what it has said and begins after the cursor it is given, as
Bluesky's Jetstream does.
"""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from tests.journey.live import PATIENCE, Said, running, telling, until
from tests.watcher.fetch.site import site
from tests.world import SECRET, World, leaked_csv, loosen
from watcher.demo.receiver import Receiver
from watcher.store import Book

pytestmark = pytest.mark.journey


async def test_a_kill_between_windows_loses_nothing_and_repeats_little(world: World) -> None:
    """Each leak is told once, across a SIGKILL; SIGTERM ends a stream at once."""
    leaks = [
        leaked_csv(world.rows[start : start + 40]).decode().replace("\n", " ; ")
        for start in (0, 100, 200)
    ]
    said = Said()
    async with site() as place, Receiver(SECRET) as receiver:
        place.pages["/live"] = said.listens
        world.configure(f'''
[sources.spoken]
kind = "stream"
every = "1s"
url = "{place.url("/live").replace("http", "ws", 1)}"
text = "text"
key = "id"
cursor = "at"
rewind = 2
window = "1s"

{telling(world, receiver)}''')
        loosen(world)
        async with running(world) as daemon:
            await said.say("tea", leaks[0])
            await until(daemon, "delivery.done")
            await said.say("rain", leaks[1])
            await until(daemon, "alert.raised")
            daemon.send_signal(signal.SIGKILL)
            await daemon.wait()
        await said.say("snow", leaks[2], "last")
        async with running(world) as daemon:
            async with asyncio.timeout(PATIENCE):
                while not told(world, receiver):
                    await until(daemon, "delivery.done")
            daemon.send_signal(signal.SIGTERM)
            async with asyncio.timeout(15):
                await daemon.communicate()
            assert daemon.returncode == 0
    with Book.open(world.data / "watcher.db") as book:
        found = {officer for row in book.alerts() for officer in row.finding.officers}
        assert len(found) == 120
        state = book.source("spoken")
        assert state.cursor.startswith("7 ")
        assert state.last_ok is not None
        assert state.failures == 0
        assert book.counts()["pending"] == 0
        book.check()
    assert said.cursors[0] == ""
    assert int(said.cursors[1]) <= 4
    assert len(receiver.cards) == len({card.id for card in receiver.cards}) == 3


def told(world: World, receiver: Receiver) -> bool:
    if len(receiver.cards) < 3:
        return False
    with Book.open(Path(world.data / "watcher.db")) as book:
        return book.owed() == 0
