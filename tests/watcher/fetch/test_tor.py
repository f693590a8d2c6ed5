"""What must go through Tor goes nowhere else, whatever the place, the redirect or the trouble."""

from __future__ import annotations

import asyncio
import ssl
import traceback
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from tests.watcher.fetch.inward import INWARDS, Names, Recorder
from tests.watcher.fetch.proxied import Socks, leaving, service, socks, table
from tests.watcher.fetch.site import Clock, Site, fails, fetcher, site
from watcher.config.settings import Network
from watcher.errors import ConfigError, FetchError
from watcher.fetch import Fetcher
from watcher.fetch.address import special

ONION = service("one")
OTHER = service("two")
CLEAR = "paste.example"


def leading(place: Site) -> dict[str, int]:
    return dict.fromkeys((ONION, OTHER, CLEAR), place.port)


async def test_an_onion_name_is_handed_over_and_never_looked_up() -> None:
    """Any source, told or not: the proxy is given the name, and nothing else is connected to."""
    recorder, names = Recorder(), Names()
    async with (
        site() as place,
        socks(leads=leading(place)) as tor,
        fetcher(tor=tor.url, make_socket=recorder, resolver=names, no_proxy=(ONION, ".onion"),
                proxy="http://127.0.0.1:9", allow_private=(ONION,)) as out,
    ):  # fmt: skip
        place.says("/list", b"listed")
        with leaving() as left:
            answer = await out.web("test").get(f"http://{ONION.upper()}./list")
        assert answer.capture.body.open().read() == b"listed"
        ((_, kind, host, port),) = tor.asked
        assert (kind, host, port) == (3, ONION, 80)
        assert names.asked == left.sought == []
        assert recorder.made == ["127.0.0.1"]
        # The rest is the proxy's own, on the other side.
        assert left.tried == [("127.0.0.1", tor.port), ("127.0.0.1", place.port)]


async def test_a_source_that_says_so_goes_through_tor_in_clear_names_too() -> None:
    """Its listing and its documents; a source that does not say so is not touched by it."""
    names = Names("10.0.0.1")
    async with (
        site() as place,
        socks(leads=leading(place)) as tor,
        fetcher(tor=tor.url, resolver=names, sources=table("board")) as out,
    ):
        place.says("/list")
        answer = await out.web("board").get(f"http://{CLEAR}/list")
        assert answer.capture.via == "tor"
        assert tor.names == [CLEAR]
        assert names.asked == []
        assert "allow_private" in str(await fails(out, f"http://{CLEAR}/list", source="other"))
        assert names.asked == [CLEAR]


async def test_a_source_with_an_onion_address_goes_through_tor_in_all_it_lists() -> None:
    """What an onion page links to in clear is not fetched from our own address."""
    names = Names()
    sources = table("board", via="", options={"url": f"http://{ONION}/list"})
    async with (
        site() as place,
        socks(leads=leading(place)) as tor,
        fetcher(tor=tor.url, resolver=names, sources=sources) as out,
    ):
        place.says("/linked")
        await out.web("board").get(f"http://{CLEAR}/linked")
        assert tor.names == [CLEAR]
        assert names.asked == []


@pytest.mark.parametrize("there", [f"http://{CLEAR}/b", f"http://{OTHER}/b", "/b"])
async def test_what_began_through_tor_stays_there(there: str) -> None:
    """To a clear name, to another service, to itself: through the same circuit, never direct."""
    recorder, names = Recorder(), Names()
    async with (
        site() as place,
        socks(leads=leading(place)) as tor,
        fetcher(tor=tor.url, make_socket=recorder, resolver=names) as out,
    ):
        place.says("/a", status=302, headers={"Location": there})
        place.says("/b", b"here")
        capture = (await out.web("test").get(f"http://{ONION}/a")).capture
        assert capture.body.open().read() == b"here"
        assert len({user for user, *_ in tor.asked}) == 1
        assert names.asked == []
        assert set(recorder.made) == {"127.0.0.1"}
        assert len(recorder.made) == len(tor.asked)


async def test_from_clear_to_onion_is_refused() -> None:
    """Whoever is asked in clear could hand out a name of ours alone; nothing is looked up for it."""
    names = Names()
    async with site() as place, socks() as tor, fetcher(tor=tor.url, resolver=names) as out:
        url = place.says("/page", status=302, headers={"Location": f"http://{ONION}/"})
        problem = await fails(out, url)
        assert not problem.retry
        assert 'via = "tor"' in str(problem)
        assert tor.asked == []
        assert names.asked == []


@pytest.mark.parametrize("url", INWARDS)
async def test_nothing_private_is_asked_for_through_tor(url: str) -> None:
    """However it is spelled, at first and by redirect, and though it be in `allow_private`."""
    async with (
        site() as place,
        socks(leads=leading(place)) as tor,
        fetcher(tor=tor.url, sources=table("board")) as out,
    ):
        assert "through Tor" in str(await fails(out, url, source="board"))
        place.says("/away", status=302, headers={"Location": url})
        problem = await fails(out, f"http://{CLEAR}/away", source="board")
        assert not problem.retry
        assert tor.names == [CLEAR]


async def test_a_public_address_is_handed_over_as_a_number() -> None:
    """Where the place has no name, there is no name to hand over."""
    async with (
        site() as place,
        socks(leads={"8.8.8.8": place.port, "2606:4700::1111": place.port}) as tor,
        fetcher(tor=tor.url, sources=table("board")) as out,
    ):
        place.says("/")
        await out.web("board").get("http://8.8.8.8/")
        await out.web("board").get("http://[2606:4700::1111]:8080/")
        assert [(kind, port) for _, kind, _, port in tor.asked] == [(1, 80), (4, 8080)]


async def test_each_source_has_a_circuit_of_its_own() -> None:
    """Sources differ in their credentials and share no connection, though they ask one host."""
    async with site() as place, socks(leads=leading(place)) as tor, fetcher(tor=tor.url) as out:
        place.says("/page")
        for name in ("one", "two", "one", "two"):
            await out.web(name).get(f"http://{ONION}/page")
        users = [user for user, *_ in tor.asked]
        assert len(users) == len(set(users)) == len(set(tor.passwords)) == 2
        assert len(place.asked) == 4
    async with site() as place, socks(leads=leading(place)) as tor, fetcher(tor=tor.url) as out:
        place.says("/page")
        await out.web("one").get(f"http://{ONION}/page")
        assert {user for user, *_ in tor.asked}.isdisjoint(users), "known again after a start"


async def test_credentials_say_nothing_and_are_told_to_nobody() -> None:
    """Not the source's name, and in no error, traceback or repr."""
    async with (
        site() as place,
        socks(leads=leading(place), codes={OTHER: 1}) as tor,
        fetcher(tor=tor.url) as out,
    ):
        place.says("/page")
        await out.web("northshire").get(f"http://{ONION}/page")
        problem = await fails(out, f"http://{OTHER}/", source="northshire")
        await tor.end()
        gone = await fails(out, f"http://{OTHER}/", source="northshire")
        user, password = tor.asked[0][0].decode(), tor.passwords[0].decode()
        ways = out._ways
        shown = [repr(out), repr(ways), repr(ways._circuits), repr(vars(ways))]
        shown += ["".join(traceback.format_exception(each)) for each in (problem, gone)]
        assert "northshire" not in user + password
        for secret in (user, password):
            assert not any(secret in each for each in shown)


async def pulled(out: Fetcher, tor: Socks, url: str) -> FetchError:
    problem = await fails(out, url, source="board")
    assert problem.retry
    assert problem.after is None, "the host did not ask for that"
    assert "is the tor service running?" in str(problem)
    return problem


@pytest.mark.parametrize(
    "url", [f"http://{ONION}/page", f"http://{CLEAR}/page", f"https://{CLEAR}/page"]
)
async def test_without_the_proxy_nothing_leaves(url: str) -> None:
    """Pulled away between two visits: an error worth coming back for, and not one packet elsewhere."""
    recorder, names = Recorder(), Names("192.0.1.1")
    async with (
        site() as place,
        socks(leads=leading(place)) as tor,
        fetcher(Clock(), tor=tor.url, make_socket=recorder, resolver=names, sources=table("board"),
                no_proxy=(CLEAR,), allow_private=(CLEAR, ONION)) as out,
    ):  # fmt: skip
        place.says("/page")
        await out.web("board").get(f"http://{CLEAR}/page")
        await tor.end()
        asked = len(place.asked)
        with leaving() as left:
            for _ in range(3):
                await pulled(out, tor, url)
        assert set(left.tried) == {("127.0.0.1", tor.port)}
        assert left.sought == names.asked == []
        assert set(recorder.made) == {"127.0.0.1"}
        assert len(place.asked) == asked
        await tor.start()
        await out.web("board").get(f"http://{CLEAR}/page")
        assert len(place.asked) == asked + 1, "it is not held against the host"


async def test_pulled_away_in_the_middle_of_an_exchange() -> None:
    """Between a page and where it redirects to: the second hop is not made in clear."""
    names = Names("192.0.1.1")
    async with (
        site() as place,
        socks(leads=leading(place)) as tor,
        fetcher(tor=tor.url, resolver=names, sources=table("board")) as out,
    ):

        async def last(request: web.Request) -> web.StreamResponse:
            headers = {"Location": f"http://{CLEAR}/b", "Connection": "close"}
            tor.shut()
            return web.Response(status=302, headers=headers)

        place.pages["/a"] = last
        with leaving() as left:
            await pulled(out, tor, f"http://{ONION}/a")
        assert left.sought == names.asked == []
        assert {port for _, port in left.tried} == {tor.port, place.port}
        assert not any(not special(address) for address, _ in left.tried)
        assert [path for _, path, _ in place.asked] == ["/a"]


async def test_https_through_tor_is_judged_as_anywhere(pem: Path) -> None:
    """TLS with the place itself, inside Tor; a certificate that does not fit is named as that."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(pem)
    place = Site()
    place.says("/page", b"inside")
    runner = web.ServerRunner(web.Server(place.answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    port = runner.addresses[0][1]
    async with socks(leads={CLEAR: port}) as tor:
        async with fetcher(tor=tor.url, sources=table("board"), ca_file=pem) as out:
            problem = await fails(out, f"https://{CLEAR}/page", source="board")
        assert problem.retry
        assert "TLS certificate" in str(problem)
        assert [(host, port) for _, _, host, port in tor.asked] == [(CLEAR, 443)]
        assert place.asked == []
    await runner.cleanup()


async def test_tor_has_a_time_limit_of_its_own() -> None:
    """Slow is normal there; endless is not, and the limit that is named is Tor's."""
    limits = {"timeout": timedelta(minutes=1), "tor_timeout": timedelta(seconds=0.2)}
    async with (
        asyncio.timeout(20),
        socks(silent=True) as tor,
        fetcher(tor=tor.url, **limits) as out,
    ):
        problem = await fails(out, f"http://{ONION}/")
    assert problem.retry
    assert "0.2 s" in str(problem)
    limits = {"timeout": timedelta(microseconds=1), "tor_timeout": timedelta(minutes=1)}
    async with (
        site() as place,
        socks(leads=leading(place)) as tor,
        fetcher(tor=tor.url, **limits) as out,
    ):
        place.says("/page")
        await out.web("test").get(f"http://{ONION}/page")


async def test_the_contact_is_not_said_through_tor() -> None:
    """Whoever stole a list need not learn who looks for it; the name of the program is no secret."""
    async with site() as place, socks(leads=leading(place)) as tor, fetcher(tor=tor.url) as out:
        place.says("/page")
        await out.web("test").get(f"http://{ONION}/page")
        ((method, _, headers),) = place.asked
        assert method == "GET"
        assert headers["User-Agent"] == "leak-watcher/1.2.3"


JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x48"


@pytest.mark.parametrize(
    ("kind", "body"), [("image/png", b"anything"), ("Video/MP4", b""), ("text/html", JPEG)]
)
async def test_no_picture_is_received_unasked(kind: str, body: bytes) -> None:
    """Named as one or begun as one: told as that, final, and the rest of it never sent for."""
    sources = {**table("board"), **table("seeing", images=True), **table("plain", via="")}
    names = Names("127.0.0.1")
    async with (
        site() as place,
        socks(leads=leading(place)) as tor,
        fetcher(tor=tor.url, sources=sources, resolver=names, allow_private=(CLEAR,)) as out,
    ):
        place.says("/page", body, headers={"Content-Type": kind})
        problem = await fails(out, f"http://{CLEAR}/page", source="board")
        assert not problem.retry
        assert "images = true" in str(problem)
        seen = (await out.web("seeing").get(f"http://{CLEAR}/page")).capture
        assert seen.body.open().read() == body
        direct = place.url("/page", CLEAR)
        assert (await out.web("plain").get(direct)).capture.body.size == len(body)


async def test_a_way_that_is_not_there_is_told() -> None:
    """With `tor` empty an onion address is final, and a source that needs it does not start."""
    names = Names()
    async with fetcher(tor="", resolver=names) as out:
        problem = await fails(out, f"http://{ONION}/")
        assert not problem.retry
        assert "`tor` in [network]" in str(problem)
        assert names.asked == []
    with pytest.raises(ConfigError, match=r"sources\.board: goes through Tor"):
        fetcher(tor="", sources=table("board"))
    with pytest.raises(ConfigError, match=r"network\.tor"):
        Fetcher(Network(tor="socks5://localhost:9050"), None)  # type: ignore[arg-type]  # not asked
