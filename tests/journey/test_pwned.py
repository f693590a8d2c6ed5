"""
The real daemon as a process, and Have I Been Pwned on loopback: told by a card, and leaving no trace.
"""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journey.live import PATIENCE, running, telling, until
from tests.pwned import API, KEY, Pwned, sha1
from tests.watcher.fetch.site import site
from tests.world import SECRET, World, loosen
from watcher.demo.receiver import Receiver
from watcher.demo.roster import csv_of

pytestmark = pytest.mark.journey

EVERY = timedelta(seconds=1)


async def test_a_breach_is_told_and_no_digit_is_left(world: World) -> None:
    """What was known is one card, a new breach others; command line, log, cards and files hold no hash."""
    rows = world.rows[:60]
    addresses = [row["email"] for row in rows]
    done = world.run("enrol", "-", "--hibp", "--shrink", stdin=csv_of(rows))
    assert done.code == 0
    async with site() as place, Receiver(SECRET) as receiver:
        pwned = Pwned(place)
        pwned.adds("Adobe", addresses[:40])
        world.configure(f'''
[sources.hibp]
preset = "hibp-range"
url = "{place.url(API)}"
key = {{ file = "{world.secret("hibp", KEY)}" }}
every = "{EVERY.seconds}s"
pace = "0s"

{telling(world, receiver)}severity = "low"
''')
        loosen(world)
        async with running(world) as daemon:
            await until(daemon, "delivery.done")
            pwned.adds("Capstone", addresses[:9], "Passwords", year=2026)
            async with asyncio.timeout(PATIENCE):
                while not any("Capstone" in json.dumps(card.body) for card in receiver.cards):
                    await until(daemon, "delivery.done")
            process = Path(f"/proc/{daemon.pid}")
            shown = process.joinpath("cmdline").read_bytes() + process.joinpath("comm").read_bytes()
            daemon.terminate()
            assert daemon.stderr is not None
            shown += await daemon.stderr.read()
            assert await daemon.wait() == 0
        cards = [json.dumps(card.body) for card in receiver.cards]
        assert sum("Adobe (2013): 40 of ours" in card for card in cards) == 1
        shown += "".join(cards).encode()
    marks = [sha1(each)[:6].encode() for each in addresses if not sha1(each)[:6].isdigit()]
    marks += [sha1(each)[6:].encode() for each in addresses]
    marks += [bytes.fromhex(sha1(each)) for each in addresses]
    for path in world.data.rglob("*"):
        if path.is_file():
            shown += path.read_bytes()
    assert not [mark for mark in marks if mark in shown]
    assert not [mark for mark in marks if mark.lower() in shown and len(mark) > 20]
