"""A source's whole life: a real site that refuses, changes, dies and recovers, and what is told of it."""

from __future__ import annotations

import socket
from datetime import timedelta

from tests.watcher.conftest import Built, Now
from tests.watcher.daemon.given import MINUTE, Minded, hearing
from tests.watcher.fetch.site import Site
from tests.world import World
from watcher import registry
from watcher.pipeline import Road, visit

PAGE = b"<h1>Recent</h1><a href='/1'>x</a><a href='/2'>y</a>"
HTML = {"Content-Type": "text/html"}


def board(url: str) -> str:
    return (
        f'[sources.board]\nkind = "listing"\nevery = "5m"\nurl = "{url}"\n'
        'item = "a"\nexpect = ["Recent"]\n'
    )


async def visited(minded: Minded, times: int, name: str = "board") -> None:
    """So many visits, each when it is due, with a look after each."""
    for _ in range(times):
        minded.passes(timedelta(hours=1))
        table, source = registry.enabled(minded.road.config)[name]
        await visit(minded.road, table, source)
        await minded.look()


async def begun(road: Road, now: Now) -> Minded:
    minded = Minded(road, now)
    await minded.mind.begin()
    return minded


async def test_a_site_that_refuses_then_changes_then_is_well(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """403, then a page with status 200 that is not the one we know, then the old page: three states, each told once."""
    world.config.write_text(world.config.read_text().replace("enabled = true", "enabled = false"))
    tables, heard = hearing(world, place)
    async with built(tables + board(place.url("/list"))) as road:
        minded = await begun(road, now)
        place.says("/1", b"nothing")
        place.says("/2", b"nothing")
        place.says("/list", PAGE, headers=HTML)
        await visited(minded, 2)
        assert heard.notices() == []
        place.says("/list", status=403)
        await visited(minded, 5)
        assert heard.notices() == [("board", "blocked")]
        place.says("/list", b"<h1>Please prove that you are human</h1>", headers=HTML)
        await visited(minded, 5)
        assert heard.notices() == [("board", "blocked"), ("board", "blind")]
        place.says("/list", PAGE, headers=HTML)
        await visited(minded, 20)
        states = [state for _, state in heard.notices()]
        assert states[:2] == ["blocked", "blind"]
        assert states[-1] == "ok"
        assert len(states) <= 4
    done = world.run("sources", "--json")
    (row,) = [each for each in done.of("source") if each["name"] == "board"]
    assert (row["state"], row["error"]) == ("ok", "")


async def test_a_proxy_that_is_gone_blinds_no_source(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """No packet reaches the place; what is told is the way out, and the source's failures do not count."""
    world.config.write_text(world.config.read_text().replace("enabled = true", "enabled = false"))
    tables, heard = hearing(world, place)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers there
        port = closed.getsockname()[1]
        text = world.config.read_text()
        text = text.replace("[network]\n", f'[network]\nproxy = "http://127.0.0.1:{port}"\n')
        text = text.replace("no_proxy = []", 'no_proxy = ["127.0.0.1"]')
        world.config.write_text(text)
        async with built(tables + board("http://board.example/list")) as road:
            minded = await begun(road, now)
            await visited(minded, 5)
            assert heard.notices() == [("", "cut off")]
            assert "proxy" in str(heard.bodies[0])
            minded.passes(MINUTE)
    done = world.run("sources")
    assert "sources: cut off since" in done.err
