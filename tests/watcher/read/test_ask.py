from __future__ import annotations

import gzip
from typing import Any

import pytest

from tests.watcher.read.made import BOUNDS, sample, stream
from watcher.read.ask import answer
from watcher.read.budget import Budget
from watcher.read.refusal import Refused

URL = "https://site.example/a/b"


def asked(op: str, body: bytes, argument: str = "", encoding: str = "") -> Any:
    flow = stream(body)
    return answer(op, argument, url=URL, stream=flow, encoding=encoding, budget=Budget(BOUNDS))


def test_text_is_the_whole_text() -> None:
    """The charset is found out, the encoding undone."""
    assert asked("text", gzip.compress("PC Siân".encode("cp1252")), encoding="gzip") == "PC Siân"


def test_select_gives_text_and_attributes_with_addresses_made_absolute() -> None:
    """href and src are absolute, against <base> where the page has one."""
    page = b"<a class='x y' href='c'>t <b>u</b>\n v</a><img src='//cdn.example/i'><a name=q>w</a>"
    assert asked("select", page, "a") == [
        ["t u v", {"class": "x y", "href": "https://site.example/a/c"}],
        ["w", {"name": "q"}],
    ]
    assert asked("select", page, "img")[0][1]["src"] == "https://cdn.example/i"
    based = b"<base href='/root/'>" + page
    assert asked("select", based, "a.x")[0][1]["href"] == "https://site.example/root/c"
    assert asked("select", b"<a href='http://[bad'>", "a")[0][1]["href"] == "http://[bad"


def test_find_gives_the_first_group_or_the_whole() -> None:
    """All matches, in order."""
    assert asked("find", b"a1 b2", r"[ab](\d)") == ["1", "2"]
    assert asked("find", b"a1 b2", r"[ab]\d") == ["a1", "b2"]
    assert asked("find", b"a", r"(b)?a") == [""]


def test_search_gives_a_json_value() -> None:
    """JMESPath over the body."""
    assert asked("search", b'{"a": [{"b": 1}, {"b": null}]}', "a[].b") == [1]
    assert asked("search", b'{"a": 1}', "missing") is None


@pytest.mark.parametrize(
    ("op", "body", "argument", "reason"),
    [
        ("select", b"<p>", "p[", "css"),
        ("select", b"<p>", "", "css"),
        ("find", b"x", "(", "pattern"),
        ("search", b"{", "a", "json"),
        ("search", b"[" * 100_000, "a", "limit"),
        ("search", b"{}", "a[", "path"),
        ("search", b'{"a": 1}', "length(a)", "path"),
        ("entries", b"hello", "", "feed"),
        ("delete", b"", "", "operation"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    op: str, body: bytes, argument: str, reason: str
) -> None:
    """The reason is from the closed list."""
    with pytest.raises(Refused) as caught:
        asked(op, body, argument)
    assert caught.value.reason == reason


def test_a_body_whose_encoding_fails_is_refused() -> None:
    """Half a listing is no listing."""
    for body, encoding in ((gzip.compress(b"x" * 99)[:-9], "gzip"), (b"x", "br")):
        with pytest.raises(Refused, match="encoding"):
            asked("text", body, encoding=encoding)


def test_recorded_pages_and_listings() -> None:
    """The recorded places are understood as their record says."""
    archive = sample("pastebin/archive_2022_full.html")
    keys = [
        attributes["href"].rsplit("/", 1)[-1]
        for _, attributes in asked("select", archive, "table.maintable td:first-child a")
    ]
    assert (len(set(keys)), keys[0]) == (50, "6ryvL9V2")
    assert len(asked("find", archive, r'<a href="/(\w{8})">.+</a></td>')) == 50
    assert len(asked("select", archive, "tr")) == 51
    assert asked("select", sample("pastebin/paste_page_user_2022.html"), ".date span[title]")
    thread = sample("fourchan/thread_po_570368.json")
    assert asked("search", thread, "[length(posts), posts[0].no]") == [3, 570368]
    assert asked("search", sample("fourchan/catalog_po.json"), "length(@)") == 2
    assert asked("search", sample("fourchan/archive_po.json"), "length(@)") == 14
    with pytest.raises(Refused, match="json"):
        asked("search", sample("fourchan/boards_TRUNCATED_invalid_json.json"), "@")
    gists = sample("github/gists_public_since_2018.json")
    assert asked(
        "search", gists, "[length(@), length([?user == null]), length([].owner.login)]"
    ) == [*(5, 5, 5)]
    assert asked("search", sample("github/gist_single_2014.json"), "values(files)[0].content")
    posts = sample("ransomware/ransomwatch_posts_tail_2023-09.json")
    titles = asked("search", posts, "[].post_title")
    assert len(titles) == 27
    assert {"VV&amp;amp;A", "VVandA"} <= set(titles)
    page = sample("telegram/tme_s_excerpt_2026.html")
    ((_, message),) = asked("select", page, "[data-post]")
    assert message["data-post"] == "telegram/419"
    times = [found["datetime"] for _, found in asked("select", page, "time[datetime]")]
    assert "2025-12-15T08:21:52+00:00" in times
    breaches = sample("hibp/breaches_firefox_monitor_2018_reduced.json")
    assert asked("search", breaches, "length(@)") == 267
