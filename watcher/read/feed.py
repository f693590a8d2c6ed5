"""
Feeds: RSS 0.9x, 1.0 and 2.0, Atom through feedparser; JSON Feed 1.x by hand.

feedparser is given a file object only: bytes or text that name a file or an
address would be opened. Its sanitizer is off, because it drops the text of
scripts; nothing here is ever shown as a page.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import warnings
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from watcher.read.refusal import Refused

_PROLOG = re.compile(r"\A\s*<\?xml[^>]{0,1000}\?>")
_DAY = 86_400
_PERIODS = {
    "hourly": 3600,
    "daily": _DAY,
    "weekly": 7 * _DAY,
    "monthly": 30 * _DAY,
    "yearly": 365 * _DAY,
}
_JSON_FEED = "https://jsonfeed.org/version/"


def entries(text: str, url: str) -> list[dict[str, Any]]:
    """The entries alone (see `read`). Raises Refused where the text is no feed."""
    return read(text, url)[0]


def read(text: str, url: str) -> tuple[list[dict[str, Any]], float]:
    """
    The entries, in the feed's order (id, link, title, content, enclosures, updated), and `fresh` of it.

    Links are absolute. An entry without an id of its own has its link for
    one, without a link a hash of its title and content. Raises Refused where
    the text is no feed; a feed without entries is an empty list.
    """
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return _json(text, url), 0.0
    return _xml(text, url)


def fresh(feed: Mapping[str, Any]) -> float:
    """
    Seconds for which a parsed feed says that it stays as it is, at most a day; 0 if it does not.

    RSS 2.0's `ttl` (minutes), and the syndication module of RSS 1.0
    (`updatePeriod`, so many times a period), whichever is longer.
    """
    minutes = _number(feed.get("ttl"), 0)
    period = _PERIODS.get(_text(feed.get("sy_updateperiod")).strip().lower(), 0)
    often = max(_number(feed.get("sy_updatefrequency"), 1), 1)
    return float(min(max(minutes * 60, period / often), _DAY))


def _number(value: object, otherwise: int) -> int:
    text = _text(value).strip()[:9]
    return int(text) if text.isascii() and text.isdigit() else otherwise


def _entry(
    base: str,
    *,
    key: str,
    link: str,
    title: str,
    content: str,
    enclosures: Iterable[str],
    updated: str,
) -> dict[str, Any]:
    link = absolute(base, link) if link else ""
    if not key:
        digest = hashlib.sha256(f"{title}\0{content}".encode("utf-8", "replace"))
        key = link or digest.hexdigest()
    return {
        "id": key,
        "link": link,
        "title": title,
        "content": content,
        "enclosures": [absolute(base, each) for each in enclosures if each],
        "updated": updated.strip(),
    }


def absolute(base: str, link: str) -> str:
    """The address a link means on a page, or the link as it stands where it is no address."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _json(text: str, url: str) -> list[dict[str, Any]]:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("feed") from None
    version = feed.get("version") if isinstance(feed, dict) else None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not _text(version).startswith(_JSON_FEED):
        raise Refused("feed")
    found = []
    for item in items:
        if not isinstance(item, dict):
            continue
        files = item.get("attachments")
        found.append(
            _entry(
                url,
                key=_text(item.get("id")),
                link=_text(item.get("url")) or _text(item.get("external_url")),
                title=_text(item.get("title")),
                content=_text(item.get("content_html"))
                or _text(item.get("content_text"))
                or _text(item.get("summary")),
                enclosures=(
                    _text(each.get("url"))
                    for each in (files if isinstance(files, list) else ())
                    if isinstance(each, dict)
                ),
                updated=_text(item.get("date_modified")),
            )
        )
    return found


def _xml(text: str, url: str) -> tuple[list[dict[str, Any]], float]:
    import feedparser

    # The text is decoded already: a prolog that names another charset would have it decoded again.
    # Behind a line feed nothing is taken for one, for which feedparser looks in a way that takes
    # the cube of the first line's length.
    body = b"\n" + _PROLOG.sub("", text).encode("utf-8", "replace")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations
        feed = feedparser.parse(
            io.BytesIO(body),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": url,
            },
            sanitize_html=False,
        )
    if not feed.get("version") and not feed.entries:
        raise Refused("feed")
    return [_from_xml(entry, url) for entry in feed.entries], fresh(feed.feed)


def _from_xml(entry: dict[str, Any], url: str) -> dict[str, Any]:
    contents = [_text(each.get("value")) for each in entry.get("content", ())]
    return _entry(
        url,
        key=_text(entry.get("id")),
        link=_text(entry.get("link")),
        title=_text(entry.get("title")),
        content=next((each for each in contents if each), "") or _text(entry.get("summary")),
        enclosures=[
            _text(each.get("href")) or _text(each.get("url"))
            for each in entry.get("enclosures", ())
        ],
        # Asked past feedparser's own look-up, which gives `published` in its place.
        updated=_text(dict.get(entry, "updated")),
    )
