"""A feed, on a real site, read by a real worker."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sources.feed import Feed
from sources.listed import UNEDITED
from tests.watcher.fetch.site import Site
from watcher.api import Capture, ConfigError, Ref, SourceError
from watcher.fetch import Fetcher
from watcher.testing.source import check_source

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>FOI answers</title>
<item><guid isPermaLink="false">f-2</guid><title>Second</title><link>{0}/two</link>
<description>&lt;p&gt;Answer tw\u00f6&lt;/p&gt;</description>
<enclosure url="{0}/two.xlsx" type="application/vnd.ms-excel" length="1"/>
<enclosure url="{0}/two.pdf" type="application/pdf" length="1"/></item>
<item><guid isPermaLink="false">f-1</guid><title>First</title><link>{0}/one</link></item>
</channel></rss>"""


def told(found: list[Ref | Capture]) -> list[tuple[str, str, str]]:
    return [
        ("ref", each.key, each.url)
        if isinstance(each, Ref)
        else (each.body.open().read().decode(), each.ref.key, each.url)
        for each in found
    ]


async def test_an_entry_brings_content_link_and_enclosures(place: Site, out: Fetcher) -> None:
    """In the feed's order; content is a capture of its own, the rest is fetched later."""
    home = place.url("")
    place.says("/feed", FEED.format(home).encode())
    for path in ("/one", "/two", "/two.xlsx", "/two.pdf"):
        place.says(path, path.encode())
    source = Feed(name="foi", url=place.url("/feed"), expect=("FOI answers",))
    found = await check_source(source, out.web("foi"), fetched=9)
    assert told(found) == [
        ("<p>Answer tw\u00f6</p>", "f-2", f"{home}/two"),
        ("ref", "f-2 link", f"{home}/two"),
        ("ref", "f-2 enclosure 1", f"{home}/two.xlsx"),
        ("ref", "f-2 enclosure 2", f"{home}/two.pdf"),
        ("ref", "f-1 link", f"{home}/one"),
    ]
    capture = found[0]
    assert isinstance(capture, Capture)
    assert capture.status is None
    assert capture.header("content-type") == "text/html; charset=utf-8"


async def test_content_and_links_can_be_left_out(place: Site, out: Fetcher) -> None:
    """What is switched off is not listed; enclosures always are."""
    url = place.says("/feed", FEED.format("http://foi.example").encode())
    web = out.web("foi")
    plain = Feed(name="foi", url=url, content=False, links=False)
    assert [key for _, key, _ in told(await check_source(plain, web, fetched=0))] == [
        "f-2 enclosure 1",
        "f-2 enclosure 2",
    ]


async def test_entries_that_share_an_id_are_all_read(place: Site, out: Fetcher) -> None:
    """Some feeds give every entry the same id, some give none: nothing is lost, nothing doubled."""
    item = "<item>{}<title>{}</title><description>{}</description></item>"
    same = "<guid isPermaLink='false'>same</guid>"
    page = "".join(
        [item.format(same, "a", "1"), item.format(same, "b", "2"), item.format(same, "a", "1"),
         item.format("", "c", "3"), item.format("", "d", "4")]
    )  # fmt: skip
    url = place.says("/feed", f"<rss version='2.0'><channel>{page}</channel></rss>".encode())
    found = await check_source(Feed(name="foi", url=url), out.web("foi"))
    assert [text for text, _, _ in told(found)] == ["1", "2", "3", "4"]
    assert told(found)[0][1] == "same"


@pytest.mark.parametrize("body", [b"<html>Log in</html>", b"", b"<rss><channel></channel></rss>"])
async def test_what_is_no_feed_makes_the_source_sick(
    place: Site, out: Fetcher, body: bytes
) -> None:
    """A login page, nothing at all, or a feed without entries."""
    with pytest.raises(SourceError, match="watcher sources check foi"):
        await check_source(Feed(name="foi", url=place.says("/feed", body)), out.web("foi"))


async def test_a_missing_marker_is_named(place: Site, out: Fetcher) -> None:
    """Even though entries are there."""
    url = place.says("/feed", FEED.format("http://foi.example").encode())
    with pytest.raises(SourceError, match='"Disclosure log" not found'):
        await check_source(Feed(name="foi", url=url, expect=("Disclosure log",)), out.web("foi"))


async def test_an_unchanged_feed_lists_nothing_new(place: Site, out: Fetcher) -> None:
    """304 is no empty feed."""
    source = Feed(name="foi", url=place.says("/feed", status=304), expect=("x",))
    assert await check_source(source, out.web("foi", {source.url: ("", "yesterday")})) == []


def test_an_address_must_be_one() -> None:
    """Told when the configuration is read."""
    with pytest.raises(ConfigError, match=r"^url: "):
        Feed(name="foi", url="feed.example")


async def test_the_recorded_feeds(place: Site, out: Fetcher, samples: Path) -> None:
    """RSS, RDF and Atom in several charsets: each lists something, under keys of its own."""
    for file in sorted((samples / "feeds").glob("*.xml")):
        if file.name.startswith("miniflux_enc_"):
            continue  # traps for charsets, without entries
        url = place.says(f"/{file.name}", file.read_bytes())
        found = await check_source(Feed(name="foi", url=url), out.web("foi"), fetched=0)
        assert found, file.name


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>f</id>
<entry><id>e-1</id><title>One</title>{1}<link href="{0}/one"/>
<link rel="enclosure" href="{0}/one.xlsx"/><published>2025-01-01T00:00:00Z</published></entry></feed>"""


async def test_an_entry_that_was_updated_is_another_version(place: Site, out: Fetcher) -> None:
    """Of what it links to; what only says when it was published is unedited, and its first edit another."""
    edited = "<updated>2026-11-22T10:00:00Z</updated>"
    for update, version in (("", UNEDITED), (edited, "2026-11-22T10:00:00Z")):
        url = place.says("/feed", ATOM.format("http://foi.example", update).encode())
        found = await check_source(Feed(name="foi", url=url), out.web("foi"), fetched=0)
        assert [each.version for each in found if isinstance(each, Ref)] == [version] * 2


async def test_what_entries_link_to_is_fetched_again_in_turn(place: Site, out: Fetcher) -> None:
    """Where the operator wants that; the feed is asked for whole then."""
    url = place.says("/feed", ATOM.format("http://foi.example", "").encode())
    source = Feed(name="foi", url=url, recheck=timedelta(hours=1))
    window = out.web("foi", {url: ('"v"', "")})
    found = await check_source(source, window, fetched=0)
    assert all(
        each.version.startswith(f"{UNEDITED} turn ") for each in found if isinstance(each, Ref)
    )
    assert "If-None-Match" not in place.asked[-1][2]


async def test_a_feed_that_says_how_long_it_stays_is_left_alone(place: Site, out: Fetcher) -> None:
    """Its `ttl`, in minutes, is a wish of the place like a header's."""
    body = b"<rss version='2.0'><channel><ttl>90</ttl><item><link>/1</link></item></channel></rss>"
    url = place.says("/feed", body, headers={"Cache-Control": "max-age=60"})
    web = out.web("foi")
    found = [each async for each in Feed(name="foi", url=url).discover(web)]
    assert (len(found), web.wait) == (1, 5400.0)
