"""
Everything that can go wrong on the way, by real servers that do it.

Each fault is one clear error, or a capture that says it was cut; it is asked
for once; and what is asked for next is had.
"""

from __future__ import annotations

import gzip
import socket
import traceback
import zlib
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from tests.watcher.fetch.faults import (
    Server,
    Talk,
    certificate,
    floods,
    resets,
    says,
    server,
    stalls,
    trickles,
)
from tests.watcher.fetch.inward import Names, Recorder
from tests.watcher.fetch.site import Clock, fails, fetcher, site
from watcher.api import ReadError
from watcher.config.settings import Read
from watcher.errors import BROKEN, LOCAL, UNREACHABLE, FetchError
from watcher.fetch import Fetcher
from watcher.read import Readers

OK = b"HTTP/1.1 200 OK\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n"
SHORT = timedelta(seconds=0.5)


async def one_error(out: Fetcher, place: Server, clock: Clock, **where: str) -> FetchError:
    """How asking there fails; it was asked once, and what is asked for next is had."""
    problem = await fails(out, place.url(**where))
    assert place.asked == ["GET /page HTTP/1.1"]
    assert "SECRET" not in "".join(traceback.format_exception(problem))
    assert "127.0.0.1" in str(problem)
    clock.seconds += 100
    answer = await out.web("test").get(place.url(path="/well"))
    assert answer.capture.body.open().read() == b"well"
    assert place.asked[1:] == ["GET /well HTTP/1.1"]
    return problem


@pytest.mark.parametrize(
    ("talk", "kind", "told"),
    [
        (resets(), UNREACHABLE, "ECONNRESET"),
        (resets(OK + b"X: "), UNREACHABLE, ""),
        (resets(OK + b"Content-Length: 90\r\n\r\nSECRET"), BROKEN, "broke off"),
        (says(), UNREACHABLE, "closed without an answer"),
        (says(OK + b"X: SECRET"), UNREACHABLE, "closed without an answer"),
        (says(OK + b"Content-Length: 90\r\n\r\nSECRET"), BROKEN, "broke off"),
        (says(OK + b"Transfer-Encoding: chunked\r\n\r\n9\r\nSECRET"), BROKEN, "broke off"),
        (says(OK + b"Transfer-Encoding: chunked\r\n\r\nSECRET\r\n"), BROKEN, ""),
        (says(OK + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nSECRET"), BROKEN, "not proper HTTP"),
        (says(OK + b"Content-Length: 6, 7\r\n\r\nSECRET"), BROKEN, "not proper HTTP"),
        (says(OK + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\nSECRET"), BROKEN, ""),
        (says(b"<html>SECRET</html>"), BROKEN, "not proper HTTP"),  # HTTP/0.9
        (says(b"SSH-2.0-SECRET\r\n"), BROKEN, "not proper HTTP"),
        (says(b"HTTP/1.1 99999 SECRET\r\n\r\n"), BROKEN, "not proper HTTP"),
        (says(bytes(range(256)) * 40), BROKEN, "not proper HTTP"),
        (stalls(), UNREACHABLE, "0.5 s"),
        (stalls(OK + b"X: SECRET"), UNREACHABLE, "0.5 s"),
        (stalls(OK + b"Content-Length: 90\r\n\r\nSECRET"), UNREACHABLE, "0.5 s"),
        (trickles(OK, b"X: SECRET\r\n"), None, ""),  # a slow loris
        (trickles(OK + b"Content-Length: 99999\r\n\r\n", b"S"), UNREACHABLE, "0.5 s"),
        (floods(OK, b"X: SECRET\r\n"), None, ""),
        (floods(OK + b"X: ", b"SECRET"), None, ""),
        (floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), UNREACHABLE, "0.5 s"),
        (floods(b"", b"\r\n"), None, ""),
    ],
)  # fmt: skip
async def test_what_is_no_answer_is_one_error(talk: Talk, kind: str | None, told: str) -> None:
    """Reset, closed, stalled, torn, contradictory, endless, or not HTTP at all."""
    clock = Clock()
    async with server(talk) as place, fetcher(clock, timeout=SHORT, max_bytes=100_000) as out:
        problem = await one_error(out, place, clock)
        assert problem.retry
        assert problem.status is None
        assert kind in (None, problem.kind)
        assert told in str(problem)


@pytest.mark.parametrize(
    "talk",
    [
        floods(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"6\r\nSECRET\r\n"),
        floods(OK + b"Content-Length: 10737418240\r\n\r\n", b"x" * 4096),
        floods(OK + b"\r\n", b"x" * 4096),
    ],
)
async def test_what_has_no_end_is_cut(talk: Talk) -> None:
    """Chunks, ten gigabytes, or until it closes: the beginning is kept, and marked as one."""
    async with server(talk) as place, fetcher(max_bytes=50_000) as out:
        capture = (await out.web("test").get(place.url())).capture
        assert (capture.body.size, capture.cut) == (50_000, True)
        assert len(place.asked) == 1
        await out.web("test").get(place.url(path="/well"))


async def test_a_length_that_is_too_short_ends_the_body() -> None:
    """What follows belongs to nobody, and is not taken for the next answer."""
    raw = OK + b"Content-Length: 4\r\n\r\nwellHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nSECRET"
    async with server(says(raw)) as place, fetcher() as out:
        assert (await out.web("test").get(place.url())).capture.body.open().read() == b"well"
        following = (await out.web("test").get(place.url(path="/well"))).capture
        assert following.body.open().read() == b"well"
        assert len(place.asked) == 2


def packed(body: bytes, coding: bytes) -> bytes:
    length = b"Content-Length: %d\r\n" % len(body)
    return OK + HTML + b"Content-Encoding: " + coding + b"\r\n" + length + b"\r\n" + body


PAGE = b"<p>" + b"staff list " * 500 + b"</p>"


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(PAGE)[:30], b"gzip"),
        (PAGE, b"gzip"),
        (gzip.compress(PAGE), b"deflate, gzip"),
        (gzip.compress(bytes(1 << 20)) * 200, b"gzip"),
        (zlib.compress(PAGE)[:-20], b"deflate"),
        (PAGE, b"SECRET"),
    ],
    ids=["cut", "none", "twice", "bomb", "torn", "unknown"],
)
async def test_a_coding_that_is_not_what_it_says(body: bytes, coding: bytes) -> None:
    """Half, wrong, unknown or a bomb: kept as it came and no larger, and an error to read, not empty."""
    async with (
        Readers(Read(workers=1)) as readers,
        server(says(packed(body, coding))) as place,
        fetcher(ask=readers.ask) as out,
    ):
        answer = await out.web("test").get(place.url())
        assert answer.capture.body.open().read() == body
        with pytest.raises(ReadError):
            await answer.select("p")
        assert len(place.asked) == 1


async def test_a_charset_that_is_not_what_it_says() -> None:
    """Neither header nor page is believed where the bytes say otherwise; nothing is lost."""
    body = "<meta charset='ascii'><p>Zoë Müller</p>".encode()
    raw = OK + b"Content-Type: text/html; charset=utf-16\r\nContent-Length: %d\r\n\r\n" % len(body)
    async with (
        Readers(Read(workers=1)) as readers,
        server(says(raw + body)) as place,
        fetcher(ask=readers.ask) as out,
    ):
        answer = await out.web("test").get(place.url())
        assert [each.text for each in await answer.select("p")] == ["Zoë Müller"]


@pytest.mark.parametrize(
    ("given", "trusted"),
    [
        ({}, False),
        ({"ends": timedelta(minutes=-1)}, True),
        ({"begins": timedelta(hours=1)}, True),
        ({"names": ("other.example",)}, True),
    ],
)
async def test_a_certificate_that_is_not_good(
    tmp_path: Path, given: dict[str, object], trusted: bool
) -> None:
    """Signed by itself, expired, not yet valid, for another host: nothing is asked."""
    public, context = certificate(tmp_path, **given)  # type: ignore[arg-type]  # as listed
    extra = {"ca_file": public} if trusted else {}
    async with server(says(), tls=context) as place, fetcher(**extra) as out:
        problem = await fails(out, place.url(scheme="https"))
        assert "TLS" in str(problem)
        assert (problem.retry, problem.kind, place.asked) == (True, UNREACHABLE, [])


async def test_a_good_certificate_is_one(tmp_path: Path) -> None:
    """So that the others fail for the reason that they are made for."""
    public, context = certificate(tmp_path)
    async with server(says(), tls=context) as place, fetcher(ca_file=public) as out:
        answer = await out.web("test").get(place.url(scheme="https", path="/well"))
        assert answer.capture.status == 200


async def test_what_does_not_speak_tls() -> None:
    """Plain text where TLS is spoken, and nothing at all."""
    for talk in (says(b"HTTP/1.1 400 SECRET\r\n\r\n"), says()):
        async with server(talk) as place, fetcher(timeout=SHORT) as out:
            problem = await fails(out, place.url(scheme="https"))
            assert (problem.retry, problem.kind) == (True, UNREACHABLE)
            assert "SECRET" not in str(problem)


class Unresolved(Names):
    """No name is known, or nobody can say."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    async def resolve(self, host: str, port: int = 0, family: object = 0) -> list[object]:  # type: ignore[override]  # gives none
        self.asked.append(host)
        raise OSError(self.number, "SECRET")


async def test_a_name_that_is_none_is_the_places_trouble_and_no_resolver_is_ours() -> None:
    """RFC 3493 §6.1: "no such name" is an answer, "try again" is none."""
    for number, kind in ((socket.EAI_NONAME, UNREACHABLE), (socket.EAI_AGAIN, LOCAL)):
        names = Unresolved(number)
        async with fetcher(resolver=names) as out:
            problem = await fails(out, "http://gone.example/page")
            assert (problem.retry, problem.kind, names.asked) == (True, kind, ["gone.example"])
            assert "does not resolve" in str(problem)


async def test_our_own_trouble_is_counted_against_no_host() -> None:
    """Else it would rest when the way out is open again."""
    async with fetcher(resolver=Unresolved(socket.EAI_AGAIN)) as out:
        kinds = {(await fails(out, "http://there.example/page")).kind for _ in range(8)}
    assert kinds == {LOCAL}


async def test_a_proxy_that_is_down_is_our_own_trouble() -> None:
    """Whoever is asked would fail."""
    async with site() as place:
        gone = place.url("").rstrip("/")
    async with fetcher(proxy=gone) as out:
        problem = await fails(out, "http://site.example/page")
        assert (problem.kind, problem.retry) == (LOCAL, True)


class Rebound(Names):
    """One address the first time, another from then on."""

    async def resolve(self, host: str, port: int = 0, family: object = 0) -> list[object]:  # type: ignore[override]  # as above
        found = await super().resolve(host, port)
        return [found[min(len(self.asked), len(found)) - 1]]


async def test_a_name_that_changes_its_mind() -> None:
    """Public, then private: the address that a socket is made for is judged, each time."""
    names, recorder = Rebound("93.184.216.34", "127.0.0.1"), Recorder()

    def stop(info: aiohttp.AddrInfoType) -> object:
        recorder.made.append(str(info[4][0]))
        raise OSError("nothing leaves this machine")

    async with server(says()) as place, fetcher(resolver=names, make_socket=stop) as out:
        first = await fails(out, place.url("rebound.example"))
        assert first.retry
        second = await fails(out, place.url("rebound.example"))
        assert "private" in str(second)
        assert not second.retry
        assert recorder.made == ["93.184.216.34"]
        assert place.asked == []


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://ftp.example/list", "data:text/plain,SECRET", "//u:p@site.example/",
     "javascript:1", "http://10.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest",
     "http://167772161/", "http://localhost/", "gopher://x.example/", "mailto:x@x.example"],
)  # fmt: skip
async def test_a_redirect_that_leads_out_of_the_world(location: str) -> None:
    """Files, other protocols, credentials, our own side: one request, and none there."""
    clock, recorder = Clock(), Recorder()
    talk = says(f"HTTP/1.1 302 Go\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())
    async with server(talk) as place, fetcher(clock, make_socket=recorder) as out:
        problem = await fails(out, place.url())
        assert not problem.retry
        assert "SECRET" not in str(problem)
        assert place.asked == ["GET /page HTTP/1.1"]
        await out.web("test").get(place.url(path="/well"))
        assert set(recorder.made) == {"127.0.0.1"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_loop_of_redirects_ends(status: int) -> None:
    """Between two pages; six requests with five redirects, and the next fetch is well."""
    for here, there in (("/page", "/page"), ("/page", "/other")):
        head = f"HTTP/1.1 {status} Go\r\nContent-Length: 0\r\nLocation: "
        async with server(says(f"{head}{there}\r\n\r\n".encode())) as place, fetcher() as out:
            problem = await fails(out, place.url(path=here))
            assert (problem.retry, len(place.asked)) == (False, 6)
            await out.web("test").get(place.url(path="/well"))


async def test_every_status_is_one_request() -> None:
    """From 100 to 599, counted at the server."""
    clock = Clock()
    for status in range(100, 600):
        bare = status < 200 or status in (204, 304)  # RFC 9110 §6.4.1: no content
        rest = "\r\n" if bare else "Content-Length: 2\r\n\r\nok"
        head = f"HTTP/1.1 {status} X\r\n{rest}"
        async with server(says(head.encode())) as place, fetcher(clock, timeout=SHORT) as out:
            if status in (200, 203):
                answer = await out.web("test").get(place.url())
                assert answer.capture.status == status
            else:
                problem = await fails(out, place.url())
                assert problem.status == status or (status < 200 and problem.status is None)
            assert len(place.asked) == 1, status


async def test_a_kept_connection_that_breaks_is_not_asked_again() -> None:
    """Not even once and at once, as clients do: the server may have heard the first."""
    clock = Clock()
    async with server(resets()) as place, fetcher(clock) as out:
        await out.web("test").get(place.url(path="/well"))
        await fails(out, place.url())
        assert [line.split()[1] for line in place.asked] == ["/well", "/page"]
