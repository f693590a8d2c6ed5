"""A place that speaks: real websockets on loopback."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from tests.watcher.fetch.inward import Recorder
from tests.watcher.fetch.site import Clock, fetcher, site
from tests.watcher.fetch.sockets import breaks, says, speaks, waits
from watcher.api import Secret
from watcher.config.settings import Network, SourceTable
from watcher.errors import REFUSED, FetchError
from watcher.fetch import Fetcher
from watcher.fetch.budget import Budget
from watcher.fetch.routes import Routes
from watcher.fetch.stream import LONGEST, Streamer
from watcher.fetch.way import Ways


async def heard(out: Fetcher, url: str, **given: object) -> list[str]:
    return [each async for each in out.web("test").stream(url, **given)]  # type: ignore[arg-type]  # headers


async def fails(out: Fetcher, url: str, **given: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await heard(out, url, **given)
    return caught.value


async def test_messages_come_until_an_orderly_close() -> None:
    """In their order, under our own name, with the headers of the source."""
    async with site() as place, fetcher() as out:
        url = speaks(place, "/live", says("one", "två"))
        assert await heard(out, f"{url}?cursor=7", headers={"X-Key": Secret("k")}) == ["one", "två"]
        _, _, sent = place.asked[0]
        assert sent["X-Key"] == "k"
        assert sent["User-Agent"] == "leak-watcher/1.2.3 (+ops@force.example)"
        assert "Sec-WebSocket-Extensions" not in sent, "no compression: no bombs"


async def test_it_has_its_source_s_manners() -> None:
    """Its pace, and where robots.txt is to be honoured nothing is opened that it forbids."""
    clock = Clock()
    kind = SourceTable(name="test", kind="stream", enabled=True, options={})
    slow = {"test": replace(kind, pace=timedelta(seconds=9))}
    async with site() as place, fetcher(clock, sources=slow) as out:
        url = speaks(place, "/live", says("one"))
        assert await heard(out, url) == await heard(out, url) == ["one"]
        assert clock.waits == [9.0]
    polite = {"test": replace(kind, robots="honoured")}
    async with site() as place, fetcher(sources=polite) as out:
        place.says("/robots.txt", b"User-agent: *\nDisallow: /live\n")
        problem = await fails(out, speaks(place, "/live", says("one")))
        assert problem.kind == REFUSED
        assert [asked[1] for asked in place.asked] == ["/robots.txt"]


@pytest.mark.parametrize("script", [breaks(), breaks("one"), says("one", code=1011)])
async def test_a_break_is_an_error_worth_coming_back(script: object) -> None:
    """Whatever was heard, the end was none of its own."""
    async with site() as place, fetcher() as out:
        problem = await fails(out, speaks(place, "/live", script))  # type: ignore[arg-type]  # a Script
        assert problem.retry
        assert not problem.local


async def test_what_is_no_text_or_too_long_ends_it() -> None:
    """Bytes are not read, and no message is longer than the limit."""

    async def binary(socket: web.WebSocketResponse, _: web.BaseRequest) -> None:
        await socket.send_bytes(b"\xa2\x61")

    async with site() as place, fetcher() as out:
        problem = await fails(out, speaks(place, "/bytes", binary))
        assert "not text" in str(problem)
        problem = await fails(out, speaks(place, "/long", says("x" * (LONGEST + 1))))
        assert "longer than 1,048,576 bytes" in str(problem)


@pytest.mark.parametrize(("status", "retry"), [(404, False), (429, True), (200, True), (503, True)])
async def test_an_answer_that_is_no_stream_is_what_its_status_says(
    status: int, *, retry: bool
) -> None:
    """As for any question; a host that wants to be left alone is."""
    async with site() as place, fetcher() as out:
        place.says("/live", b"Log in", status=status, headers={"Retry-After": "600"})
        window = out.web("test")
        with pytest.raises(FetchError) as caught:
            await anext(window.stream(place.url("/live").replace("http", "ws", 1)))
        assert (caught.value.status, caught.value.retry) == (status, retry)
        assert len(place.asked) == 1
        if status in (429, 503):
            assert window.wait == 600
            assert (await fails(out, place.url("/live"))).status is None
            assert len(place.asked) == 1


@pytest.mark.parametrize(
    "url", ["ws://10.1.2.3/", "wss://[::1]/", "ws://localhost/", "ftp://x.example/", "ws://u:p@x.example/",
            "wss://abc.onion/", "ws://127.1:1/"],
)  # fmt: skip
async def test_the_same_addresses_are_refused(url: str) -> None:
    """No socket is made."""
    recorder = Recorder()
    async with fetcher(make_socket=recorder, allow_private=()) as out:
        assert not (await fails(out, url)).retry
    assert recorder.made == []


async def test_redirects_are_not_followed() -> None:
    """Neither the headers nor the connection go where the answer points."""
    recorder = Recorder()
    async with site() as place, fetcher(make_socket=recorder) as out:
        other = speaks(place, "/other", says("never"))
        place.says("/live", status=302, headers={"Location": other.replace("ws", "http", 1)})
        problem = await fails(out, place.url("/live").replace("http", "ws", 1))
        assert "redirects (302)" in str(problem)
        assert [path for _, path, _ in place.asked] == ["/live"]
        assert recorder.made == ["127.0.0.1"]


@pytest.mark.parametrize("name", ["Upgrade", "Sec-WebSocket-Key", "User-Agent", "Bad Name"])
async def test_a_source_may_not_speak_for_us(name: str) -> None:
    """The handshake is ours, and so is who asks."""
    async with site() as place, fetcher() as out:
        url = speaks(place, "/live", says("one"))
        assert "header" in str(await fails(out, url, headers={name: "x"}))
        assert place.asked == []


async def test_a_name_that_nobody_knows_is_told_from_a_resolver_that_is_not_there() -> None:
    """A machine without a network blames itself."""
    async with site() as place:
        gone = place.url("/live").replace("http", "ws", 1)
    async with fetcher() as out:
        problem = await fails(out, gone)
        assert (problem.retry, problem.local) == (True, False)
    async with fetcher(proxy=gone.replace("ws", "http", 1).removesuffix("/live")) as out:
        assert (await fails(out, "wss://stream.example/")).local


def streamer(ways: Ways, **given: float) -> Streamer:
    clock = Clock()
    budget = Budget(0, clock=clock, random=lambda: 0.0)
    allowed = frozenset({"127.0.0.1"})
    given = {"seconds": 20.0, "slow": 20.0} | given
    return Streamer(ways, budget, clock, allowed=allowed, routes=Routes({}, tor=False), **given)


async def test_a_live_but_quiet_stream_is_kept_and_a_dead_one_is_not() -> None:
    """Who answers pings is there; who answers nothing has gone."""
    late = asyncio.Event()

    async def slow(socket: web.WebSocketResponse, _: web.BaseRequest) -> None:
        pings = 0
        while pings < 3:  # it is asked whether it is there, and says so
            message = await socket.receive()
            assert message.type is web.WSMsgType.PING
            await socket.pong(message.data)
            pings += 1
        await socket.send_str("at last")
        await socket.close()

    async def quiet(request: web.BaseRequest) -> web.StreamResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        if request.path == "/slow":
            await slow(socket, request)
        else:
            await late.wait()
        return socket

    async with site() as place:
        place.pages["/slow"] = place.pages["/dead"] = quiet
        ways = Ways(Network(), version="1")
        out = streamer(ways, quiet=0.05)
        assert [each async for each in out.messages("s", place.url("/slow"), {})] == ["at last"]
        with pytest.raises(FetchError, match="answers no ping"):
            await anext(out.messages("s", place.url("/dead"), {}))
        late.set()
        await ways.close()


async def test_it_does_not_open_for_ever() -> None:
    """A handshake that hangs is given up in the time of any answer."""
    never = asyncio.Event()

    async def hangs(request: web.BaseRequest) -> web.StreamResponse:
        await never.wait()
        raise AssertionError

    async with site() as place:
        place.pages["/live"] = hangs
        ways = Ways(Network(), version="1")
        with pytest.raises(FetchError, match="no complete answer within"):
            await anext(streamer(ways, seconds=0.1).messages("s", place.url("/live"), {}))
        await ways.close()


async def test_a_flood_waits_at_the_other_side() -> None:
    """Who takes one message receives no more than a buffer of them; leaving ends the connection."""
    sent, gone = 0, asyncio.Event()

    async def floods(socket: web.WebSocketResponse, _: web.BaseRequest) -> None:
        nonlocal sent
        try:
            while True:
                await socket.send_str("x" * 100_000)
                sent += 1
        except ConnectionError:
            gone.set()

    async with site() as place, fetcher() as out:
        messages = out.web("test").stream(speaks(place, "/live", floods))
        async with aclosing(messages):
            assert await anext(messages) == "x" * 100_000
            before = -1
            while before != sent:  # until both ends are full
                before = sent
                for _ in range(200):
                    await asyncio.sleep(0)
            assert sent < 300, "30 MB: more than sockets and buffers hold"
        async with asyncio.timeout(20):
            await gone.wait()


async def test_it_lets_go_at_once() -> None:
    """A stop cancels who waits for a message; the connection is closed."""
    async with site() as served, fetcher() as out:
        messages = out.web("test").stream(speaks(served, "/live", waits("one")))
        assert await anext(messages) == "one"
        waiting = asyncio.create_task(anext(messages, None))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert await anext(messages, None) is None
