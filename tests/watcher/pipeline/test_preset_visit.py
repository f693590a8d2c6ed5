"""Presets on the whole road: as an operator writes them, with the place's answers on our own site."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.sources import presets
from tests.watcher.conftest import Built
from tests.watcher.fetch.site import Site
from tests.world import World, leaked_csv
from watcher import registry
from watcher.pipeline import Road, Visited, visit
from watcher.store import Book

FIXTURES = Path(presets.__file__).parent


async def visited(road: Road, name: str) -> Visited:
    table = road.config.sources[name]
    return await visit(road, table, registry.source(table, road.config.path))


async def test_a_list_in_a_gist_is_an_alert_and_in_the_next_revision_again(
    world: World, built: Built, place: Site
) -> None:
    """The file is fetched by its own address, of each revision once."""
    body = (FIXTURES / "gists.json").read_bytes()
    body = re.sub(rb"https://[a-z0-9.]+", place.url("").encode(), body)
    place.says("/gists/public", body)
    paths = [
        raw.removeprefix(place.url(""))
        for raw in re.findall(r'"raw_url": "([^"]+)"', body.decode())
    ]
    for path in paths:
        place.says(path, b"Rain and tea.\n")
    place.says(paths[0], leaked_csv(world.rows[:40]))
    url = place.url("/gists/public?page={page}")
    tables = f'[sources.gists]\npreset = "gists"\nurl = "{url}"\npages = 2\npace = "0s"\n'
    async with built(tables) as road:
        first = await visited(road, "gists")
        assert (first.documents, first.alerts, first.error) == (3, ("A-1",), "")
        place.says("/gists/public", body.replace(b"1" * 40, b"9" * 40))
        place.says(paths[0].replace("1" * 40, "9" * 40), leaked_csv(world.rows[:60]))
        second = await visited(road, "gists")
        assert (second.documents, len(second.alerts)) == (1, 1)


async def test_a_list_in_a_post_is_an_alert_at_the_post_s_address(
    world: World, built: Built, place: Site
) -> None:
    """Rows that the page breaks with <br/>, in the middle of other posts."""
    rows = leaked_csv(world.rows[:40]).decode().strip().replace("\r", "").replace("\n", "<br/>")
    page = (FIXTURES / "telegram.html").read_text().replace("Rain and tea.", rows)
    place.says("/s/example", page.replace("https://t.me", place.url("")).encode())
    url = place.url("/s/example")
    tables = f'[sources.tg]\npreset = "telegram"\nchannel = "example"\nurl = "{url}"\npace = "0s"\n'
    async with built(tables) as road:
        done = await visited(road, "tg")
        assert (done.documents, done.alerts, done.error) == (3, ("A-1",), "")
        (alert,) = await road.store.do(Book.alerts, limit=5)
        assert place.url("/example/41") in str(alert)


@pytest.mark.parametrize(
    "said", ["https://paste.example/k1", '<a href="https://paste.example/k1">here</a>']
)
async def test_a_paste_that_a_post_links_to_is_followed(
    world: World, built: Built, place: Site, said: str
) -> None:
    """One hop, also where only the link's address names it; once for all visits."""
    page = (FIXTURES / "telegram.html").read_text().replace("Rain and tea.", said)
    url = place.says("/s/example", page.replace("https://t.me", place.url("")).encode())
    place.says("/raw/k1", leaked_csv(world.rows[:40]))
    tables = (
        f'[sources.tg]\npreset = "telegram"\nchannel = "example"\nurl = "{url}"\npace = "0s"\n'
        '[sources.linked]\nkind = "follow"\n[sources.linked.templates]\n'
        f'"paste.example" = "{place.url("/raw/")}{{key}}"\n'
    )
    async with built(tables) as road:
        for _ in range(2):
            assert (await visited(road, "tg")).error == ""
            await visited(road, "linked")
        (alert,) = await road.store.do(Book.alerts, limit=5)
        assert (alert.source, alert.named_by) == ("linked", ("tg", ""))
        assert [path for _, path, _ in place.asked].count("/raw/k1") == 1


async def test_a_pruned_thread_is_no_trouble_of_its_source(
    world: World, built: Built, place: Site
) -> None:
    """It is given up without a second request; a list in another thread, cut by <wbr>, is found."""
    listed = json.loads((FIXTURES / "4chan.json").read_text())[:1]
    listed[0]["threads"] = listed[0]["threads"][:2]
    place.says("/po/threads.json", json.dumps(listed).encode())
    rows = leaked_csv(world.rows[:40]).decode().strip().splitlines()
    words = "<br>".join(f"{row[:9]}<wbr>{row[9:]}" for row in rows)
    thread = {"posts": [{"no": 1, "name": "Anonymous", "com": words}]}
    place.says("/po/thread/570301.json", json.dumps(thread).encode())
    tables = (
        f'[sources.po]\npreset = "4chan"\nboard = "po"\nurl = "{place.url("/po/threads.json")}"\n'
        f'raw = "{place.url("/po/thread/{key}.json")}"\nminimum = 1\npace = "0s"\n'
    )
    async with built(tables) as road:
        done = await visited(road, "po")
        assert (done.listed, done.alerts, done.error) == (2, ("A-1",), "")
        await visited(road, "po")
        assert [path for _, path, _ in place.asked].count("/po/thread/570300.json") == 1
        assert (await road.store.do(Book.source, "po")).last_error == ""
