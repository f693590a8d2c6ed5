"""One exchange, on a real site."""

from __future__ import annotations

import asyncio
import gzip
import socket
import traceback
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from tests.watcher.fetch.site import Clock, fails, fetcher, site, wire
from watcher.errors import FetchError
from watcher.fetch.way import plain_socket

FINAL = (202, 204, 206, 400, 401, 404, 405, 406, 410, 414, 451)
PASSING = (304, 403, 408, 425, 429, 500, 502, 503, 504)


@pytest.mark.parametrize("status", FINAL + PASSING)
async def test_every_status_is_asked_for_once(status: int) -> None:
    """No status is tried again by fetching itself: one 404 is one request."""
    async with site() as place, fetcher() as out:
        problem = await fails(out, place.says("/page", status=status))
        assert (problem.status, problem.retry) == (status, status in PASSING)
        assert len(place.asked) == 1


@pytest.mark.parametrize("status", [200, 203])
async def test_an_answer_is_kept_as_it_came(status: int) -> None:
    """Status, reason, headers with their case and order, and the body byte for byte."""
    raw = (
        f"HTTP/1.1 {status} Fine by me\r\nX-oDd: caf\xe9\r\nContent-Type: text/plain\r\n"
        "Set-Cookie: a=1\r\nContent-Length: 6\r\nSet-Cookie: b=2\r\n\r\nh\xe9llo\n"
    ).encode("latin-1")
    async with wire(raw) as url, fetcher() as out:
        capture = (await out.web("pastes").get(url + "?q=1#part")).capture
    assert (capture.status, capture.reason, capture.cut) == (status, "Fine by me", False)
    assert capture.headers == (
        ("X-oDd", "caf\xe9"),
        ("Content-Type", "text/plain"),
        ("Set-Cookie", "a=1"),
        ("Content-Length", "6"),
        ("Set-Cookie", "b=2"),
    )
    assert capture.body.open().read() == b"h\xe9llo\n"
    assert capture.url == url + "?q=1"
    assert capture.ref.source == "pastes"
    assert capture.taken_at == Clock().now()


async def test_the_question_says_honestly_who_asks() -> None:
    """User-Agent with contact, two codings, no cookies ever, and the same in the evidence."""
    async with site() as place, fetcher() as out:
        url = place.says("/page", headers={"Set-Cookie": "id=1; Path=/"})
        await out.web("test").get(url)
        capture = (await out.web("test").get(url)).capture
        for _, _, headers in place.asked:
            assert headers["User-Agent"] == "leak-watcher/1.2.3 (+ops@force.example)"
            assert headers["Accept-Encoding"] == "gzip, deflate"
            assert "Cookie" not in headers
            assert "If-None-Match" not in headers
        assert dict(capture.request)["User-Agent"] == "leak-watcher/1.2.3 (+ops@force.example)"


async def test_a_content_coding_is_left_as_received() -> None:
    """What came compressed stays compressed, named for whoever reads it."""
    packed = gzip.compress(b"x" * 10_000)
    async with site() as place, fetcher() as out:
        url = place.says("/page", packed, headers={"Content-Encoding": "X-GZIP, identity"})
        capture = (await out.web("test").get(url)).capture
        assert capture.body.open().read() == packed
        assert capture.encoding == "gzip"


async def test_an_endless_body_is_cut_at_the_limit() -> None:
    """The beginning is kept and marked as one, and the connection is closed."""
    async with site() as place, fetcher(max_bytes=100_000) as out:
        ended = asyncio.Event()

        async def endless(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"ETag": '"1"'})
            await response.prepare(request)
            try:
                while True:
                    await response.write(b"x" * 4096)
            finally:
                ended.set()

        place.pages["/page"] = endless
        visit = out.web("test")
        capture = (await visit.get(place.url("/page"))).capture
        assert (capture.body.size, capture.cut) == (100_000, True)
        assert visit.validators == {}
        await asyncio.wait_for(ended.wait(), 10)


@pytest.mark.parametrize(("size", "cut"), [(999, False), (1000, False), (1001, True)])
async def test_the_limit_itself_is_not_too_much(size: int, cut: bool) -> None:
    """A body of exactly the limit is whole."""
    async with site() as place, fetcher() as out:
        url = place.says("/page", b"x" * size)
        capture = (await out.web("test", max_bytes=1000).get(url)).capture
        assert (capture.body.size, capture.cut) == (min(size, 1000), cut)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello\r\n",
        b"HTTP/1.1 200 OK\r\nSECRET-" + b"a" * 100_000 + b": x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: SECRET" + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: SECRET\r\n" * 20_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nSECRET",
        b"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nSECRET",
        b"HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\nSECRET",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSECRET\r\n",
        b"HTTP/1.1 200 OK\r\nSEC\0RET: 1\r\n\r\n",
    ],
)
async def test_what_is_not_http_is_an_error_and_not_quoted(raw: bytes) -> None:
    """Floods, contradictions and broken bodies are a FetchError in our own words."""
    async with wire(raw) as url, fetcher() as out:
        problem = await fails(out, url)
    assert problem.retry
    assert "SEC" not in "".join(traceback.format_exception(problem))


async def test_a_drip_ends_with_the_time_limit() -> None:
    """A server that always sends a little more does not hold a visit for ever."""
    async with (
        wire(b"", drip=b"HTTP/1.1 103 Early\r\n\r\n") as url,
        fetcher(timeout=timedelta(seconds=0.3)) as out,
    ):
        problem = await fails(out, url)
    assert problem.retry
    assert "0.3 s" in str(problem)


@pytest.mark.parametrize("raw", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\nbegin"])
async def test_silence_ends_with_the_time_limit(raw: bytes) -> None:
    """Before the answer, in its headers and in its body."""
    async with wire(raw, silent=True) as url, fetcher(timeout=timedelta(seconds=0.1)) as out:
        problem = await fails(out, url)
    assert problem.retry
    assert "0.1 s" in str(problem)


async def test_a_refused_connection_is_worth_coming_back() -> None:
    """Nothing listens: told by the system's own name for it."""
    async with site() as place:
        url = place.url("/")
    async with fetcher() as out:
        problem = await fails(out, url)
    assert problem.retry
    assert "ECONNREFUSED" in str(problem)


@pytest.mark.parametrize(
    ("header", "after"),
    [("120", 120.0), ("Sun, 22 Nov 2026 00:05:00 GMT", 300.0), (None, 60.0), ("x", 60.0)],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_says_too_many_is_left_alone(
    status: int, header: str | None, after: float
) -> None:
    """As long as it says, or a minute; meanwhile no source asks it, and all are told how long."""
    clock = Clock()
    async with site() as place, fetcher(clock) as out:
        url = place.says("/page", status=status, headers={"Retry-After": header} if header else {})
        first = out.web("one")
        with pytest.raises(FetchError) as caught:
            await first.get(url)
        assert caught.value.after == first.wait == after
        other = await fails(out, place.url("/other"))
        assert (other.retry, other.after) == (True, after)
        assert len(place.asked) == 1
        clock.seconds += after
        place.says("/page")
        await out.web("one").get(url)
        assert len(place.asked) == 2


async def test_two_sources_share_a_host() -> None:
    """Names differ, the host is one: its pace holds for both together."""
    clock = Clock()
    async with site() as place, fetcher(clock, per_host=timedelta(seconds=20)) as out:
        url = place.says("/page")
        await asyncio.gather(*(out.web(name).get(url) for name in ("one", "two", "three")))
        assert clock.seconds == 40.0
        assert len(place.asked) == 3


async def test_what_a_connection_takes_is_not_taken_off_the_pace() -> None:
    """A connection that is made in twelve seconds: the next request comes `per_host` after the first left."""
    clock = Clock()
    arrived: list[float] = []

    def slowly(info: aiohttp.AddrInfoType) -> socket.socket:
        clock.seconds += 12.0
        return plain_socket(info)

    async def page(request: web.Request) -> web.StreamResponse:
        arrived.append(clock.seconds)
        return web.Response(text="tea")

    async with (
        site() as place,
        fetcher(clock, per_host=timedelta(seconds=20), make_socket=slowly) as out,
    ):
        place.pages["/page"] = page
        for _ in range(2):
            await out.web("one").get(place.url("/page"))
    assert arrived == [12.0, 32.0]
