"""
A page that lists documents: a paste archive, a disclosure log.

    [sources.pastes]
    kind = "listing"
    url = "https://paste.example/archive"
    item = "table.list td:first-child a"
    key = "/([A-Za-z0-9]{8})$"
    raw = "https://paste.example/raw/{key}"
    expect = ["Recent pastes"]
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urldefrag

from sources.files import check_selector, with_files
from sources.listed import (
    Keys,
    behind,
    check_address,
    check_pattern,
    check_recheck,
    check_template,
    complete,
    filled,
    readable,
    version,
)
from sources.refusals import accepted, check_refusals
from watcher.api import Answer, Capture, ConfigError, Ref, Secret, Web


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """
    `url` lists; each item has a key and an address.

    Either `item`, a CSS selector of links: the key is the link's address, or
    what `key` (a regular expression: its first group, or the whole) finds in
    it. Or `pattern`, a regular expression on the page's text: the key is its
    first group, or the whole. `raw` makes the document's address from the key;
    without it the link is the address. `files`: a CSS selector of links on an
    item's page that lead to its files. `recheck`: how often the first fifty
    items are fetched again while they are listed. `refusals`: see there.
    `headers` go to the origins of `url` and `raw` only.
    """

    name: str
    every: timedelta = timedelta(minutes=15)
    url: str
    item: str = ""
    pattern: str = ""
    key: str = ""
    raw: str = ""
    files: str = ""
    minimum: int = 1
    expect: tuple[str, ...] = ()
    recheck: timedelta | None = None
    refusals: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, Secret] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        check_address("url", self.url)
        if bool(self.item) == bool(self.pattern):
            raise ConfigError("item: give either `item` (a CSS selector of links) or `pattern`")
        check_selector("item", self.item)
        check_selector("files", self.files)
        check_pattern("pattern", self.pattern)
        check_pattern("key", self.key)
        if self.key and self.pattern:
            raise ConfigError("key: goes with `item`; the key is the first group of `pattern`")
        if self.raw or self.pattern:
            check_template("raw", self.raw)
        check_recheck(self.recheck)
        check_refusals(self.refusals)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        """All that the page lists. Raises SourceError, FetchError."""
        # What may have changed in place is on the list also where that is the same.
        conditional = self.recheck is None
        answer = await web.get(self.url, headers=self.headers, conditional=conditional)
        if answer.unchanged:
            return
        await accepted(answer, self.refusals)
        with readable(self.name):
            text = await answer.text() if self.expect else ""
            found = await (self._links(answer) if self.item else self._keys(answer))
        complete(
            self.name,
            missing=[each for each in self.expect if each not in text],
            listed=len(found),
            minimum=self.minimum,
        )
        at = answer.capture.taken_at
        for place, (key, url) in enumerate(found.items()):
            state = version("", key, place=place, at=at, recheck=self.recheck)
            yield Ref(source=self.name, key=key, url=url, version=state)

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """The document, and which files are behind it. Raises FetchError."""
        homes = (self.url, self.raw)
        answer = await behind(web, ref, self.headers, homes, self.refusals)
        return await with_files(answer, ref, self.files)

    async def _links(self, answer: Answer) -> dict[str, str]:
        found: dict[str, str] = {}
        keys = Keys()
        for element in await answer.select(self.item):
            url = urldefrag(element.attributes.get("href", "")).url
            hit = re.search(self.key, url)
            if not url.startswith(("http://", "https://")) or not hit:
                continue
            whole = url if not self.key else hit.group(1 if hit.re.groups else 0)
            if whole and (key := keys.take(whole)):
                found[key] = filled(self.raw, whole) if self.raw else url
        return found

    async def _keys(self, answer: Answer) -> dict[str, str]:
        keys = Keys()
        found = [(keys.take(whole), whole) for whole in await answer.find(self.pattern) if whole]
        return {key: filled(self.raw, whole) for key, whole in found if key}
