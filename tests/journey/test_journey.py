"""
The real daemon as a process, a real site, a real receiver: one leak, one alert, whatever happens.

The steps are read off the daemon's own log through a pipe that holds one line
at a time (`O_DIRECT`, one page): the daemon cannot run ahead of what was read,
so a SIGKILL falls at the step the test says it does.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import select
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journey.conftest import KILLS
from tests.journey.live import telling
from tests.world import SECRET, World, leaked_csv, loosen, without_canary
from watcher.demo.pages import Page
from watcher.demo.receiver import Receiver
from watcher.demo.site import Site
from watcher.store import Book

ATTEMPTS = 6
PATIENCE = 60.0  # seconds until a journey counts as lost
STEPS = (
    "source.discovered",
    "source.listed",
    "document.fetched",
    "document.read",
    "document.matched",
    "document.assessed",
    "document.recorded",
    "document.settled",
    "delivery.sending",
    "delivery.done",
)

pytestmark = pytest.mark.journey


def site_pages(world: World) -> dict[str, Page]:
    """A paste archive with one leak among quiet pastes."""
    leak = leaked_csv(world.rows[:60])
    quiet = {f"/raw/quiet{n}": f"Notes of day {n}: rain, tea, a walk.\n".encode() for n in range(3)}
    pastes = {**quiet, "/raw/leak": leak}
    links = "".join(f'<li><a href="{path.replace("raw", "p")}">x</a></li>' for path in pastes)
    return {
        "/archive": Page(content_type="text/html", body=f"<ul>{links}</ul>".encode()),
        **{path: Page(content_type="text/plain", body=body) for path, body in pastes.items()},
    }


@dataclass(frozen=True, slots=True)
class Scene:
    """The site and the receiver are up, and the configuration of `world` names both."""

    world: World
    site: Site
    receiver: Receiver


@contextlib.asynccontextmanager
async def staged(world: World) -> AsyncIterator[Scene]:
    async with Site(site_pages(world)) as site, Receiver(SECRET) as receiver:
        world.configure(f'''
[sources.archive]
kind = "listing"
every = "1s"
url = "{site.address}/archive"
item = "li a"
key = "/p/(.+)"
raw = "{site.address}/raw/{{key}}"

{telling(world, receiver)}''')
        without_canary(world)
        loosen(world)
        yield Scene(world, site, receiver)


@pytest.fixture
async def scene(world: World) -> AsyncIterator[Scene]:
    async with staged(world) as scene:
        yield scene


@contextlib.contextmanager
def one_line_pipe() -> Iterator[tuple[int, int]]:
    """A pipe in packet mode with room for one packet: a second write waits for a read."""
    end, start = os.pipe2(os.O_DIRECT | os.O_CLOEXEC)
    fcntl.fcntl(start, fcntl.F_SETPIPE_SZ, 4096)
    try:
        yield end, start
    finally:
        os.close(end)


def next_event(end: int) -> str | None:
    """The event of the next log line, "" for a line that is none; None when the daemon has gone."""
    ready, _, _ = select.select([end], [], [], PATIENCE)
    assert ready, "the daemon said nothing for a minute"
    packet = os.read(end, 4096).decode()
    if not packet:
        return None
    return str(json.loads(packet[packet.index("{") :])["event"]) if "{" in packet else ""


async def killed_at(world: World, step: str) -> str:
    """
    Run the daemon and kill it as soon as it has said `step`.

    Returns what it really said last: it may have got one line further.
    """
    with one_line_pipe() as (end, start):
        daemon = await world.start("--verbose", "run", stderr=start)
        os.close(start)
        last = ""
        while last != step:
            event = await asyncio.to_thread(next_event, end)
            assert event is not None, f"the daemon ended before {step}"
            last = event
        daemon.send_signal(signal.SIGKILL)
        await daemon.wait()
        while (event := next_event(end)) is not None:
            last = event or last
        return last


async def run_until(world: World, receiver: Receiver, cards: int) -> None:
    """
    Run the daemon for a visit at least, until so many cards are here and nothing is pending or owed.

    Then stop it.
    """
    daemon = await world.start("run")
    assert daemon.stderr is not None
    visited = False
    try:
        async with asyncio.timeout(PATIENCE):
            while not (visited and len(receiver.cards) >= cards and settled(world)):
                line = await daemon.stderr.readline()
                assert line, "the daemon ended by itself"
                visited = visited or b"source.visited" in line
    finally:
        daemon.send_signal(signal.SIGTERM)
        _, rest = await asyncio.wait_for(daemon.communicate(), PATIENCE)
        assert daemon.returncode == 0, rest


def settled(world: World) -> bool:
    """Whether every listed document has its outcome and every delivery was made."""
    if not (world.data / "watcher.db").exists():
        return False
    with Book.open(world.data / "watcher.db") as book:
        counts = book.counts()
        state = book.source("archive")
        return (
            state.last_ok is not None
            and counts["documents"] == 4
            and counts["pending"] == 0
            and counts["owed"] == 0
        )


def evidence_files(data: Path) -> list[Path]:
    return sorted((data / "evidence").rglob("*.age"))


async def test_a_leak_on_a_site_becomes_one_alert_in_chat(scene: Scene) -> None:
    """The alert arrives once, its evidence verifies, and a second run finds nothing new."""
    world, receiver = scene.world, scene.receiver
    await run_until(world, receiver, cards=1)
    (card,) = receiver.cards
    assert card.body["data"]["severity"] == "critical"
    assert receiver.refused == 0
    assert world.run("verify").code == 0
    asked = dict(scene.site.requests)
    await run_until(world, receiver, cards=1)
    assert len(receiver.cards) == 1
    assert len(evidence_files(world.data)) == 1
    (alert,) = world.run("alerts", "--json").objects
    assert alert["id"] == card.body["data"]["id"]
    assert alert["count"] == 60
    for path in ("/raw/leak", "/raw/quiet0", "/raw/quiet1", "/raw/quiet2"):
        assert scene.site.requests[path, 200] == asked[path, 200] == 1, (
            "a document was fetched again"
        )


@pytest.mark.parametrize("step", STEPS)
async def test_a_kill_at_any_step_loses_nothing(
    founded: World, tmp_path: Path, step: str, record_property: Callable[[str, object], None]
) -> None:
    """
    Killed at this step and started again, the alert still arrives and every document has its outcome.

    A kill that fell one line late is a kill like any other; the step counts as
    hit only when it was the last thing the daemon said.
    """
    fell = []
    for attempt in range(ATTEMPTS):
        async with staged(founded.copy(tmp_path / str(attempt))) as scene:
            fell.append(await killed_at(scene.world, step))
            await nothing_was_lost(scene)
        if fell[-1] == step:
            break
    record_property(KILLS, fell)
    assert step in fell, f"never hit; the kills fell at {fell}"


async def nothing_was_lost(scene: Scene) -> None:
    """After a restart there is one alert, one message, four outcomes, and the evidence verifies."""
    await run_until(scene.world, scene.receiver, cards=1)
    assert len({card.id for card in scene.receiver.cards}) == 1
    with Book.open(scene.world.data / "watcher.db") as book:
        assert len(book.alerts()) == 1
        assert book.counts()["documents"] == 4
        book.check()
    assert scene.world.run("verify").code == 0
