"""What a website lets us ask for, on a real one."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from tests.watcher.fetch.inward import Names, Recorder
from tests.watcher.fetch.proxied import leaving, service, socks, table
from tests.watcher.fetch.site import Clock, Site, fails, fetcher, site
from watcher.api import ReadError, Secret
from watcher.config.settings import SourceTable
from watcher.errors import REFUSED, UNREACHABLE
from watcher.fetch.robots import LARGEST, LONGEST, Rules, _Known
from watcher.model import Capture

DAY = 86_400


def source(name: str = "pastes", kind: str = "listing", **given: Any) -> dict[str, SourceTable]:
    return {name: SourceTable(name=name, kind=kind, enabled=True, options={}, **given)}


def says(place: Site, text: str | bytes, **given: Any) -> None:
    place.says("/robots.txt", text.encode() if isinstance(text, str) else text, **given)


def paths(place: Site) -> list[str]:
    return [path for _, path, _ in place.asked]


async def test_it_is_asked_once_a_day_within_the_budget() -> None:
    """Before anything else of a host, at its pace, with our name and none of the source's headers."""
    clock = Clock()
    async with site() as place, fetcher(clock, sources=source()) as out:
        says(place, "User-agent: *\nDisallow: /private/\n")
        url = place.says("/list")
        token = {"X-Token": Secret("1")}
        for _ in range(2):
            await out.web("pastes").get(url, headers=token)
        assert paths(place) == ["/robots.txt", "/list", "/list"]
        assert clock.waits == [1.0, 1.0]
        assert "X-Token" not in place.asked[0][2]
        assert place.asked[0][2]["User-Agent"].startswith("leak-watcher/")
        clock.seconds += DAY
        await out.web("pastes").get(url)
        assert paths(place)[3:] == ["/robots.txt", "/list"]


async def test_what_it_disallows_is_not_asked_for() -> None:
    """No request; final, and told with the way to mend it."""
    async with site() as place, fetcher(sources=source()) as out:
        says(place, "User-agent: *\nDisallow: /private/\nAllow: /private/notices\n")
        place.says("/private/notices", b"ok")
        problem = await fails(out, place.says("/private/list"), "pastes")
        assert (problem.retry, problem.after, problem.kind) == (False, None, REFUSED)
        assert "robots.txt" in str(problem)
        assert "robots = " in str(problem)
        await out.web("pastes").get(place.url("/private/notices"))
        assert paths(place) == ["/robots.txt", "/private/notices"]


async def test_a_redirect_is_judged_at_each_hop() -> None:
    """By the rules of the place that it leads to."""
    async with site() as one, site() as two, fetcher(sources=source()) as out:
        says(one, "")
        says(two, "User-agent: *\nDisallow: /\n")
        one.says("/list", status=302, headers={"Location": two.url("/list")})
        assert (await fails(out, one.url("/list"), "pastes")).kind == REFUSED
        assert (paths(one), paths(two)) == (["/robots.txt", "/list"], ["/robots.txt"])


@pytest.mark.parametrize("status", [201, 204, 400, 401, 403, 404, 410, 418, 451])
async def test_a_place_without_one_allows_all(status: int) -> None:
    """RFC 9309 §2.3.1.3: whatever 4xx it is; asked once."""
    async with site() as place, fetcher(sources=source()) as out:
        says(place, "User-agent: *\nDisallow: /\n", status=status)
        await out.web("pastes").get(place.says("/list"))
        await out.web("pastes").get(place.url("/list"))
        assert paths(place) == ["/robots.txt", "/list", "/list"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599])
async def test_a_place_that_cannot_say_is_left_alone_for_now(status: int) -> None:
    """§2.3.1.4: all is disallowed until it can; asked again after ten minutes, and not before."""
    clock = Clock()
    async with site() as place, fetcher(clock, sources=source()) as out:
        says(place, "", status=status)
        place.says("/list", b"text")
        for _ in range(3):
            problem = await fails(out, place.url("/list"), "pastes")
            assert problem.retry
            assert problem.status is None
            assert problem.after is not None
            assert "robots.txt cannot be had" in str(problem)
        assert paths(place) == ["/robots.txt"]
        clock.seconds += 601
        says(place, "User-agent: *\nDisallow:\n")
        await out.web("pastes").get(place.url("/list"))
        assert paths(place) == ["/robots.txt", "/robots.txt", "/list"]


async def test_what_was_known_counts_while_nothing_newer_can_be_had() -> None:
    """§2.4: after its day the old file is better than none."""
    clock = Clock()
    async with site() as place, fetcher(clock, sources=source()) as out:
        says(place, "User-agent: *\nDisallow: /private\n")
        await out.web("pastes").get(place.says("/list"))
        clock.seconds += DAY
        says(place, "", status=500)
        await out.web("pastes").get(place.url("/list"))
        assert (await fails(out, place.url("/private"), "pastes")).kind == REFUSED


async def test_a_challenge_in_its_place_is_no_leave() -> None:
    """With status 200 it would read as a file without a rule."""
    page = b"<title>Just a moment...</title><script>window._cf_chl_opt = {}</script>"
    async with site() as place, fetcher(sources=source()) as out:
        says(place, page, headers={"Content-Type": "text/html"})
        problem = await fails(out, place.says("/list"), "pastes")
        assert (problem.kind, problem.retry) == (REFUSED, True)
        assert paths(place) == ["/robots.txt"]


async def test_a_host_that_is_left_alone_is_not_asked_for_its_rules() -> None:
    """That says nothing of the file, which is asked for as soon as the host may be."""
    clock = Clock()
    async with site() as place, fetcher(clock, sources=source()) as out:
        says(place, "")
        await fails(out, place.says("/busy", status=503, headers={"Retry-After": "30"}), "scan")
        problem = await fails(out, place.says("/list"), "pastes")
        assert (problem.after, paths(place)) == (30.0, ["/busy"])
        clock.seconds += 30
        await out.web("pastes").get(place.url("/list"))


async def test_a_dead_host_is_unreachable() -> None:
    """And told as that."""
    async with site() as place:
        url = place.url("/list")
    async with fetcher(sources=source()) as out:
        assert (await fails(out, url, "pastes")).kind == UNREACHABLE


async def test_redirects_to_it_are_followed() -> None:
    """§2.3.1.2: to another host as well; one without an end says that there is none."""
    async with site() as place, site() as other, fetcher(sources=source()) as out:
        place.says("/robots.txt", status=301, headers={"Location": other.url("/rules")})
        other.says("/rules", b"User-agent: *\nDisallow: /private\n")
        await out.web("pastes").get(place.says("/list"))
        assert (await fails(out, place.says("/private"), "pastes")).kind == REFUSED
        other.says("/robots.txt", status=301, headers={"Location": "/robots.txt"})
        await out.web("pastes").get(other.says("/list"))
        assert paths(other) == ["/rules", *["/robots.txt"] * 6, "/list"]


async def test_kinds_and_reasons() -> None:
    """An API is not asked, nor where the operator says why; nor for what a person asks for."""
    why = {"robots": "leave from its operator, May 2026"}
    for tables in (source(kind="json"), source(**why), {}):
        async with site() as place, fetcher(sources=tables) as out:
            says(place, "User-agent: *\nDisallow: /\n")
            await out.web("pastes").get(place.says("/list"))
            assert paths(place) == ["/list"]


async def test_its_delay_is_a_pace_for_all() -> None:
    """Of everybody who asks that host, up to two minutes; a source's own counts as well."""
    for said, pace in (("7", 7.0), ("0.2", 1.0), ("9999", 120.0), ("soon", 1.0), ("-1", 1.0)):
        clock = Clock()
        async with site() as place, fetcher(clock, sources=source()) as out:
            says(place, f"User-agent: *\nCrawl-delay: {said}\n")
            await out.web("pastes").get(place.says("/list"))
            await out.web("scan").get(place.url("/list"))
            assert clock.waits == [pace, pace]
    clock = Clock()
    slow = source(pace=timedelta(seconds=90), kind="json")
    async with site() as place, fetcher(clock, sources=slow) as out:
        await out.web("scan").get(place.says("/list"))
        await out.web("pastes").get(place.url("/list"))
        await out.web("scan").get(place.url("/list"))
        assert clock.waits == [90.0, 90.0]


async def test_packed_it_is_read_by_a_worker() -> None:
    """Whatever it unpacks to; broken it cannot be had."""

    async def ask(operation: str, capture: Capture, argument: str) -> Any:
        assert (operation, argument) == ("text", "")
        try:
            return gzip.decompress(capture.body.open().read()).decode()
        except OSError:
            raise ReadError("broken") from None

    for body in (gzip.compress(b"User-agent: *\nDisallow: /list"), b"x"):
        async with site() as place, fetcher(sources=source(), ask=ask) as out:
            says(place, body, headers={"Content-Encoding": "gzip"})
            problem = await fails(out, place.says("/list"), "pastes")
            assert (problem.retry, paths(place)) == (body == b"x", ["/robots.txt"])


async def test_through_tor_it_is_asked_through_tor() -> None:
    """On the source's own circuit: nothing of it is looked up or asked for in clear."""
    onion, recorder = service("rules"), Recorder()
    async with site() as place, socks(leads={onion: place.port}) as proxy:
        tables = table("dark") | table("dim")
        async with fetcher(sources=tables, tor=proxy.url, make_socket=recorder) as out:
            says(place, "User-agent: *\nDisallow: /private\n")
            place.says("/list", b"text")
            for name in ("dark", "dim"):
                await out.web(name).get(f"http://{onion}/list")
                assert (await fails(out, f"http://{onion}/private", name)).kind == REFUSED
        assert paths(place) == ["/robots.txt", "/list"] * 2
        assert len({user for user, *_ in proxy.asked}) == 2
        assert set(recorder.made) == {"127.0.0.1"}
        assert {host for _, _, host, _ in proxy.asked} == {onion}


async def test_of_a_clear_place_it_is_asked_through_tor_as_well() -> None:
    """Where the source goes through Tor; the name is looked up by nobody here."""
    names = Names("192.0.1.1")
    async with site() as place, socks(leads={"clear.example": place.port}) as proxy:
        async with fetcher(sources=table("dark"), tor=proxy.url, resolver=names) as out:
            says(place, "")
            place.says("/list", b"text")
            with leaving() as left:
                await out.web("dark").get("http://clear.example/list")
        assert paths(place) == ["/robots.txt", "/list"]
        assert names.asked == left.sought == []
        assert {host for _, _, host, _ in proxy.asked} == {"clear.example"}


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        # RFC 9309 §5.1 and §5.2, and Google's own examples of the longest match
        ("User-agent: *\nDisallow: *.gif$\nDisallow: /e/\n", "/a.gif", False),
        ("User-agent: *\nDisallow: *.gif$\n", "/a.gif?x", True),
        ("User-agent: leak-watcher\nUser-agent: b\nDisallow: /x\n", "/x/page.gif", False),
        ("User-agent: *\nDisallow: /example/page/\nAllow: /example/page/disallowed.gif\n",
         "/example/page/disallowed.gif", True),
        ("User-agent: *\nAllow: /p\nDisallow: /\n", "/page", True),
        ("User-agent: *\nAllow: /page\nDisallow: /*.htm\n", "/page.htm", False),
        ("User-agent: *\nAllow: /same\nDisallow: /same\n", "/same", True),
        ("User-agent: *\nDisallow:\n", "/x", True),
        ("User-agent: *\nDisallow: /caf%C3%A9\n", "/café", False),
        ("User-agent: *\nDisallow: /café\n", "/caf%c3%a9", False),
        # our group stands alone, however it is spelled, and another's is not ours
        ("User-agent: *\nDisallow: /\n\nUser-agent: Leak-Watcher/2.0\nAllow: /\n", "/x", True),
        ("User-agent: leak-watcher\nDisallow: /\nUser-agent: *\nAllow: /\n", "/x", False),
        ("User-agent: leak\nDisallow: /\n", "/x", True),
        ("User-agent: watcher\nDisallow: /\n", "/x", True),
        ("User-agent: leak-watcher-pro\nDisallow: /\n", "/x", True),
        ("User-agent: leak\nAllow: /\nUser-agent: *\nDisallow: /\n", "/x", False),
        ("User-agent: leak-watcher\nDisallow: /a\n\nUser-agent: leak-watcher\nDisallow: /b\n", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /\n", "/x", False),
        ("useragent leak-watcher # us\nDisallow: /\n", "/x", False),
        ("User-agent: *\r\nDisallow: /x\r\n", "/x", False),
        ("Disallow: /\n", "/x", True),
        ("<html><title>404</title></html>", "/x", True),
        ("User-agent: *\nDisallow: /\n", "/robots.txt", True),
        ("User-agent: *\nDisallow: /x?a=1\n", "/x?a=1&b", False),
        ("User-agent: *\nDisallow: //x\n", "//x", False),
    ],
)  # fmt: skip
def test_rules(text: str, path: str, allowed: bool) -> None:
    """RFC 9309 §2.2: the longest match of our own group, or else of everybody's."""
    assert Rules.read(text).allow(URL(f"https://site.example{path}")) is allowed


def test_only_the_first_500_kib_count() -> None:
    """§2.5."""
    far = "User-agent: *\n" + "#" * LONGEST + "\nDisallow: /\n"
    assert Rules.read(far).allow(URL("https://site.example/x"))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "".join(f"user-agent:a{i}\n" for i in range(30_000)) + "allow:/\n" * 20_000,
        "user-agent:*\n" + "".join(f"disallow:/*{i}*$\n" for i in range(40_000)),
        "user-agent:*\ndisallow:" + "*a" * 250_000,
        "".join(f"\u2028\u3000user-agent:a{i}" for i in range(20_000)) + "\nallow:/\n" * 20_000,
        "user-agent:*\ncrawl-delay:" + "9" * 400_000,
    ],
)
def test_a_hostile_file_costs_little(text: str) -> None:
    """Without the bound on groups the first would take longer than anybody waits."""
    Rules.read(text).allow(URL("https://site.example/" + "a" * 2000))


@given(st.text())
def test_no_file_is_too_odd(text: str) -> None:
    """Whatever is in it there is an answer."""
    Rules.read("User-agent: *\n" + text).allow(URL("https://site.example/x?y"))


async def test_the_files_of_many_hosts_take_no_more_memory_than_a_few() -> None:
    """Who links to hosts without end, each with as many rules as may be, has the oldest of them forgotten."""
    async with fetcher(sources=source()) as out:
        robots = out._robots
        rules = Rules.read("User-agent: *\nDisallow: /\n")
        many = LARGEST // LONGEST * 2
        for number in range(many):
            at = (f"http://h{number}.example", "")
            robots._known[at] = _Known(replace(rules, size=LONGEST), None, DAY)
        async with site() as place:
            says(place, "User-agent: *\nDisallow: /private/\n")
            await out.web("pastes").get(place.says("/list"))
        assert robots._size() <= LARGEST
        assert len(robots._known) > many // 3
        assert ("http://h0.example", "") not in robots._known
