"""One exchange, on a real site."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import traceback
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from tests.watcher.fetch.inward import Names, Recorder
from tests.watcher.fetch.site import Clock, Site, fetcher, site, wire
from watcher.api import Secret
from watcher.errors import FetchError
from watcher.fetch import Fetcher

FINAL = (202, 204, 206, 400, 401, 404, 405, 406, 410, 414, 451)
PASSING = (304, 403, 408, 425, 429, 500, 502, 503, 504)


async def fails(out: Fetcher, url: str, **given: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await out.web("test").get(url, **given)  # type: ignore[arg-type]  # headers, passed on
    return caught.value


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


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed(status: int) -> None:
    """By hand, as a GET, at the host's pace; the capture names where it ended."""
    clock = Clock()
    async with site() as place, fetcher(clock) as out:
        place.says("/b/page", b"here")
        url = place.says("/a/page", status=status, headers={"Location": "../b/page?x=1#y"})
        capture = (await out.web("test").get(url)).capture
        assert capture.url == place.url("/b/page?x=1")
        assert capture.ref.url == url
        assert [path for _, path, _ in place.asked] == ["/a/page", "/b/page"]
        assert clock.waits == [1.0]


async def test_a_redirect_loop_ends() -> None:
    """At most `redirects` hops."""
    async with site() as place, fetcher(redirects=3) as out:
        problem = await fails(out, place.says("/page", status=302, headers={"Location": "/page"}))
        assert not problem.retry
        assert "more than 3 times" in str(problem)
        assert len(place.asked) == 4


@pytest.mark.parametrize(
    "location",
    [None, "http://[::1", "http://a b/", "file:///etc/passwd", "http://u:p@site.example/", "//abc.onion/",
     "gopher://site.example/", "http://169.254.169.254/", "http://localhost/", "\xff\xfe://"],
)  # fmt: skip
async def test_a_redirect_to_what_may_not_be_asked_for_is_final(location: str | None) -> None:
    """Each hop is judged like a first address, and nothing is made for it."""
    recorder = Recorder()
    async with site() as place, fetcher(make_socket=recorder) as out:
        headers = {} if location is None else {"Location": location}
        problem = await fails(out, place.says("/page", status=302, headers=headers))
        assert not problem.retry
        assert recorder.made == ["127.0.0.1"]


async def test_a_listed_name_does_not_list_its_address() -> None:
    """The leave is the name's: a redirect from it to 127.0.0.1 is refused."""
    recorder = Recorder()
    async with (
        site() as place,
        fetcher(
            allow_private=("localhost",), make_socket=recorder, resolver=Names("127.0.0.1")
        ) as out,
    ):
        place.says("/page", status=302, headers={"Location": place.url("/inside")})
        problem = await fails(out, place.url("/page", "localhost"))
        assert "allow_private" in str(problem)
        assert [path for _, path, _ in place.asked] == ["/page"]
        assert len(recorder.made) == 1


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"],
)
async def test_a_name_that_resolves_inwards_makes_no_socket(address: str) -> None:
    """Rebinding: whatever a name was before, the address it has now is what counts."""
    recorder, names = Recorder(), Names(address, address)
    async with fetcher(make_socket=recorder, resolver=names) as out:
        problem = await fails(out, "http://rebound.example/page?token=1")
    assert names.asked == ["rebound.example"]
    assert recorder.made == []
    assert not problem.retry
    assert "rebound.example/…: a private" in str(problem)


async def test_inward_and_onion_names_are_not_even_looked_up() -> None:
    """A look-up tells somebody."""
    names = Names("127.0.0.1")
    async with fetcher(resolver=names) as out:
        for url in ("http://abc.onion/", "http://printer/", "http://x.internal/"):
            assert not (await fails(out, url)).retry
    assert names.asked == []


async def test_headers_stay_at_their_origin() -> None:
    """A credential goes along within its origin, never elsewhere, and not on the way back either."""
    async with site() as home, site() as away, fetcher() as out:
        home.says("/start", status=302, headers={"Location": "/second"})
        home.says("/second", status=302, headers={"Location": away.url("/third")})
        away.says("/third", status=302, headers={"Location": home.url("/last")})
        home.says("/last", b"done")
        token = {"Authorization": Secret("Bearer 1"), "X-Token": Secret("2")}
        capture = (await out.web("test").get(home.url("/start"), headers=token)).capture
        assert capture.url == home.url("/last")
        sent = {
            path: (h.get("Authorization"), h.get("X-Token"))
            for _, path, h in home.asked + away.asked
        }
        assert sent == {
            "/start": ("Bearer 1", "2"),
            "/second": ("Bearer 1", "2"),
            "/third": (None, None),
            "/last": (None, None),
        }


async def test_no_credential_is_kept() -> None:
    """What a source adds is withheld in the capture, secret or not, unless it never is one."""
    async with site() as place, fetcher() as out:
        capture = (
            await out.web("test").get(
                place.says("/page"),
                headers={
                    "X-Key": "plain-but-private",
                    "Accept": "text/html",
                    "Accept-Language": Secret("hidden"),
                },
            )
        ).capture
        assert place.asked[0][2]["X-Key"] == "plain-but-private"
        request = dict(capture.request)
        assert request["X-Key"] == request["Accept-Language"] == "withheld"
        assert request["Accept"] == "text/html"


@pytest.mark.parametrize(
    "headers",
    [{"X": "a\r\nY: b"}, {"X\r\nY": "a"}, {"X": "a\n"}, {"": "a"}, {"User-Agent": "Mozilla/5.0"}, {"HOST": "x"},
     {"If-None-Match": "x"}, {"Range": "bytes=0-1"}],
)  # fmt: skip
async def test_a_header_that_may_not_be_sent_sends_nothing(headers: dict[str, str]) -> None:
    """No second header smuggled in, and nobody pretends to be a browser."""
    async with site() as place, fetcher() as out:
        assert not (await fails(out, place.says("/page"), headers=headers)).retry
        assert place.asked == []


async def test_from_https_to_http_is_not_followed(pem: Path) -> None:
    """A redirect may not take the lock off."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(pem)
    async with site() as plain:
        plain.says("/page", b"plain")

        async def away(request: web.BaseRequest) -> web.StreamResponse:
            return web.Response(status=302, headers={"Location": plain.url("/page")})

        runner = web.ServerRunner(web.Server(away))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        url = f"https://127.0.0.1:{runner.addresses[0][1]}/page"
        async with fetcher(ca_file=pem) as out:
            problem = await fails(out, url)
        async with fetcher() as unaware:
            distrust = await fails(unaware, url)
        await runner.cleanup()
        assert not problem.retry
        assert "https to plain http" in str(problem)
        assert plain.asked == []
        assert distrust.retry
        assert "ca_file" in str(distrust)


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


class Proxy:
    """A real forward proxy: CONNECT is tunnelled, the rest answered as if fetched."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.lines.append(head.split("\r\n")[0])
        method, target, _ = self.lines[-1].split(" ")
        if method == "CONNECT":
            inner, outer = await asyncio.open_connection(
                "127.0.0.1", int(target.rpartition(":")[2])
            )
            writer.write(b"HTTP/1.1 200 Go ahead\r\n\r\n")
            await asyncio.gather(self.pump(reader, outer), self.pump(inner, writer))
        else:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nby proxy\n")
            await writer.drain()
            writer.close()

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


async def test_the_proxy_resolves_and_we_do_not() -> None:
    """Through the proxy no name is looked up here; only the proxy is connected to."""
    proxy, names, recorder = Proxy(), Names(), Recorder()
    server = await asyncio.start_server(proxy.talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with (
        server,
        fetcher(
            proxy=f"http://127.0.0.1:{port}", resolver=names, make_socket=recorder, allow_private=()
        ) as out,
    ):
        answer = await out.web("test").get("http://paste.example/raw/1?x=2")
        assert answer.capture.body.open().read() == b"by proxy\n"
        for inward in ("http://10.0.0.1/", "http://[::1]/", "http://localhost/", "http://2130706433/",
                       "http://wiki.internal/", "http://abc.onion/"):  # fmt: skip
            assert not (await fails(out, inward)).retry
    assert proxy.lines == ["GET http://paste.example/raw/1?x=2 HTTP/1.1"]
    assert names.asked == []
    assert recorder.made == ["127.0.0.1"]


async def test_https_goes_through_the_proxy_in_a_tunnel(pem: Path) -> None:
    """CONNECT, and TLS with the site itself inside."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(pem)
    place, proxy = Site(), Proxy()
    place.says("/page", b"through the tunnel")
    runner = web.ServerRunner(web.Server(place.answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    place.port = runner.addresses[0][1]
    server = await asyncio.start_server(proxy.talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        async with fetcher(proxy=f"http://127.0.0.1:{port}", ca_file=pem) as out:
            answer = await out.web("test").get(f"https://127.0.0.1:{place.port}/page")
        assert answer.capture.body.open().read() == b"through the tunnel"
        assert proxy.lines == [f"CONNECT 127.0.0.1:{place.port} HTTP/1.1"]
        await runner.cleanup()


async def test_a_proxy_that_is_not_there_is_named() -> None:
    """The mend is in [network], not at the site."""
    async with site() as place:
        nobody = place.url("")
    async with fetcher(proxy=nobody) as out:
        problem = await fails(out, "http://paste.example/")
    assert problem.retry
    assert "`proxy` in [network]" in str(problem)


async def test_no_proxy_goes_straight() -> None:
    """A host listed in `no_proxy` is reached without it, and still judged."""
    async with site() as place:
        place.says("/page", b"straight")
        async with fetcher(proxy="http://127.0.0.1:9", no_proxy=("127.0.0.1", "in.example")) as out:
            answer = await out.web("test").get(place.url("/page"))
            assert answer.capture.body.open().read() == b"straight"
        names = Names("127.0.0.1")
        async with fetcher(
            proxy="http://127.0.0.1:9", no_proxy=("in.example",), resolver=names
        ) as out:
            assert "allow_private" in str(await fails(out, place.url("/page", "in.example")))
