"""What a person reads of each thing that can go wrong on the way: in `watcher sources`, and on the card."""

from __future__ import annotations

import gzip
import socket
from datetime import timedelta

import pytest

from tests.watcher.conftest import Built, Now
from tests.watcher.daemon.given import Minded, hearing
from tests.watcher.fetch.faults import Server, Talk, resets, says, server, stalls
from tests.watcher.fetch.inward import Names
from tests.watcher.fetch.site import Site, fetcher
from tests.watcher.fetch.test_faults import Unresolved
from tests.world import World, without_canary
from watcher import registry
from watcher.health import BLIND
from watcher.pipeline import Road, visit

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
HALF = gzip.compress(b"<h1>Recent</h1><a href='/1'>x</a>" * 50)[:40]
RULES = 'robots = "there is no page but the one asked for"\n'


def page(body: bytes, *headers: bytes) -> Talk:
    lines = b"".join(each + b"\r\n" for each in headers)
    return says(OK + lines + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def redirect(to: str) -> Talk:
    return says(
        f"HTTP/1.1 302 Go\r\nLocation: {to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode()
    )


async def seen(
    world: World, road: Road, now: Now, place: Server, *, requests: int
) -> tuple[str, str]:
    """State and trouble in `watcher sources` after three visits, the first of so many requests."""
    minded = Minded(road, now)
    await minded.mind.begin()
    table, source = registry.enabled(road.config)["board"]
    for number in range(1, 4):
        await visit(road, table, source)
        if number == 1:
            assert len(place.asked) == requests
        assert len(place.asked) <= number * requests  # fewer where the host is given a rest
        await minded.look()
        minded.passes(timedelta(minutes=6))
    listed = world.run("sources", "--json").of("source")
    (shown,) = [each for each in listed if each["name"] == "board"]
    return shown["state"], shown["error"]


def board(url: str) -> str:
    return (
        f'[sources.board]\nkind = "listing"\nevery = "5m"\nurl = "{url}"\nitem = "a"\n'
        f'expect = ["Recent"]\n{RULES}'
    )


@pytest.mark.parametrize(
    ("talk", "requests", "words"),
    [
        (resets(), 1, "ECONNRESET"),
        (stalls(OK + b"Content-Length: 90\r\n\r\n<h1>"), 1, "no complete answer within 1 s"),
        (says(OK + b"Content-Length: 90\r\n\r\n<h1>Recent"), 1, "broke off"),
        (page(HALF, b"Content-Encoding: gzip"), 1, "cannot be read"),
        (page("<h1>Recent</h1>".encode("utf-16")[2:]), 1, "listed 0"),
        (page(b"<h1>Log in</h1><a href='/1'>x</a>"), 1, "Recent"),
        (says(b"SSH-2.0-x\r\n"), 1, "not proper HTTP"),
        (redirect("/page"), 6, "redirect"),
        (redirect("http://10.0.0.1/"), 1, "private"),
        (says(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n"), 1, "404"),
        (says(b"HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n"), 1, "left alone"),
    ],
    ids=["reset", "stall", "short", "gzip", "charset", "markers", "http", "loop", "inward", "404", "503"],
)  # fmt: skip
async def test_a_place_that_misbehaves_is_blind_and_says_why(
    world: World, built: Built, place: Site, now: Now, talk: Talk, requests: int, words: str
) -> None:
    """One card with the fact; the same words in `watcher sources`; as many requests as visits."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with server(talk) as where:
        text = world.config.read_text()
        world.config.write_text(text.replace('\ntimeout = "60s"', '\ntimeout = "1s"'))
        async with built(tables + board(where.url())) as road:
            state, trouble = await seen(world, road, now, where, requests=requests)
    assert (state, heard.notices()) == (BLIND, [("board", BLIND)])
    assert words in trouble
    card = heard.bodies[0]["data"]
    assert words in str(card["reasons"])
    assert "blind since" in card["title"]


@pytest.mark.parametrize(
    ("number", "kind", "state"),
    [(socket.EAI_NONAME, BLIND, "board"), (socket.EAI_AGAIN, "cut off", "")],
)
async def test_a_name_that_is_none_and_a_resolver_that_is(
    world: World, built: Built, place: Site, now: Now, number: int, kind: str, state: str
) -> None:
    """The one is the place's trouble, the other ours, and no failure of the place's."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with built(tables + board("http://gone.example/list")) as road:
        road.fetcher = fetcher(resolver=Unresolved(number), sources=road.config.sources)
        _, trouble = await seen(world, road, now, Server(), requests=0)
        await road.fetcher.__aexit__(None, None, None)
    assert heard.notices() == [(state, kind)]
    assert "does not resolve" in trouble


async def test_a_name_that_leads_inward_is_never_asked(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """Told with the name, and nothing arrives at the address."""
    without_canary(world)
    tables, heard = hearing(world, place)
    async with server(says()) as where, built(tables + board(where.url("inward.example"))) as road:
        road.fetcher = fetcher(
            resolver=Names("127.0.0.1"), allow_private=(), sources=road.config.sources
        )
        state, trouble = await seen(world, road, now, where, requests=0)
        await road.fetcher.__aexit__(None, None, None)
    assert (state, heard.notices()) == (BLIND, [("board", BLIND)])
    assert "private" in trouble
