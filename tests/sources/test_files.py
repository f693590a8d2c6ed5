"""Files behind an item's page, on a real site, read by a real worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sources.feed import Feed
from sources.files import check_selector
from sources.json import Json
from sources.listing import Listing
from sources.page import Page
from sources.posts import Posts
from tests.watcher.fetch.site import Site, site
from watcher.api import Capture, ConfigError, FetchError, Ref, Secret
from watcher.fetch import Fetcher
from watcher.testing.source import check_source

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = """<html><a href="/about">About</a><ul class="files">
<li><a href="/files/list.xlsx">List</a><li><a href="/files/list.xlsx#top">again</a>
<li><a href="//127.0.0.1:{port}/two.pdf?x=1">Two</a><li><a href="mailto:a@b.example">mail</a>
<li><a href="">this page</a><li><a name="x">nowhere</a></ul></html>"""
FOUND = ["/files/list.xlsx", "/two.pdf?x=1"]
LINKS = ".files a"


def item(place: Site, headers: Mapping[str, str] = HTML) -> Ref:
    url = place.says("/item", PAGE.format(port=place.port).encode(), headers=dict(headers))
    return Ref(source="foi", key="1", url=url)


def paths(place: Site, capture: Capture) -> list[str]:
    return [each.url.removeprefix(place.url("")) for each in capture.files]


def every(place: Site, files: str) -> list[Any]:
    """One source of each kind that leads to pages."""
    url = place.url("/list")
    return [
        Listing(name="foi", url=url, item="a", files=files),
        Feed(name="foi", url=url, files=files),
        Json(name="foi", url=url, key="id", link="url", files=files),
    ]


async def test_what_the_selector_picks_is_behind_the_page(place: Site, out: Fetcher) -> None:
    """Absolute, each once, in the page's order, as refs of the source; never the page itself."""
    ref = item(place)
    for source in every(place, LINKS):
        capture = await source.fetch(out.web("foi"), ref)
        assert capture.ref == ref
        assert paths(place, capture) == FOUND
        assert {each.source for each in capture.files} == {"foi"}
        assert len({each.key for each in capture.files} | {ref.key, ref.url}) == 4


async def test_without_a_selector_and_where_it_finds_nothing_there_are_none(
    place: Site, out: Fetcher
) -> None:
    """Many answers have no file: that is no error."""
    for files in ("", ".attachments a"):
        for source in every(place, files):
            assert (await source.fetch(out.web("foi"), item(place))).files == ()


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("application/xhtml+xml; charset=utf-8", FOUND),
        ("", FOUND),
        ("application/pdf", []),
        ("text/plain", []),
    ],
)
async def test_what_is_no_page_is_not_searched(
    place: Site, out: Fetcher, kind: str, found: list[str]
) -> None:
    """A file that is listed itself is one; what says nothing of its kind may be a page."""
    (source, *_) = every(place, LINKS)
    capture = await source.fetch(out.web("foi"), item(place, {"Content-Type": kind}))
    assert paths(place, capture) == found


async def test_a_page_that_cannot_be_searched_is_not_one_without_files(
    place: Site, out: Fetcher
) -> None:
    """It says which, and that there is no use in coming back."""
    ref = item(place, HTML | {"Content-Encoding": "gzip"})
    (source, *_) = every(place, LINKS)
    with pytest.raises(FetchError, match=r"^files: the page cannot be searched") as caught:
        await source.fetch(out.web("foi"), ref)
    assert not caught.value.retry


async def test_a_file_that_is_being_made_ready_is_asked_for_again(
    place: Site, out: Fetcher
) -> None:
    """A page that reloads itself, to which one is sent, is not the file; one that was meant is."""
    wait = b'<html><head><META HTTP-EQUIV="Refresh" content="2"></head><h1>Processing</h1></html>'
    place.says("/wait", wait, headers=HTML)
    place.says("/files/list.xlsx", status=302, headers={"Location": "/wait"})
    place.says("/two.pdf", wait, headers=HTML)
    (source, *_) = every(place, LINKS)
    moved, stays = (await source.fetch(out.web("foi"), item(place))).files
    with pytest.raises(FetchError, match="making the file ready") as caught:
        await source.fetch(out.web("foi"), moved)
    problem = caught.value
    assert (problem.retry, problem.after, problem.status) == (True, 60.0, 200)
    assert (await source.fetch(out.web("foi"), stays)).body.open().read() == wait
    place.says("/wait", b"<h1>A report that is a page</h1>", headers=HTML)
    assert (await source.fetch(out.web("foi"), moved)).files == ()


async def test_credentials_stay_at_home(place: Site, out: Fetcher) -> None:
    """A file on the listing's own site gets the headers, one elsewhere does not."""
    async with site() as away:
        away.says("/b.csv")
        place.says("/a.csv")
        links = f'<a class="f" href="/a.csv">a</a><a class="f" href="{away.url("/b.csv")}">b</a>'
        place.says("/item", links.encode(), headers=HTML)
        place.says("/list", b"<i><a href='/item'>1</a></i>", headers=HTML)
        headers = {"X-Token": Secret("t0ken")}
        source = Listing(
            name="foi", url=place.url("/list"), item="i a", files=".f", headers=headers
        )
        (ref,) = await check_source(source, out.web("foi"))
        assert isinstance(ref, Ref)
        for file in (await source.fetch(out.web("foi"), ref)).files:
            await source.fetch(out.web("foi"), file)
        assert {sent.get("X-Token") for _, _, sent in place.asked} == {"t0ken"}
        assert [sent.get("X-Token") for _, _, sent in away.asked] == [None]


@pytest.mark.parametrize("css", ["a[", "a:nosuch", "a >", "!", "a:has("])
def test_what_is_no_selector_is_refused_with_its_key(css: str) -> None:
    """When the configuration is read, not at the first visit."""
    check_selector("files", "")
    check_selector("files", "a[href*='/attach/']:not([href*='/attach/html/'])")
    with pytest.raises(ConfigError, match=r"^files: .* is not a CSS selector"):
        check_selector("files", css)
    url = "https://x.example/"
    for kind, fields, key in (
        (Listing, {"item": css}, "item"),
        (Listing, {"item": "a", "files": css}, "files"),
        (Feed, {"files": css}, "files"),
        (Json, {"key": "id", "link": "url", "files": css}, "files"),
        (Page, {"part": css}, "part"),
        (Posts, {"item": css, "key": "@id", "text": "p"}, "item"),
        (Posts, {"item": "a", "key": "@id", "text": "p", "without": css}, "without"),
    ):
        with pytest.raises(ConfigError, match=rf"^{key}: "):
            kind(name="x", url=url, **fields)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Feed, {"links": False}),
        (Json, {"key": "id", "text": "text"}),
        (Json, {"key": "id", "link": "url", "inside": "text"}),
    ],
)
def test_where_there_are_no_pages_there_are_no_files(kind: Any, fields: dict[str, Any]) -> None:
    """A key that could never do anything is an error, with its name."""
    with pytest.raises(ConfigError, match=r"^files: "):
        kind(name="x", url="https://x.example/", files="a", **fields)
