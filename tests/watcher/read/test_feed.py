from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.watcher.read.made import BOUNDS, sample, stream
from watcher.read.ask import answer
from watcher.read.budget import Budget
from watcher.read.feed import entries, read
from watcher.read.refusal import Refused

URL = "https://site.example/news/feed"
RSS = """<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel><title>t</title>
<item><title>Léa</title><link>/a/1</link><description>short</description>
<enclosure url="list.xlsx" type="x" length="1"/></item>
<item><guid isPermaLink="false">g2</guid><title>two</title></item>
<item><title>three</title><description>no link, no guid</description></item></channel></rss>"""


def test_entries_of_rss() -> None:
    """Links are absolute; without a guid the link is the id, without a link a hash."""
    first, second, third = entries(RSS.format(charset="utf-8"), URL)
    assert first == {
        "id": "https://site.example/a/1",
        "link": "https://site.example/a/1",
        "title": "Léa",
        "content": "short",
        "enclosures": ["https://site.example/news/list.xlsx"],
        "updated": "",
    }
    assert second["id"] == "g2"
    assert len(third["id"]) == 64
    assert third["link"] == ""
    assert third["id"] != entries(RSS.replace("three", "four"), URL)[2]["id"]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16", "invalid"])
def test_the_bytes_charset_counts_not_the_prologs(charset: str) -> None:
    """A wrong or unknown encoding in the prolog loses no entry and no accent."""
    written = "utf-8" if charset == "invalid" else charset
    body = RSS.format(charset=charset).encode(written)
    found = answer("entries", "", url=URL, stream=stream(body), encoding="", budget=Budget(BOUNDS))
    assert [each["title"] for each in found["entries"]] == ["Léa", "two", "three"]


def test_entries_of_atom_and_rdf() -> None:
    """Atom without `updated`, and RSS 1.0."""
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><title>a</title>
    <link href="x"/><content type="html">&lt;p&gt;b&lt;script&gt;c&lt;/script&gt;</content></entry></feed>"""
    (entry,) = entries(atom, URL)
    assert (entry["id"], entry["link"]) == ("tag:1", "https://site.example/news/x")
    assert "<script>c" in entry["content"]
    assert entry["updated"] == ""
    edited = atom.replace("<title>", "<updated> 2026-11-22T10:00:00Z </updated><title>")
    assert entries(edited, URL)[0]["updated"] == "2026-11-22T10:00:00Z"
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/"><item rdf:about="u"><title>r</title><link>u</link></item></rdf:RDF>"""
    assert [each["title"] for each in entries(rdf, URL)] == ["r"]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("<ttl>60</ttl>", 3600.0),
        ("<ttl> 999999 </ttl>", 86_400.0),
        ("<ttl>soon</ttl>", 0.0),
        ("<ttl>-5</ttl>", 0.0),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 3600.0),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21_600.0),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3600.0),
        ("<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3600.0),
        ("<sy:updatePeriod>never</sy:updatePeriod>", 0.0),
        ("", 0.0),
    ],
)  # fmt: skip
def test_a_feed_says_how_long_it_stays(said: str, seconds: float) -> None:
    """Minutes in RSS 2.0, a period in the syndication module; the longer counts, up to a day."""
    feed = RSS.format(charset="utf-8").replace("<channel>", f"<channel>{said}", 1)
    feed = feed.replace("<rss ", '<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" ', 1)
    found, fresh = read(feed, URL)
    assert (len(found), fresh) == (3, seconds)


def test_entries_of_json_feed() -> None:
    """JSON Feed 1.x, by its own fields."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": 7, "url": "/p", "content_text": "x", "attachments": [{"url": "f.csv"}, 3]},
            "no item",
            {"content_html": "<p>y"},
        ],
    }
    first, second = entries(json.dumps(feed), URL)
    assert (first["id"], first["link"]) == ("7", "https://site.example/p")
    assert first["enclosures"] == ["https://site.example/news/f.csv"]
    assert (second["content"], len(second["id"])) == ("<p>y", 64)


@pytest.mark.parametrize("text", ["", "hello", "<html><p>x", "{}", '{"items": []}', "[1]", "{"])
def test_what_is_no_feed_is_refused(text: str) -> None:
    """An error page is not a feed without entries."""
    with pytest.raises(Refused, match="feed"):
        entries(text, URL)


def test_a_feed_without_entries_is_an_empty_list() -> None:
    """A quiet day is a feed."""
    assert entries("<rss version='2.0'><channel><title>t</title></channel></rss>", URL) == []


def test_no_file_is_opened_that_a_body_names(tmp_path: Path) -> None:
    """A body that is a path is no feed, though the file it names is one."""
    path = tmp_path / "feed.xml"
    path.write_text(RSS.format(charset="utf-8"))
    with pytest.raises(Refused, match="feed"):
        entries(str(path), URL)


@pytest.mark.parametrize(
    ("name", "number", "title"),
    [
        ("rss2_wordpress_content_encoded.xml", None, None),
        ("SYNTHETIC_wdtk_atom_from_alaveteli_template.xml", None, None),
        ("miniflux_small_atom.xml", None, None),
        ("miniflux_rdf_UTF8.xml", None, None),
        ("miniflux_encoding_ISO-8859-1.xml", None, None),
        ("miniflux_enc_invalid-prolog.xml", 1, "Café"),
    ],
)
def test_recorded_feeds(name: str, number: int | None, title: str | None) -> None:
    """Each recorded feed gives its entries, with ids, and text without damage."""
    flow = stream(sample(f"feeds/{name}"))
    found = answer("entries", "", url=URL, stream=flow, encoding="", budget=Budget(BOUNDS))[
        "entries"
    ]
    assert found
    assert number in (None, len(found))
    assert title in (None, found[0]["title"])
    assert len({each["id"] for each in found}) == len(found)
    assert not any("\ufffd" in each["title"] + each["content"] for each in found)


def test_a_prolog_that_says_its_charset_a_thousand_times_costs_what_its_bytes_do() -> None:
    """It is no feed, and that is said at once: the time limit of tests is not met otherwise."""
    with pytest.raises(Refused):
        read("<?xml version='2.0' " + 'encoding="u" ' * 20_000, "https://x.example/")
