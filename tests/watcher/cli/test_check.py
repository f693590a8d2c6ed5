"""`sources check`."""

from __future__ import annotations

import asyncio

from aiohttp import web

from tests.watcher.conftest import Built
from tests.watcher.fetch.site import Site, site
from tests.watcher.given import PATIENCE, configured
from tests.world import World, loosen
from watcher.cli.check import _check


async def test_a_check_says_what_is_behind_the_first_pages(world: World) -> None:
    """How many files each of three names, and where; nothing behind them is fetched."""
    async with site() as place:
        links = "".join(f'<a href="/{n}">x</a>' for n in range(4))
        place.says("/list", links.encode(), headers={"Content-Type": "text/html"})
        for n in range(4):
            files = "".join(f'<i><a href="/f{n}{at}">f</a></i>' for at in range(n % 3))
            place.says(f"/{n}", f"<p>{files}".encode(), headers={"Content-Type": "text/html"})
        table = f'kind = "listing"\nurl = "{place.url("/list")}"\nitem = "a"\n'
        world.configure(f'[sources.foi]\n{table}files = "i a"\n[sources.flat]\n{table}')
        loosen(world)
        done = await asyncio.to_thread(world.run, "sources", "check", "foi", "--json")
        assert done.of("check")[0]["files"] == [0, 1, 2]
        files = [place.url(path) for path in ("/f10", "/f20", "/f21")]
        assert [each["url"] for each in done.of("file")] == files
        shown = await asyncio.to_thread(world.run, "sources", "check", "foi")
        assert "files behind the first 3 pages: 0, 1, 2" in shown.out
        assert all(each in shown.out for each in files)
        flat = await asyncio.to_thread(world.run, "sources", "check", "flat")
        assert "files behind" not in flat.out
        assert not any(path.startswith(("/f", "/3")) for _, path, _ in place.asked)


def test_sources_check_says_what_is_there_and_what_is_missing(world: World) -> None:
    """A visit that stores nothing: items, the first document, or the marker that is not there."""
    (world.folder / "drop").mkdir()
    (world.folder / "drop" / "a.txt").write_text("Rain and tea.\n")
    world.configure(
        '[sources.mine]\nkind = "folder"\npath = "drop"\n'
        '[sources.short]\nkind = "folder"\npath = "drop"\nminimum = 5\n'
    )
    good = world.run("sources", "check", "mine")
    assert good.code == 0, good
    assert "listed 1" in good.out
    bad = world.run("sources", "check", "short")
    assert bad.code == 3
    assert "at least 5" in bad.out
    assert "watcher sources check" not in bad.out, "that is what was just done"
    unknown = world.run("sources", "check", "nine")
    assert unknown.code == 2
    assert "mine" in unknown.err


def test_a_check_speaks_json(world: World) -> None:
    """An object for each item, and last what came of it; trouble ends with 3 here too."""
    (world.folder / "drop").mkdir()
    (world.folder / "drop" / "a.txt").write_text("Rain and tea.\n")
    world.configure(
        '[sources.mine]\nkind = "folder"\npath = "drop"\n'
        '[sources.short]\nkind = "folder"\npath = "drop"\nminimum = 5\n'
    )
    good = world.run("sources", "check", "mine", "--json")
    assert good.code == 0
    assert [each["type"] for each in good.objects] == ["item", "check"]
    assert good.objects[-1]["trouble"] == ""
    bad = world.run("sources", "check", "short", "--json")
    assert bad.code == 3
    assert "at least 5" in bad.of("check")[0]["trouble"]


async def test_a_check_of_a_stream_ends_with_its_first_window(
    world: World, built: Built, place: Site
) -> None:
    """It has been seen to speak, and would speak for ever."""

    async def speaks(request: web.BaseRequest) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str('{"text": "tea"}')
        async for _ in socket:
            pass
        return socket

    place.pages["/live"] = speaks
    url = place.url("/live").replace("http", "ws")
    table = f'[sources.live]\nkind = "stream"\nurl = "{url}"\ntext = "text"\nwindow = "1s"\n'
    config = await configured(world, built, table)
    async with asyncio.timeout(PATIENCE):
        checked = await _check(config, "live")
    assert (len(checked.items), checked.trouble) == (1, "")
