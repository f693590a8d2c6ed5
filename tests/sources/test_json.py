"""A place that lists in JSON, on a real site, read by a real worker."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web as server

from sources.json import Json
from sources.listed import UNEDITED
from tests.watcher.fetch.site import Site
from watcher.api import Capture, ConfigError, FetchError, Ref, SourceError
from watcher.fetch import Fetcher
from watcher.testing.source import check_source


def refs(found: list[Ref | Capture]) -> list[tuple[str, str]]:
    return [(each.key, each.url) for each in found if isinstance(each, Ref)]


def texts(found: list[Ref | Capture]) -> list[tuple[str, str, str]]:
    return [
        (each.ref.key, each.header("content-type"), each.body.open().read().decode())
        for each in found
        if isinstance(each, Capture)
    ]


def says(place: Site, value: object, path: str = "/api") -> str:
    return place.says(path, json.dumps(value).encode())


async def test_items_links_and_keys(place: Site, out: Fetcher) -> None:
    """Links may be relative, keys may be numbers; items without a key are passed over."""
    place.says("/raw/1", b"one")
    place.says("/raw/2", b"two")
    url = says(
        place,
        {"data": {"list": [{"id": 1, "at": "/raw/1"}, {"at": "/x"}, None, {"id": "b", "at": place.url("/raw/2")},
                           {"id": True, "at": "/y"}, {"id": "c"}]}},
    )  # fmt: skip
    source = Json(name="api", url=url, items="data.list", key="id", link="at", minimum=3)
    found = await check_source(source, out.web("api"))
    assert refs(found) == [("1", place.url("/raw/1")), ("b", place.url("/raw/2"))]


async def test_most_of_a_listing_that_cannot_be_used_is_trouble(place: Site, out: Fetcher) -> None:
    """What can be used is read all the same; but an answer that lost its fields is not a quiet day."""
    url = says(place, [{"id": 1, "at": "/raw/1"}] + [{"ID": n, "at": "/x"} for n in range(9)])
    source = Json(name="api", url=url, key="id", link="at")
    listing = source.discover(out.web("api"))
    assert isinstance(await anext(listing), Ref)
    with pytest.raises(SourceError, match="1 of 10 items"):
        await anext(listing)


async def test_an_address_made_from_the_key(place: Site, out: Fetcher) -> None:
    """`raw` is filled with the key, encoded where it must be."""
    source = Json(
        name="api",
        url=says(place, [{"id": "a b"}, {"id": "a/c"}]),
        key="id",
        raw=place.url("/raw/{key}"),
    )
    found = await check_source(source, out.web("api"), fetched=0)
    assert refs(found) == [("a b", place.url("/raw/a%20b")), ("a/c", place.url("/raw/a/c"))]


async def test_an_item_may_be_the_document(place: Site, out: Fetcher) -> None:
    """`@` reads the whole item as JSON that is the same for the same item; a text is a text."""
    items = [{"id": 1, "title": "Zw\u00f6lf", "a": None}, {"id": 2, "title": None}]
    source = Json(name="api", url=says(place, items), key="id", text="@")
    assert texts(await check_source(source, out.web("api"))) == [
        ("1", "application/json; charset=utf-8", '{"a":null,"id":1,"title":"Zw\u00f6lf"}'),
        ("2", "application/json; charset=utf-8", '{"id":2,"title":null}'),
    ]
    source = Json(name="api", url=source.url, key="id", text="title")
    assert texts(await check_source(source, out.web("api"))) == [
        ("1", "text/plain; charset=utf-8", "Zw\u00f6lf")
    ]


async def test_an_item_may_be_both(place: Site, out: Fetcher) -> None:
    """What it says and what it links to are two documents."""
    url = says(place, [{"id": "v1", "text": "victim", "at": "http://leak.example/v1"}])
    source = Json(name="api", url=url, key="id", text="text", link="at")
    found = await check_source(source, out.web("api"), fetched=0)
    assert texts(found) == [("v1", "text/plain; charset=utf-8", "victim")]
    assert refs(found) == [("v1 link", "http://leak.example/v1")]


async def test_items_that_share_a_key_are_all_read(place: Site, out: Fetcher) -> None:
    """Aggregators cut titles and repeat them: what differs is another item, what does not is not."""
    url = says(place, [{"t": "A", "d": "1"}, {"t": "A", "d": "2"}, {"t": "A", "d": "1"}])
    source = Json(name="api", url=url, key="t", text="d")
    assert [text for _, _, text in texts(await check_source(source, out.web("api")))] == ["1", "2"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "cannot be read"),
        (b"<html>", "cannot be read"),
        (b'{"items": [', "cannot be read"),
        (b"[]", "`meta.version`"),
        (b'{"meta": {"version": 2}}', "finds no list"),
        (b'{"meta": {"version": 2}, "items": {"id": 1}}', "finds no list"),
        (b'{"meta": {"version": 2}, "items": []}', "listed 0 items"),
        (b'{"meta": {"version": 2}, "items": [{"ID": 1}]}', "none of 1 items"),
        (b'{"meta": {"version": 2}, "items": [{"id": 1}]}', "none of 1 items"),
        (b'{"meta": {"version": null}, "items": [{"id": 1, "at": "/"}]}', "meta.version"),
    ],
)
async def test_another_shape_is_not_a_quiet_day(
    place: Site, out: Fetcher, body: bytes, told: str
) -> None:
    """Broken, renamed, emptied: the source is sick and says what is missing."""
    source = Json(
        name="api",
        url=place.says("/api", body),
        items="items",
        key="id",
        link="at",
        expect=("meta.version",),
    )
    with pytest.raises(SourceError, match=told.strip("`")):
        await check_source(source, out.web("api"))


async def test_an_unchanged_answer_lists_nothing_new(place: Site, out: Fetcher) -> None:
    """304 is no empty list."""
    source = Json(name="api", url=place.says("/api", status=304), key="id", text="@")
    assert await check_source(source, out.web("api", {source.url: ('W/"1"', "")})) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"link": ""}, "^link: needs one of"),
        ({"raw": "http://x.example/{key}"}, "^raw: "),
        ({"link": "", "raw": "http://x.example/"}, '^raw: needs "{key}"'),
        ({"items": "a["}, "^items: "),
        ({"items": ""}, "^items: "),
        ({"key": "a) || (b"}, "^key: "),
        ({"key": ""}, "^key: "),
        ({"link": "a |"}, "^link: "),
        ({"text": "}"}, "^text: "),
        ({"expect": ("a", "b[")}, "^expect: "),
        ({"url": "api.example"}, "^url: "),
    ],
)
def test_fields_that_do_not_go_together_are_told(fields: dict[str, Any], told: str) -> None:
    """Each names the key; an expression is tried when the configuration is read."""
    with pytest.raises(ConfigError, match=told):
        Json(**{"name": "api", "url": "http://x.example/", "key": "id", "link": "at", **fields})


async def test_the_recorded_gists(place: Site, out: Fetcher, samples: Path) -> None:
    """Five gists; every file of each is an item, and its address names its revision."""
    body = (samples / "github" / "gists_public_since_2018.json").read_bytes()
    source = Json(
        name="gists",
        url=place.says("/gists", body),
        items="[].files.values(@)[]",
        key="raw_url",
        link="raw_url",
        minimum=5,
    )
    found = await check_source(source, out.web("gists"), fetched=0)
    assert len(found) >= 5
    assert all("/raw/" in url for _, url in refs(found))


async def test_a_recording_cut_short(place: Site, out: Fetcher, samples: Path) -> None:
    """Half an answer is no answer."""
    body = (samples / "fourchan" / "boards_TRUNCATED_invalid_json.json").read_bytes()
    source = Json(name="boards", url=place.says("/b", body), items="boards", key="board", text="@")
    with pytest.raises(SourceError, match="cannot be read"):
        await check_source(source, out.web("boards"))


async def test_the_recorded_victims(place: Site, out: Fetcher, samples: Path) -> None:
    """Every post of the recording is read as an item of its own."""
    body = (samples / "ransomware" / "ransomwatch_posts_tail_2023-09.json").read_bytes()
    source = Json(
        name="posts",
        url=place.says("/posts", body),
        key="join(' ', [group_name, post_title, discovered])",
        text="@",
    )
    assert len(await check_source(source, out.web("posts"))) == len(json.loads(body)) == 27


async def test_an_item_says_its_version(place: Site, out: Fetcher) -> None:
    """As text or as anything else; one that says none is unedited, and its first edit another version."""
    items = [{"id": 1, "u": "/1", "v": "r7"}, {"id": 2, "u": "/2", "v": 8}, {"id": 3, "u": "/3"}]
    url = place.says("/api", json.dumps(items).encode())
    source = Json(name="leaks", url=url, key="id", link="u", version="v")
    found = await check_source(source, out.web("leaks"), fetched=0)
    assert [each.version for each in found if isinstance(each, Ref)] == ["r7", "8", UNEDITED]


async def test_numbered_pages_are_read_up_to_a_bound(place: Site, out: Fetcher) -> None:
    """Until one lists nothing; what stands on two of them is listed once."""
    pages = {"1": [{"id": 1}, {"id": 2}], "2": [{"id": 2}, {"id": 3}], "3": [], "4": [{"id": 9}]}

    async def numbered(request: server.Request) -> server.Response:
        return server.json_response(pages[request.query["page"]])

    place.pages["/api"] = numbered
    source = Json(
        name="a", url=place.url("/api?page={page}"), key="id", raw=place.url("/{key}"), pages=4
    )
    found = await check_source(source, out.web("a"), fetched=0)
    assert [key for key, _ in refs(found)] == ["1", "2", "3"]
    assert len(place.asked) == 3


async def test_html_inside_json_is_read_as_a_page(place: Site, out: Fetcher) -> None:
    """What an item says, and what a document that is JSON says in its fields."""
    posts = {"posts": [{"sub": None, "com": "Ann Qu<wbr>ill"}, {"com": "<b>tea</b>"}]}
    says(place, posts, "/1")
    url = says(place, [{"id": 1, "content": "<p>Rain</p>"}])
    source = Json(
        name="a",
        url=url,
        key="id",
        text="content",
        html=True,
        raw=place.url("/{key}"),
        inside="posts[].[sub, com]",
    )
    found = await check_source(source, out.web("a"))
    assert texts(found) == [("1", "text/html; charset=utf-8", "<p>Rain</p>")]
    (ref,) = [each for each in found if isinstance(each, Ref)]
    capture = await source.fetch(out.web("a"), ref)
    assert capture.body.open().read() == b"<div>Ann Qu<wbr>ill</div>\n<div><b>tea</b></div>"
    assert (capture.ref, capture.header("Content-Type")) == (ref, "text/html; charset=utf-8")
    for broken in (b"no json", b'{"other": 1}'):
        place.says("/1", broken)
        with pytest.raises(FetchError, match=r"^inside: ") as caught:
            await source.fetch(out.web("a"), ref)
        assert not caught.value.retry


async def test_a_place_may_say_with_404_that_it_lists_nothing(place: Site, out: Fetcher) -> None:
    """Only where that is known of it, and no other status."""
    source = Json(name="a", url=place.url("/none"), key="id", text="@")
    with pytest.raises(FetchError):
        await check_source(source, out.web("a"))
    absent = replace(source, absent=True)
    assert await check_source(absent, out.web("a")) == []
    place.says("/none", status=410)
    with pytest.raises(FetchError):
        await check_source(absent, out.web("a"))


async def test_a_refusal_is_no_listing(place: Site, out: Fetcher) -> None:
    """The place says with status 200 that it does not serve us."""
    url = place.says("/api", b"NO ACCESS")
    source = Json(name="a", url=url, key="id", text="@", refusals={"NO ACCESS": "blocked: pay"})
    with pytest.raises(FetchError, match=r"no access.*: pay"):
        await check_source(source, out.web("a"))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"html": True, "text": "", "link": "x"}, "^html: "),
        ({"pages": 2}, "^pages: "),
        ({"pages": 99, "url": "http://x.example/{page}"}, "^pages: "),
        ({"inside": "a["}, "^inside: "),
        ({"refusals": {"x": "never"}}, "^refusals: "),
    ],
)
def test_what_goes_with_nothing_is_told(fields: dict[str, Any], told: str) -> None:
    """Each names the key."""
    with pytest.raises(ConfigError, match=told):
        Json(**{"name": "a", "url": "http://x.example/", "key": "id", "text": "@", **fields})
