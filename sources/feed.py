"""
A feed: RSS, Atom or JSON Feed.

    [sources.foi]
    kind = "feed"
    url = "https://foi.example/feed"

An entry brings up to three kinds of document: its own content, the page it
links to, and its enclosures. Content that was edited is read again by itself;
the others are fetched again when the entry says that it was updated.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sources.files import check_selector, with_files
from sources.listed import (
    UNEDITED,
    Keys,
    behind,
    bounded,
    check_address,
    check_recheck,
    complete,
    readable,
    resource,
    version,
)
from watcher.api import Capture, ConfigError, Entry, Ref, Secret, Web


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """
    `content`: read what the entries hold. `links`: fetch what they link to.
    Enclosures are always fetched. `files`: a CSS selector of links on the pages
    that entries link to, which lead to files. `expect`: texts that the feed must hold.
    `recheck`: how often what the first fifty entries link to is fetched again.
    `headers` go to the origin of `url` only.
    """

    name: str
    every: timedelta = timedelta(minutes=15)
    url: str
    content: bool = True
    links: bool = True
    files: str = ""
    minimum: int = 1
    expect: tuple[str, ...] = ()
    recheck: timedelta | None = None
    headers: Mapping[str, Secret] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        check_address("url", self.url)
        check_selector("files", self.files)
        if self.files and not self.links:
            raise ConfigError("files: are behind what entries link to, and `links` is off")
        check_recheck(self.recheck)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        """All that the feed lists, in its order. Raises SourceError, FetchError."""
        conditional = self.recheck is None
        answer = await web.get(self.url, headers=self.headers, conditional=conditional)
        if answer.unchanged:
            return
        with readable(self.name):
            text = await answer.text() if self.expect else ""
            entries = await answer.entries()
        complete(
            self.name,
            missing=[each for each in self.expect if each not in text],
            listed=len(entries),
            minimum=self.minimum,
        )
        keys = Keys()
        for place, entry in enumerate(entries):
            key = keys.take(_id(entry), f"{entry.link}\n{entry.title}\n{entry.content}")
            if key:
                for found in self._documents(answer.capture, entry, key, place):
                    yield found

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """The document, and which files are behind it. Raises FetchError."""
        answer = await behind(web, ref, self.headers, (self.url,))
        return await with_files(answer, ref, self.files)

    def _documents(
        self, feed: Capture, entry: Entry, key: str, place: int
    ) -> Iterator[Ref | Capture]:
        state = version(
            entry.updated or UNEDITED, key, place=place, at=feed.taken_at, recheck=self.recheck
        )
        if self.content and entry.content.strip():
            ref = Ref(source=self.name, key=key, url=entry.link or self.url)
            yield resource(feed, ref, entry.content, "text/html")
        if self.links and entry.link:
            whole = bounded(f"{key} link")
            yield Ref(source=self.name, key=whole, url=entry.link, version=state)
        for number, url in enumerate(dict.fromkeys(entry.enclosures), start=1):
            whole = bounded(f"{key} enclosure {number}")
            yield Ref(source=self.name, key=whole, url=url, version=state)


def _id(entry: Entry) -> str:
    """What tells the entry from others: many feeds have no ids, some have no links either."""
    if entry.id or entry.link:
        return entry.id or entry.link
    whole = f"{entry.title}\n{entry.content}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
