"""
The real daemon, real Tor: an onion service with a leak on it, on a network that is loopback's own.

The site listens on loopback and is named in the configuration by its onion
address only, so that whatever arrives there has come through Tor.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.journey.live import telling
from tests.journey.onion import TOOLS, Onion, onion
from tests.world import SECRET, World, leaked_csv, loosen
from watcher.config.settings import Network
from watcher.demo.pages import Page
from watcher.demo.receiver import Receiver
from watcher.demo.site import Site
from watcher.store import Book

PATIENCE = 300.0  # seconds until a journey counts as lost: one exchange through Tor has 120
GONE = "is the tor service running?"
MISSING = [name for name in TOOLS if shutil.which(name) is None]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(bool(MISSING), reason=f"{', '.join(MISSING)}: apt install tor"),
]

SOURCE = """
[sources.{name}]
kind = "listing"
every = "1s"
url = "http://{onion}/{name}"
item = "li a"
key = "/p/(.+)"
raw = "http://{onion}/raw/{{key}}"
"""


def pages(world: World) -> dict[str, Page]:
    """Two boards on one service; a leak is posted on the first, a picture and an old list on the second."""
    links = {"board": ("leak",), "archive": ("quiet", "photo")}
    text, html = "text/plain", "text/html"
    return {
        **{
            f"/{name}": Page(
                content_type=html,
                body="".join(f'<li><a href="/p/{key}">x</a></li>' for key in keys).encode(),
            )
            for name, keys in links.items()
        },
        "/raw/leak": Page(content_type=text, body=leaked_csv(world.rows[:60])),
        "/raw/quiet": Page(content_type=text, body=b"Notes: rain, tea, a walk.\n"),
        "/raw/photo": Page(content_type="image/png", body=b"\x89PNG\r\n\x1a\n"),
    }


def through(world: World, network: Onion, receiver: Receiver) -> None:
    """The configuration: two sources at the service, the network's own proxy, a target."""
    world.configure(
        "".join(SOURCE.format(name=name, onion=network.name) for name in ("board", "archive"))
        + telling(world, receiver)
    )
    loosen(world)
    text = world.config.read_text()
    usual = Network().tor
    assert text.count(f'"{usual}"') == 1
    world.config.write_text(text.replace(usual, f"socks5://127.0.0.1:{network.socks}"))


@asynccontextmanager
async def watching(world: World) -> AsyncIterator[asyncio.StreamReader]:
    """The daemon; what it says on stderr."""
    daemon = await world.start("run")
    assert daemon.stderr is not None
    try:
        yield daemon.stderr
    finally:
        daemon.send_signal(signal.SIGTERM)
        _, rest = await asyncio.wait_for(daemon.communicate(), PATIENCE)
        assert daemon.returncode == 0, rest


def says(line: str, event: str, **words: object) -> bool:
    """Whether a line of the log is of this event and has these values."""
    told = json.loads(line[line.index("{") :])
    return told["event"] == event and all(
        str(value) in str(told.get(name)) for name, value in words.items()
    )


async def until(said: asyncio.StreamReader, event: str, **words: object) -> list[str]:
    """Read the daemon's log up to this event with these values; the lines that were read."""
    heard: list[str] = []
    async with asyncio.timeout(PATIENCE):
        while not heard or not says(heard[-1], event, **words):
            heard.append((await said.readline()).decode())
            assert heard[-1], f"the daemon ended before it said {event}"
    return heard


async def test_a_leak_on_an_onion_service_becomes_an_alert(world: World, tmp_path: Path) -> None:
    """
    Found through Tor, by circuits that no two sources share; a picture is not fetched.

    When the way is taken away the sources say so, and nothing finds another.
    """
    async with (
        Site(pages(world)) as site,
        Receiver(SECRET) as receiver,
        onion(tmp_path / "tor", site=int(site.address.rpartition(":")[2])) as network,
    ):
        through(world, network, receiver)
        looked = await asyncio.to_thread(world.run, "doctor")
        assert f"Tor: the proxy at socks5://127.0.0.1:{network.socks} answers" in looked.out
        async with watching(world) as said:
            heard: list[str] = []
            while not (
                receiver.cards
                and any(says(line, "source.visited", source="board", alerts=1) for line in heard)
                and any(
                    says(line, "source.visited", source="archive", documents=1) for line in heard
                )
            ):
                heard += await until(said, "source.visited")
            logins = await network.logins()
            await network.end_client()
            for name in ("board", "archive"):
                await until(said, "source.failed", source=name, reason=GONE)
            asked = site.requests.total()
            for name in ("board", "archive"):
                await until(said, "source.failed", source=name, reason=GONE)
            assert site.requests.total() == asked
    (card,) = receiver.cards
    assert card.body["data"]["severity"] == "critical"
    assert any(
        says(line, "document.failed", reason="none is fetched through Tor") for line in heard
    )
    assert len({user for user, _ in logins}) == 2
    assert len({circuit for _, circuit in logins}) == len(logins)
    assert not [line for line in heard for user, _ in logins if user in line]
    with Book.open(world.data / "watcher.db") as book:
        assert GONE in book.source("board").last_error
        (alert,) = book.alerts()
        assert network.name in alert.url
