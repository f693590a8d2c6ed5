"""
The workbook behind a freedom-of-information answer, by the real daemon on real sites.

Two sites as they were described: the platform that most forces share (list, answer, file) and Alaveteli
(Atom feed, request, attachment). The workbook shows how many of each rank there are; who they are is in
a sheet that its program does not offer to show.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journey.live import telling
from tests.journey.people import HR, private, table
from tests.journey.test_journey import ATTEMPTS, PATIENCE, next_event, one_line_pipe
from tests.journey.workbooks import excel, strength
from tests.watcher.fetch.site import Site, site
from tests.world import SECRET, World, loosen, without_canary
from watcher.demo.receiver import Receiver
from watcher.store import Book

pytestmark = pytest.mark.journey

HTML = {"Content-Type": "text/html; charset=utf-8"}
XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
LISTED = 400  # officers in the hidden sheet
ANSWER = "/foi-ai/northshire-police/d/july-2026/strength-by-rank/"
ASSET = "/SysSiteAssets/foi-media/northshire/strength.xlsx"
FEED = "/feed/search/variety:response"
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xml:lang="en-US" xmlns="http://www.w3.org/2005/Atom"><id>tag:foi.example,2005:{path}</id>
<link type="text/html" rel="alternate" href="{home}"/><title>Results</title>
<entry><id>tag:foi.example,2005:InfoRequestEvent/1</id><published>2026-09-01T10:11:12+01:00</published>
<link type="text/html" rel="alternate" href="{home}/request/strength#incoming-7"/>
<title type="html">Officers by rank</title><content type="html">&lt;p&gt;please find attached&lt;/p&gt;</content>
</entry></feed>"""
ATTACHED = """<h1>Officers by rank</h1><div class="attachments"><ul class="list-of-attachments">
<li class="attachment"><a href="{file}"><img alt="" src="/icon.png"></a>
<a href="/request/strength/response/7/attach/html/3/strength.xlsx.html">View</a>
<a href="{file}">Download</a></li></ul></div>"""
RULES = b"User-agent: *\nDisallow: */feed/*\nDisallow: */request/*/response/*\nAllow: */attach/*\n"


def platform(place: Site) -> tuple[str, str, str]:
    """A disclosure log on the forces' platform: its table, the page and the file."""
    links = "".join(f'<li><a href="{path}">x</a>' for path in (ANSWER, "/about", "/foi-ai/af/"))
    path = "/foi-ai/af/accessing-information/published-items/"
    place.says(path, f"<ul>{links}</ul>".encode(), headers=HTML)
    body = f'<main><h1>Strength</h1><p>Attached.</p><a href="{ASSET}">Download (xlsx)</a></main>'
    place.says(ANSWER, body.encode(), headers=HTML)
    log = f'preset = "police-disclosures"\nhost = "x.example"\nurl = "{place.url(path)}?q="'
    return log, ANSWER, ASSET


def alaveteli(place: Site) -> tuple[str, str, str]:
    """The feed of an Alaveteli site, whose robots.txt keeps programs out and whose operator agreed."""
    atom = ATOM.format(home=place.url(""), path=FEED)
    place.says(FEED, atom.encode(), headers={"Content-Type": "application/atom+xml"})
    file = "/request/strength/response/7/attach/3/strength.xlsx"
    attached = ATTACHED.format(file=f"{file}?cookie_passthrough=1")
    place.says("/request/strength", attached.encode(), headers=HTML)
    place.says("/robots.txt", RULES)
    log = f'preset = "alaveteli"\nhost = "x.example"\nurl = "{place.url(FEED)}"\nrobots = "agreed with its operator, May 2026"'
    return log, "/request/strength", file


PLACES = {"the forces' platform": platform, "Alaveteli": alaveteli}


@dataclass(frozen=True, slots=True)
class Scene:
    """The place and the receiver are up, and the configuration of `world` names both."""

    world: World
    place: Site
    receiver: Receiver
    page: str
    file: str

    def asked(self, path: str) -> int:
        return sum(1 for _, each, _ in self.place.asked if each == path)


@contextlib.asynccontextmanager
async def staged(world: World, name: str) -> AsyncIterator[Scene]:
    async with site() as place, Receiver(SECRET) as receiver:
        log, page, file = PLACES[name](place)
        people = private(world.rows, 0, LISTED)
        hidden = table(sorted(people, key=lambda each: each["surname"]), HR)
        body = excel(strength(world.rows), hidden, lambda sheet: sheet.very_hidden())
        place.says(file, body, headers=XLSX)
        without_canary(world)
        world.configure(f"""
[sources.log]
{log}
terms_accepted = "A. Reed, 2026-03-01"
every = "1s"
pace = "0s"
enabled = true

{telling(world, receiver)}""")
        loosen(world)
        yield Scene(world, place, receiver, page, file)


async def watched(scene: Scene) -> None:
    """Run the daemon until the alert is delivered and a visit has ended, then stop it."""
    daemon = await scene.world.start("run")
    assert daemon.stderr is not None
    wanted = {b"delivery.done", b"source.visited"}
    try:
        async with asyncio.timeout(PATIENCE):
            while wanted:
                line = await daemon.stderr.readline()
                assert line, "the daemon ended by itself"
                wanted = {each for each in wanted if each not in line}
    finally:
        daemon.send_signal(signal.SIGTERM)
        _, rest = await asyncio.wait_for(daemon.communicate(), PATIENCE)
        assert daemon.returncode == 0, rest


async def killed_with_the_file_owed(scene: Scene) -> bool:
    """Kill the daemon as soon as the page's outcome is stored; whether the file was still to be read."""
    with one_line_pipe() as (end, start):
        daemon = await scene.world.start("--verbose", "run", stderr=start)
        os.close(start)
        while not page_is_settled(scene):
            event = await asyncio.to_thread(next_event, end)
            assert event is not None, "the daemon ended by itself"
        daemon.send_signal(signal.SIGKILL)
        await daemon.wait()
        while next_event(end) is not None:
            pass
    with Book.open(scene.world.data / "watcher.db") as book:
        return book.waiting() == {"log": 1} and not book.alerts()


def page_is_settled(scene: Scene) -> bool:
    path = scene.world.data / "watcher.db"
    if not (scene.asked(scene.page) and path.exists()):
        return False
    with Book.open(path, readonly=True) as book:
        owed = book.pending("log", now=datetime.now(UTC))
    return any(each.ref.url.partition("?")[0] == scene.place.url(scene.file) for each in owed)


def alerted(scene: Scene) -> None:
    """One critical alert and one card; it names the file's address and the page it is behind."""
    world = scene.world
    (alert,) = world.run("alerts", "--json").objects
    assert (alert["severity"], alert["count"]) == ("critical", LISTED)
    assert alert["document"].partition("?")[0] == scene.place.url(scene.file)
    assert alert["page"].partition("#")[0] == scene.place.url(scene.page)
    assert "very hidden" in str(alert["where"])
    assert len({card.id for card in scene.receiver.cards}) == 1
    card = scene.receiver.cards[0].body["data"]
    assert "it is a file behind a page that is no alert" in card["reasons"]
    assert scene.page not in str(card), "a path may name somebody"
    assert world.run("verify").code == 0


@pytest.mark.parametrize("name", PLACES)
async def test_the_workbook_behind_an_answer_is_one_alert(world: World, name: str) -> None:
    """And is fetched once, as its page is, however often the list is read; its preview is not."""
    async with staged(world, name) as scene:
        await watched(scene)
        alerted(scene)
        assert (scene.asked(scene.page), scene.asked(scene.file)) == (1, 1)
        assert not any("/attach/html/" in path for _, path, _ in scene.place.asked)


@pytest.mark.parametrize("name", PLACES)
async def test_a_kill_between_page_and_file_loses_nothing(
    founded: World, tmp_path: Path, name: str
) -> None:
    """What the page named was stored with its outcome: the page is not asked for again, the file is."""
    fell = []
    for attempt in range(ATTEMPTS):
        async with staged(founded.copy(tmp_path / str(attempt)), name) as scene:
            fell.append(await killed_with_the_file_owed(scene))
            await watched(scene)
            alerted(scene)
            assert scene.asked(scene.page) == 1
        if fell[-1]:
            break
    assert fell[-1], "no kill fell between the two"
