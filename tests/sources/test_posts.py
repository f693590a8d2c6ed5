"""A page of posts, on a real site, read by a real worker."""

from __future__ import annotations

import pytest
from aiohttp import web as server

from sources.posts import Posts
from tests.watcher.fetch.site import Site
from watcher.api import Capture, ConfigError, FetchError, SourceError
from watcher.fetch import Fetcher
from watcher.testing.source import check_source

POST = (
    '<div class="post" data-id="{0}"><p class="reply">not mine</p>'
    '<p class="text">words {1}</p><a class="when" href="/p/{0}">now</a></div>'
)
FIELDS = {
    "item": ".post",
    "key": "@data-id",
    "text": ".text",
    "without": ".reply",
    "link": "a.when@href",
}


def page(*numbers: int, older: str = "") -> bytes:
    posts = "".join(POST.format(each, each) for each in numbers)
    return f"<h1>Channel</h1><a class=older href='{older}'></a>{posts}".encode()


def posts(place: Site, **more: object) -> Posts:
    return Posts(name="channel", url=place.url("/s"), **{**FIELDS, **more})  # type: ignore[arg-type]  # a table


async def found(source: Posts, out: Fetcher) -> list[Capture]:
    return [
        each for each in await check_source(source, out.web("channel")) if isinstance(each, Capture)
    ]


async def test_each_post_is_a_document(place: Site, out: Fetcher) -> None:
    """Its own words as HTML, its own address, and a version that is its words'."""
    place.says("/s", page(1, 2))
    one, two = await found(posts(place), out)
    assert (one.ref.key, two.ref.key) == ("1", "2")
    assert one.ref.url == place.url("/p/1")
    assert one.body.open().read() == b'<p class="text">words 1</p>'
    assert one.header("Content-Type").startswith("text/html")
    place.says("/s", page(1, 2).replace(b"words 2", b"other words"))
    same, edited = await found(posts(place), out)
    assert same.ref.version == one.ref.version
    assert (edited.ref, edited.ref.version == two.ref.version) == (two.ref, False)


async def test_older_pages_are_read_up_to_a_bound(place: Site, out: Fetcher) -> None:
    """By their own links, on the same site, and never one of them twice."""

    async def numbered(request: server.Request) -> server.Response:
        before = int(request.query.get("before", "9"))
        older = place.url(f"/s?before={before - 1}")
        return server.Response(body=page(before, before + 1, older=older))

    place.pages["/s"] = numbered
    more = posts(place, next="a.older@href", pages=3)
    assert [each.ref.key for each in await found(more, out)] == ["9", "10", "8", "7"]
    assert len(place.asked) == 3
    for elsewhere in ("/s", "http://other.example/s?before=1", ""):
        place.asked.clear()
        place.says("/s", page(1, older=elsewhere))
        assert len(await found(more, out)) == 1
        assert len(place.asked) == 1


async def test_a_post_without_words_is_no_document_and_no_trouble(
    place: Site, out: Fetcher
) -> None:
    """A picture and nothing else: it is listed, and not read."""
    place.says("/s", page(1) + b'<div class=post data-id="2"><img src=x></div>')
    assert [each.ref.key for each in await found(posts(place, minimum=2), out)] == ["1"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            {"expect": ("Kanal",), "hint": "it is private"},
            '"Kanal" not found in what came: it is private',
        ),
        ({"text": ".words"}, "text: `.words` finds nothing in any of 3 posts"),
        ({"item": ".message"}, "listed 0 items, expected at least 1"),
        ({"key": "@id"}, "key: `@id` finds nothing in any post"),
    ],
)
async def test_a_page_that_is_not_the_channel_is_told(
    place: Site, out: Fetcher, more: dict[str, object], told: str
) -> None:
    """Status 200 proves nothing."""
    place.says("/s", page(1, 2, 3))
    with pytest.raises(SourceError, match=told):
        await found(posts(place, **more), out)


async def test_a_post_can_be_fetched_by_its_own_address(place: Site, out: Fetcher) -> None:
    """For whoever has its ref."""
    place.says("/s", page(1))
    place.says("/p/1", b"the post's page")
    source = posts(place, refusals={"gone": "gone"})
    (one,) = await found(source, out)
    assert (await source.fetch(out.web("channel"), one.ref)).ref == one.ref
    place.says("/p/1", b"gone")
    with pytest.raises(FetchError, match="nothing any more"):
        await source.fetch(out.web("channel"), one.ref)


async def test_an_unchanged_page_lists_nothing_new(place: Site, out: Fetcher) -> None:
    """304 is no empty page."""
    place.says("/s", status=304)
    source = posts(place)
    assert await check_source(source, out.web("channel", {source.url: ('"1"', "")})) == []


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"key": ".text"}, "^key: "),
        ({"link": "a"}, "^link: "),
        ({"pages": 2}, "^pages: "),
        ({"pages": 0}, "^pages: "),
        ({"url": "t.me/s/x"}, "^url: "),
    ],
)
def test_fields_that_do_not_go_together_are_told(more: dict[str, object], told: str) -> None:
    """Each names the key and the mend."""
    with pytest.raises(ConfigError, match=told):
        Posts(**{"name": "c", "url": "http://x.example/", **FIELDS, **more})  # type: ignore[arg-type]  # a table
