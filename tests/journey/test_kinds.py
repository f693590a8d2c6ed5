"""One daemon, a source of every kind on real local servers: what each brings is found, and whose it is."""

from __future__ import annotations

import asyncio
import html
import json
import signal
from pathlib import Path

import pytest

from tests.journey.live import Said, running, telling, until
from tests.watcher.fetch.site import Site, site
from tests.world import SECRET, World, leaked_csv, loosen
from watcher.demo.receiver import Receiver
from watcher.store import Book

pytestmark = pytest.mark.journey

PATIENCE = 120.0  # seconds until it counts as lost: eight places share the budget of one host
KINDS = ("folder", "listing", "feed", "json", "posts", "page", "stream", "follow")
OFFICERS = 40  # of one leak
HTML = {"Content-Type": "text/html; charset=utf-8"}


def leak(world: World, kind: str) -> str:
    """A list of people whom no other place lists."""
    start = KINDS.index(kind) * OFFICERS
    return leaked_csv(world.rows[start : start + OFFICERS]).decode()


def published(world: World, place: Site, folder: Path) -> str:
    """What the places show; the tables of the sources that read them."""
    (folder / "drop").mkdir()
    (folder / "drop" / "list.csv").write_text(leak(world, "folder"))
    place.says(
        "/archive", b'<a class=new href="/p/1">one</a> <a class=new href="/p/2">two</a>', 200, HTML
    )
    place.says("/raw/1", leak(world, "listing").encode())
    place.says("/raw/2", b"tea, a walk; more at https://paste.example/k1\n")
    place.says("/files/k1", leak(world, "follow").encode())
    entry = f"<pre>{html.escape(leak(world, 'feed'))}</pre>"
    place.says(
        "/feed.json",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "answers",
                "items": [{"id": "1", "content_html": entry}],
            }
        ).encode(),
        200,
        {"Content-Type": "application/feed+json"},
    )
    items = [{"id": "a", "text": leak(world, "json")}, {"id": "b", "text": "Rain."}]
    place.says(
        "/api", json.dumps({"items": items}).encode(), 200, {"Content-Type": "application/json"}
    )
    post = (
        f"<div class=post data-id=7><pre class=said>{html.escape(leak(world, 'posts'))}</pre></div>"
    )
    place.says("/channel", post.encode(), 200, HTML)
    shown = f"<h1>Awards</h1><main><pre>{html.escape(leak(world, 'page'))}</pre></main>"
    place.says("/awards", shown.encode(), 200, HTML)
    return f'''
[sources.own-folder]
kind = "folder"
every = "1s"
path = "{folder / "drop"}"
[sources.own-listing]
kind = "listing"
every = "1s"
url = "{place.url("/archive")}"
item = "a.new"
key = "/p/(.+)"
raw = "{place.url("/raw/")}{{key}}"
[sources.own-feed]
kind = "feed"
every = "1s"
url = "{place.url("/feed.json")}"
[sources.own-json]
kind = "json"
every = "1s"
url = "{place.url("/api")}"
items = "items"
key = "id"
text = "text"
[sources.own-posts]
kind = "posts"
every = "1s"
url = "{place.url("/channel")}"
item = ".post"
key = "@data-id"
text = ".said"
[sources.own-page]
kind = "page"
every = "1s"
url = "{place.url("/awards")}"
part = "main"
expect = ["Awards"]
[sources.own-stream]
kind = "stream"
every = "1s"
url = "{place.url("/live").replace("http", "ws", 1)}"
text = "text"
cursor = "at"
window = "1s"
[sources.own-follow]
kind = "follow"
every = "1s"
[sources.own-follow.templates]
"paste.example" = "{place.url("/files/")}{{key}}"
'''


async def test_each_kind_of_source_finds_its_leak(world: World, tmp_path: Path) -> None:
    """Each leak is one alert of its own source and people, and one card; every source is well."""
    said = Said()
    async with site() as place, Receiver(SECRET) as receiver:
        place.pages["/live"] = said.listens
        world.configure(published(world, place, tmp_path) + telling(world, receiver))
        loosen(world)
        await said.say(leak(world, "stream").replace("\n", " ; "), "snow")
        async with running(world) as daemon, asyncio.timeout(PATIENCE):
            while len(receiver.cards) < len(KINDS):
                await until(daemon, "delivery.done")
            listed = await asyncio.to_thread(world.run, "sources", "--json")
            daemon.send_signal(signal.SIGTERM)
            await daemon.communicate()
            assert daemon.returncode == 0
    names = sorted(f"own-{kind}" for kind in KINDS)
    states = {each["name"]: each["state"] for each in listed.of("source") if each["name"] in names}
    assert states == dict.fromkeys(names, "ok")
    with Book.open(world.data / "watcher.db") as book:
        found = {row.source: set(row.finding.officers) for row in book.alerts()}
        assert sorted(row.source for row in book.alerts()) == names
        book.check()
    for at, kind in enumerate(KINDS):
        own = {each["ref"] for each in world.rows[at * OFFICERS : (at + 1) * OFFICERS]}
        assert found[f"own-{kind}"] == own, kind
    assert {card.body["data"]["source"] for card in receiver.cards} == set(names)
