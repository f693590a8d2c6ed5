"""Where a question may lead: redirects, addresses inside, and what stays at its origin."""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from tests.watcher.fetch.inward import Names, Recorder
from tests.watcher.fetch.site import Clock, fails, fetcher, site
from watcher.api import Secret


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


async def test_all_hops_share_one_time_limit() -> None:
    """Each of them answers in time, and a chain of them is no way to hold a source up."""

    async def slow(request: web.Request) -> web.StreamResponse:
        await asyncio.wait([asyncio.Future()], timeout=0.3)
        return web.Response(status=302, headers={"Location": f"/{int(request.path[1:]) + 1}"})

    async with site() as place, fetcher(timeout=timedelta(seconds=1)) as out:
        place.pages |= {f"/{hop}": slow for hop in range(10)}
        problem = await fails(out, place.url("/0"))
        assert "no complete answer within 1 s" in str(problem)
        assert problem.retry


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


async def test_a_redirect_to_a_name_that_resolves_inwards_makes_no_socket() -> None:
    """The leave of the first hop is not that of the next."""
    recorder = Recorder()
    async with (
        site() as place,
        fetcher(make_socket=recorder, resolver=Names("127.0.0.1")) as out,
    ):
        away = place.url("/inside", "rebound.example")
        problem = await fails(out, place.says("/page", status=302, headers={"Location": away}))
        assert "a private" in str(problem)
        assert not problem.retry
        assert [path for _, path, _ in place.asked] == ["/page"]
        assert recorder.made == ["127.0.0.1"]


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
