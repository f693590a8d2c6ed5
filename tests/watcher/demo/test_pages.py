"""What is published, and how the three places list it."""

from __future__ import annotations

import io
import json
import re

import feedparser

from watcher.demo.pages import ARCHIVE, FEED, LISTING, publication
from watcher.demo.roster import people

SHOWN = publication(7, people(7, 2000))


def test_every_document_has_an_address_of_its_own() -> None:
    """51 quiet pages and three leaks at 54 paths, and all of them are answered."""
    assert len(SHOWN.quiet) == 51
    assert len(SHOWN.leaks) == 3
    posts = (*SHOWN.quiet, *SHOWN.leaks)
    assert len({post.path for post in posts}) == 54
    after = SHOWN.after()
    assert all(after[post.path] == post.page for post in posts)


def test_the_leaks_are_not_there_on_the_quiet_day() -> None:
    """Neither page nor mention; afterwards all three listings have changed."""
    before, after = SHOWN.before(), SHOWN.after()
    for leak in SHOWN.leaks:
        assert leak.path not in before
        assert not any(leak.key.encode() in page.body for page in before.values())
    for listing in (ARCHIVE, FEED, LISTING):
        assert before[listing].body != after[listing].body


def test_the_archive_links_every_paste() -> None:
    """A row with a link for each, newest first."""
    links = re.findall(r'href="/pastes/([0-9a-f]{10})"', SHOWN.after()[ARCHIVE].body.decode())
    pastes = [post.key for post in (*SHOWN.leaks, *SHOWN.quiet) if post.place == "pastes"]
    assert links == pastes


def test_the_feed_is_a_feed() -> None:
    """feedparser finds no fault in it, each entry's page answers, and one has an enclosure."""
    after = SHOWN.after()
    feed = feedparser.parse(io.BytesIO(after[FEED].body))
    assert not feed.bozo
    assert len(feed.entries) == 13
    assert all(entry.link in after for entry in feed.entries)
    enclosures = [each.href for entry in feed.entries for each in entry.get("enclosures", ())]
    assert enclosures == [SHOWN.leaks[1].path]


def test_the_listing_is_json_with_links_that_answer() -> None:
    """Key, title and link for each post."""
    after = SHOWN.after()
    posts = json.loads(after[LISTING].body)["posts"]
    assert [set(post) for post in posts] == [{"key", "title", "link"}] * 20
    assert all(post["link"] in after for post in posts)


def test_titles_and_paths_tell_nothing_of_the_people() -> None:
    """Keys are digests; no address or title holds an enrolled name's letters."""
    for leak in SHOWN.leaks:
        assert re.fullmatch(r"[0-9a-f]{10}", leak.key)
    assert "Strength.xlsx" in SHOWN.leaks[1].path


def test_the_same_seed_publishes_the_same() -> None:
    """Byte for byte."""
    assert publication(7, people(7, 2000)).after() == SHOWN.after()
