"""A page that lists documents, on a real site, read by a real worker."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sources.listing import Listing
from tests.watcher.fetch.site import Site, site
from watcher.api import Capture, ConfigError, FetchError, Ref, Secret, SourceError
from watcher.fetch import Fetcher
from watcher.testing.source import check_source

PAGE = b"""<html><h1>Recent pastes</h1><a href="/about">About</a><table class="list">
<tr><td><a href="/AAAAaaaa">one</a><td>x
<tr><td><a href="/BBBBbbbb#last">two</a><td>x
<tr><td><a href="/AAAAaaaa">one again</a><td>x
<tr><td><a href="javascript:alert(1)">three</a><td>x
<tr><td><a name="CCCCcccc">no link</a><td>x
</table></html>"""


def refs(found: list[Ref | Capture]) -> list[tuple[str, str]]:
    return [(each.key, each.url) for each in found if isinstance(each, Ref)]


async def test_links_are_items(place: Site, out: Fetcher) -> None:
    """Each address once, absolute, without fragment, in the page's order; what is no link is none."""
    source = Listing(name="pastes", url=place.says("/", PAGE), item="table.list td a")
    one, two = place.says("/AAAAaaaa", b"paste one"), place.says("/BBBBbbbb", b"paste two")
    found = await check_source(source, out.web("pastes"))
    assert refs(found) == [(one, one), (two, two)]
    capture = await source.fetch(out.web("pastes"), Ref(source="pastes", key=one, url=one))
    assert capture.body.open().read() == b"paste one"


async def test_a_key_out_of_the_link_and_a_raw_address(place: Site, out: Fetcher) -> None:
    """`key` picks the items and their keys; `raw` says where the document is."""
    place.says("/", PAGE)
    place.says("/raw/AAAAaaaa", b"1")
    place.says("/raw/BBBBbbbb", b"2")
    source = Listing(
        name="pastes",
        url=place.url("/"),
        item="a",
        key="/([A-Za-z]{8})$",
        raw=place.url("/raw/{key}"),
        minimum=2,
        expect=("Recent pastes",),
    )
    found = await check_source(source, out.web("pastes"))
    assert refs(found) == [
        ("AAAAaaaa", place.url("/raw/AAAAaaaa")),
        ("BBBBbbbb", place.url("/raw/BBBBbbbb")),
    ]


async def test_a_pattern_on_the_text(place: Site, out: Fetcher) -> None:
    """Where there is no selector: the first group is the key."""
    source = Listing(
        name="pastes",
        url=place.says("/", PAGE),
        pattern='<td><a href="/([A-Za-z]{8})',
        raw="http://paste.example/raw?i={key}",
    )
    found = await check_source(source, out.web("pastes"), fetched=0)
    assert refs(found) == [
        ("AAAAaaaa", "http://paste.example/raw?i=AAAAaaaa"),
        ("BBBBbbbb", "http://paste.example/raw?i=BBBBbbbb"),
    ]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (PAGE.replace(b"list", b"grid"), "listed 0 items, expected at least 1"),
        (b"", '"Recent pastes" not found'),
        (b"<h1>Checking your browser</h1>", '"Recent pastes" not found'),
    ],
)
async def test_a_changed_page_is_not_a_quiet_day(
    place: Site, out: Fetcher, page: bytes, told: str
) -> None:
    """Status 200 proves nothing: a missing marker or an empty list makes the source sick."""
    source = Listing(
        name="pastes", url=place.says("/", page), item="table.list a", expect=("Recent pastes",)
    )
    with pytest.raises(SourceError, match=told) as caught:
        await check_source(source, out.web("pastes"))
    assert "watcher sources check pastes" in str(caught.value)


async def test_an_unchanged_page_lists_nothing_new(place: Site, out: Fetcher) -> None:
    """304 is no empty page: nothing is listed and nothing is missing."""
    source = Listing(name="pastes", url=place.says("/", status=304), item="a", expect=("x",))
    web = out.web("pastes", {source.url: ('"1"', "")})
    assert await check_source(source, web) == []


async def test_a_failing_page_is_a_fetch_error(place: Site, out: Fetcher) -> None:
    """Whoever planned the visit learns the status."""
    source = Listing(name="pastes", url=place.says("/", status=403), item="a")
    with pytest.raises(FetchError) as caught:
        await check_source(source, out.web("pastes"))
    assert caught.value.status == 403


async def test_credentials_do_not_follow_links(place: Site, out: Fetcher) -> None:
    """The listing and its own site get the headers, a link to elsewhere does not."""
    async with site() as away:
        away.says("/leak")
        place.says("/", f'<a href="/own">1</a><a href="{away.url("/leak")}">2</a>'.encode())
        place.says("/own")
        headers = {"X-Token": Secret("t0ken")}
        source = Listing(name="pastes", url=place.url("/"), item="a", headers=headers)
        assert len(await check_source(source, out.web("pastes"))) == 2
        assert [sent.get("X-Token") for _, _, sent in place.asked] == ["t0ken", "t0ken"]
        assert [sent.get("X-Token") for _, _, sent in away.asked] == [None]
        assert "t0ken" not in repr(source)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"item": ""}, "^item: "),
        ({"pattern": "x"}, "^item: "),
        ({"item": "", "pattern": "(x)"}, "^raw: "),
        ({"item": "", "pattern": "(x"}, "^pattern: "),
        ({"item": "", "pattern": "x", "key": "y", "raw": "http://x.example/{key}"}, "^key: "),
        ({"key": "("}, "^key: "),
        ({"raw": "http://x.example/raw"}, '^raw: needs "{key}" in it'),
        ({"url": "site.example"}, "^url: "),
    ],
)
def test_fields_that_do_not_go_together_are_told(fields: dict[str, str], told: str) -> None:
    """Each names the key and the mend; whoever reads the file adds the table."""
    with pytest.raises(ConfigError, match=told):
        Listing(**{"name": "pastes", "url": "http://x.example/", "item": "a", **fields})  # type: ignore[arg-type]  # a table


async def test_the_recorded_archive(place: Site, out: Fetcher, samples: Path) -> None:
    """Fifty pastes, whichever way they are looked for."""
    page = (samples / "pastebin" / "archive_2022_full.html").read_bytes()
    url, raw = place.says("/archive", page), "http://paste.example/raw/{key}"
    by_item = Listing(
        name="p",
        url=url,
        item="table.maintable tr td:first-child a",
        key=r"/(\w{8})$",
        raw=raw,
        minimum=50,
    )
    by_pattern = Listing(name="p", url=url, pattern=r'<a href="/(\w{8})">.+</a></td>', raw=raw)
    one = refs(await check_source(by_item, out.web("p"), fetched=0))
    two = refs(await check_source(by_pattern, out.web("p"), fetched=0))
    assert one == two
    assert len(one) == 50
    assert one[0] == ("6ryvL9V2", "http://paste.example/raw/6ryvL9V2")


async def test_items_may_be_looked_at_again_while_they_are_listed(
    place: Site, out: Fetcher
) -> None:
    """The first fifty, in turns; without it nothing has a version and a 304 is taken."""
    links = "".join(f"<a href='/{at}'>x</a>" for at in range(60))
    url = place.says("/", links.encode(), headers={"Content-Type": "text/html"})
    for recheck, many in ((None, 0), (timedelta(hours=1), 50)):
        source = Listing(name="pastes", url=url, item="a", recheck=recheck)
        found = await check_source(source, out.web("pastes", {url: ('"v"', "")}), fetched=0)
        assert sum(bool(each.version) for each in found if isinstance(each, Ref)) == many
        assert ("If-None-Match" in place.asked[-1][2]) == (recheck is None)


def test_nobody_is_asked_again_without_end() -> None:
    """A turn of a minute would be a request a minute for each of fifty documents."""
    with pytest.raises(ConfigError, match=r"^recheck: "):
        Listing(name="p", url="https://x.example/", item="a", recheck=timedelta(minutes=1))
