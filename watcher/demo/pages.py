"""
What is published where: three places, and their listings.

    /pastes/           an HTML archive; the texts are at /pastes/raw/KEY
    /foi/feed.atom     an Atom feed (RFC 4287); requests are pages, a reply is an enclosure
    /board/new.json    a JSON listing of posts with their links

First there is the quiet day; `published` adds the three leaks to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

from watcher.demo.leaks import Leak, leaks
from watcher.demo.quiet import namesake, page, quiet

ARCHIVE, FEED, LISTING = "/pastes/", "/foi/feed.atom", "/board/new.json"
HTML = "text/html; charset=utf-8"
DAY = "2026-11-21"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the site answers at one path."""

    content_type: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One document in one place; `path` is where its bytes are. `people`: whom it leaks."""

    place: str
    key: str
    title: str
    path: str
    page: Page
    people: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Everything the site ever holds. `quiet` are the fifty pages and the namesake."""

    quiet: tuple[Post, ...]
    leaks: tuple[Post, ...]

    def before(self) -> dict[str, Page]:
        """Path → page on the quiet day."""
        return _site(self.quiet)

    def after(self) -> dict[str, Page]:
        """Path → page once the leaks are out: they are listed first."""
        return _site((*self.leaks, *self.quiet))


def publication(seed: int, rows: Sequence[Mapping[str, str]]) -> Publication:
    """The same documents at the same paths for the same seed and roster."""
    still = [*quiet(seed, rows), namesake(seed, rows)]
    paste, reply, posted = leaks(seed, rows)
    return Publication(
        quiet=tuple(
            _post(each.place, each.title, Page(content_type=each.content_type, body=each.body))
            for each in still
        ),
        leaks=(
            _leaked("pastes", "untitled", paste),
            _leaked("foi", "Request: number of officers by rank", reply, name="Strength.xlsx"),
            _leaked("board", "everyone on one page", posted),
        ),
    )


def _leaked(place: str, title: str, leak: Leak, name: str = "") -> Post:
    return _post(
        place, title, Page(content_type=leak.content_type, body=leak.body), name, leak.refs
    )


def _post(
    place: str, title: str, page: Page, name: str = "", people: frozenset[str] = frozenset()
) -> Post:
    # A key as such places give them: it says nothing about what it is the key of.
    key = hashlib.sha256(page.body).hexdigest()[:10]
    path = {"pastes": f"/pastes/raw/{key}", "foi": f"/foi/request/{key}"}.get(
        place, f"/board/post/{key}"
    )
    if name:
        path = f"/foi/attach/{key}/{name}"
    return Post(place=place, key=key, title=title, path=path, page=page, people=people)


def _site(posts: Sequence[Post]) -> dict[str, Page]:
    by_place = {place: [post for post in posts if post.place == place] for place in _LISTED}
    pages = {post.path: post.page for post in posts}
    for post in by_place["foi"]:
        if post.people:  # a reply has a request, which is a page of its own
            text = "Dear Northshire, how many officers of each rank are there?\nResponse: see attached."
            pages[f"/foi/request/{post.key}"] = Page(
                content_type=HTML, body=page(post.title, text).encode()
            )
    return pages | {
        ARCHIVE: Page(content_type=HTML, body=_archive(by_place["pastes"]).encode()),
        FEED: Page(content_type="application/atom+xml", body=_feed(by_place["foi"]).encode()),
        LISTING: Page(content_type="application/json", body=_posts(by_place["board"]).encode()),
    }


_LISTED = ("pastes", "foi", "board")


def _archive(posts: Sequence[Post]) -> str:
    rows = "\n".join(
        f'<tr><td><a href="/pastes/{post.key}">{escape(post.title)}</a></td><td>{DAY}</td></tr>'
        for post in posts
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Archive</title></head>'
        f'<body><h1>Public pastes</h1><table class="archive">\n{rows}\n</table></body></html>\n'
    )


def _feed(posts: Sequence[Post]) -> str:
    entries = "\n".join(
        f"<entry><id>tag:foi.example,2026:{post.key}</id><title>{xml(post.title)}</title>"
        f"<updated>{DAY}T12:00:00Z</updated>"
        f'<link rel="alternate" href="/foi/request/{post.key}"/>{_enclosure(post)}</entry>'
        for post in posts
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        "<id>tag:foi.example,2026:all</id><title>Freedom of information: replies</title>"
        f"<updated>{DAY}T12:00:00Z</updated>\n{entries}\n</feed>\n"
    )


def _enclosure(post: Post) -> str:
    if not post.people:
        return ""
    size = len(post.page.body)
    kind = quoteattr(post.page.content_type)
    return f'<link rel="enclosure" href="{post.path}" type={kind} length="{size}"/>'


def _posts(posts: Sequence[Post]) -> str:
    items = [{"key": post.key, "title": post.title, "link": post.path} for post in posts]
    return json.dumps({"posts": items}, ensure_ascii=False, indent=1)
