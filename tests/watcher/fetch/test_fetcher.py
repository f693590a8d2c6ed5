"""What a visit learns, and what a fetcher is for."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from aiohttp import web

from tests.watcher.fetch.site import Clock, Site, fetcher, never_read, site
from watcher.api import Secret
from watcher.config.settings import Network, SourceTable
from watcher.errors import ConfigError, FetchError
from watcher.fetch import Fetcher
from watcher.model import Ref

ETAG, MODIFIED = 'W/"a,b:1"', "Sat, 21 Nov 2026 10:00:00 +0000 (odd)"


def versioned(place: Site, path: str) -> str:
    """A page that knows its validators, and answers 304 only to exactly these."""

    async def page(request: web.Request) -> web.StreamResponse:
        headers = {"ETag": ETAG, "Last-Modified": MODIFIED, "Cache-Control": "max-age=90"}
        same = (
            request.headers.get("If-None-Match") == ETAG
            and request.headers.get("If-Modified-Since") == MODIFIED
        )
        return web.Response(status=304 if same else 200, text="listing", headers=headers)

    place.pages[path] = page
    return place.url(path)


async def test_validators_go_back_to_the_letter() -> None:
    """First visit: learned. Second: sent verbatim, unchanged, kept. The third may go on from there."""
    async with site() as place, fetcher() as out:
        url = versioned(place, "/list")
        first = out.web("test", {})
        assert not (await first.get(url)).unchanged
        assert first.validators == {url: (ETAG, MODIFIED)}
        assert first.wait == 90.0
        second = out.web("test", first.validators)
        answer = await second.get(url)
        assert answer.unchanged
        assert answer.capture.status == 304
        assert answer.capture.body.size == 0
        assert second.validators == first.validators
        assert [headers.get("If-None-Match") for _, _, headers in place.asked] == [None, ETAG]


async def test_nothing_is_remembered_of_an_address_that_is_a_secret() -> None:
    """Neither validators nor freshness nor where it has gone: all of them would keep the address."""
    async with site() as place, fetcher() as out:
        url = versioned(place, "/range/567159")

        async def gone(request: web.Request) -> web.StreamResponse:
            return web.Response(status=301, headers={"Location": url})

        place.pages["/old/567159"] = gone
        visit = out.web("test", {})
        for each in (url, place.url("/old/567159")):
            answer = await visit.get(Secret(each))
            assert answer.capture.status == 200
            assert "567159" not in repr(answer.capture.ref)
        assert (visit.validators, visit.moved, visit.wait) == ({}, {}, 0.0)


async def test_of_what_was_cut_no_validators_are_kept() -> None:
    """The rest was never seen: an answer that it is unchanged would hide it for good."""
    async with site() as place, fetcher() as out:
        url = versioned(place, "/list")
        visit = out.web("test", {}, max_bytes=3)
        assert (await visit.get(url)).capture.cut
        assert visit.validators == {}


async def test_without_validators_the_question_is_unconditional() -> None:
    """None, as for documents and after an error: the whole answer, and validators to learn."""
    async with site() as place, fetcher() as out:
        url = versioned(place, "/list")
        visit = out.web("test", None)
        assert not (await visit.get(url)).unchanged
        assert visit.validators == {url: (ETAG, MODIFIED)}


async def test_validators_belong_to_the_address_that_gave_them() -> None:
    """Behind a redirect they are asked of the last hop, not of the first."""
    async with site() as place, fetcher() as out:
        last = versioned(place, "/list")
        url = place.says("/old", status=301, headers={"Location": "/list"})
        first = out.web("test", {})
        await first.get(url)
        assert first.validators == {last: (ETAG, MODIFIED)}
        assert (await out.web("test", first.validators).get(url)).unchanged
        assert "If-None-Match" not in place.asked[2][2]


async def test_a_page_without_validators_forgets_the_old_ones() -> None:
    """What the place no longer says is not sent again."""
    async with site() as place, fetcher() as out:
        url = place.says("/list")
        visit = out.web("test", {url: ('"old"', "")})
        await visit.get(url)
        assert place.asked[0][2]["If-None-Match"] == '"old"'
        assert visit.validators == {}


async def test_the_longest_wait_of_a_visit_counts() -> None:
    """Freshness and Retry-After, of answers and of errors, at most a day."""
    async with site() as place, fetcher() as out:
        place.says("/a", headers={"Cache-Control": "max-age=30"})
        place.says("/b", headers={"Cache-Control": "max-age=20"})
        place.says("/c", status=500, headers={"Retry-After": "999999"})
        visit = out.web("test")
        await visit.get(place.url("/a"))
        await visit.get(place.url("/b"))
        assert visit.wait == 30.0
        with pytest.raises(FetchError):
            await visit.get(place.url("/c"))
        assert visit.wait == 86_400.0


async def test_expires_is_a_wish_as_well() -> None:
    """Counted from the answer's own date."""
    async with site() as place, fetcher() as out:
        headers = {
            "Date": "Sun, 22 Nov 2026 00:00:00 GMT",
            "Expires": "Sun, 22 Nov 2026 02:00:00 GMT",
        }
        visit = out.web("test")
        await visit.get(place.says("/a", headers=headers))
        assert visit.wait == 7200.0


async def test_an_address_that_moved_for_good_is_told() -> None:
    """Only where every hop says so; the answer is the new one's all the same."""
    async with site() as place, fetcher() as out:
        last = place.says("/c", b"here")
        place.says("/b", status=308, headers={"Location": "/c"})
        good = place.says("/a", status=301, headers={"Location": "/b"})
        for_now = place.says("/x", status=307, headers={"Location": "/b"})
        visit = out.web("test")
        for url in (good, for_now, last):
            assert (await visit.get(url)).capture.body.open().read() == b"here"
        assert visit.moved == {good: last}


async def test_the_budget_is_the_hosts_whoever_asks() -> None:
    """Sources of every pace, their rules, redirects and a person: never two requests too close."""
    clock = Clock()
    starts: list[float] = []
    names = [f"s{number}" for number in range(6)]
    tables = {
        name: SourceTable(
            name=name,
            kind="listing",
            enabled=True,
            pace=timedelta(seconds=number),
            options={},
        )
        for number, name in enumerate(names)
    }
    async with (
        site() as place,
        fetcher(clock, sources=tables, per_host=timedelta(seconds=3)) as out,
    ):

        async def page(request: web.Request) -> web.StreamResponse:
            starts.append(clock.seconds)
            to = {"/old": "/list"}.get(request.path)
            return web.Response(status=302, headers={"Location": to}) if to else web.Response()

        place.pages |= dict.fromkeys(("/robots.txt", "/old", "/list"), page)
        urls = [place.url("/old"), place.url("/list")]
        for name in [*names, "scan"]:
            for url in urls:
                await out.web(name).get(url)
    gaps = [after - before for before, after in itertools.pairwise(starts)]
    assert len(starts) == len(place.asked) == 1 + 7 * 3
    assert min(gaps) >= 3.0


async def test_a_capture_carries_the_ref_it_was_asked_for() -> None:
    """The document of a ref, whatever its key."""
    async with site() as place, fetcher() as out:
        ref = Ref(source="scan", key="k1", url=place.says("/page", b"text"))
        capture = await out.capture(ref)
        assert capture.ref is ref
        assert capture.body.open().read() == b"text"
        assert (await out.capture(ref, max_bytes=2)).cut


def test_settings_that_cannot_be_used_are_told_when_built() -> None:
    """Not at the first request, hours later."""
    with pytest.raises(ConfigError, match=r"network\.proxy"):
        Fetcher(Network(proxy="nonsense"), never_read)
