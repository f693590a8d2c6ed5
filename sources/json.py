"""
A place that lists in JSON.

    [sources.gists]
    kind = "json"
    url = "https://api.example/gists"
    items = "[].files.values(@)[]"
    key = "raw_url"
    link = "raw_url"

All expressions are JMESPath (https://jmespath.org) and are put together into
one, so that an answer is read once. `key` tells items apart; where a place
edits what it has listed, `version` finds what tells that: `updated_at`.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urljoin

import jmespath

from sources.files import check_selector, with_files
from sources.listed import (
    PAGE,
    UNEDITED,
    Keys,
    behind,
    bounded,
    check_address,
    check_pages,
    check_recheck,
    check_template,
    complete,
    filled,
    readable,
    resource,
    version,
)
from sources.refusals import accepted, check_refusals
from watcher.api import (
    Answer,
    Capture,
    ConfigError,
    FetchError,
    ReadError,
    Ref,
    Secret,
    SourceError,
    Web,
)

HTML = "text/html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Json:
    """
    `items` finds the list; in each item `key` finds its key, `link` its
    document's address or `raw` makes it from the key, and `text` what the
    item itself says (`@` for all of it); an item whose `version` is another is
    read again. `recheck`: how often the documents of the first fifty items are
    fetched again. `files`: a CSS selector of links on an item's page that lead
    to its files. `expect`: expressions on the whole
    answer that must find something. `headers` go to the origins of `url` and
    `raw` only.

    `html`: what `text` finds is HTML. `inside` finds the HTML in a document
    that is itself JSON; that is then read in its place. `pages`: at most so
    many, where `{page}` stands in `url`; only the first must be complete.
    `absent`: 404 says that there is nothing to list. `refusals`: see there.
    """

    website: ClassVar[bool] = False  # an API has no robots.txt to give

    name: str
    every: timedelta = timedelta(minutes=15)
    url: str
    items: str = "@"
    key: str
    link: str = ""
    raw: str = ""
    text: str = ""
    html: bool = False
    inside: str = ""
    files: str = ""
    version: str = ""
    pages: int = 1
    absent: bool = False
    recheck: timedelta | None = None
    minimum: int = 1
    expect: tuple[str, ...] = ()
    refusals: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, Secret] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        check_address("url", self.url)
        if not (self.link or self.raw or self.text):
            raise ConfigError(
                "link: needs one of `link` (where an item's document is), "
                "`raw` (its address made from the key) or `text` (what the item itself says)"
            )
        if self.link and self.raw:
            raise ConfigError("raw: give either `link` or `raw`, not both")
        if self.raw:
            check_template("raw", self.raw)
        for at in ("items", "key", "link", "text", "inside", "version"):
            _check(at, getattr(self, at), optional=at not in ("items", "key"))
        check_recheck(self.recheck)
        check_refusals(self.refusals)
        check_pages(self.pages, numbered=PAGE in self.url)
        check_selector("files", self.files)
        if self.files and (self.inside or not (self.link or self.raw)):
            raise ConfigError("files: are behind pages, which `link` or `raw` leads to")
        if self.html and not self.text:
            raise ConfigError("html: says what `text` finds, and there is no `text`")
        for each in self.expect:
            _check("expect", each)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        """All that the answer lists, in its order. Raises SourceError, FetchError."""
        keys = Keys()
        for number in range(1, self.pages + 1):
            answer = await self._page(web, number)
            if answer is None:
                return
            if answer.unchanged and number == 1:
                return
            if answer.unchanged:
                continue
            items = await self._items(answer, first=number == 1)
            for each in self._documents(answer.capture, items, keys):
                yield each
            self._judge(items)
            if not items:
                return

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """The document, and which files are behind it. Raises FetchError."""
        homes = (self.url, self.raw)
        answer = await behind(web, ref, self.headers, homes, self.refusals)
        if not self.inside:
            return await with_files(answer, ref, self.files)
        try:
            found = await answer.search(f"({self.inside})[]")
        except ReadError as problem:
            raise FetchError(f"inside: {problem}", retry=False) from problem
        texts = [each for each in found or () if isinstance(each, str)]
        if not texts:
            raise FetchError(f"inside: `{self.inside}` finds nothing in the document", retry=False)
        page = "\n".join(f"<div>{each}</div>" for each in texts)
        return resource(answer.capture, ref, page, HTML)

    async def _page(self, web: Web, number: int) -> Answer | None:
        """A page of the listing; None where the place has none."""
        conditional = self.recheck is None
        url = self.url.replace(PAGE, str(number))
        try:
            answer = await web.get(url, headers=self.headers, conditional=conditional)
        except FetchError as problem:
            if problem.status == 404 and self.absent:
                return None
            raise
        await accepted(answer, self.refusals)
        return answer

    async def _items(self, answer: Answer, *, first: bool) -> list[Any]:
        """What a page of the listing lists. Raises SourceError."""
        with readable(self.name):
            found = await answer.search(self._expression())
        items, present = found["items"], found["expect"] or []
        if first:
            complete(
                self.name,
                missing=[path for path, here in zip(self.expect, present, strict=True) if not here],
                listed=len(items) if isinstance(items, list) else self.minimum,
                minimum=self.minimum,
            )
        if not isinstance(items, list):
            raise SourceError(f"items: `{self.items}` finds no list in the answer")
        return items

    def _judge(self, items: list[Any]) -> None:
        """Raise SourceError, after what can be read, where most of a page could not."""
        usable = sum(self._usable(item) for item in items)
        if usable * 3 < len(items):
            raise SourceError(
                f"{usable or 'none'} of {len(items)} items has what `key` and one of `link`, `raw` "
                f"or `text` look for; `watcher sources check {self.name}` shows what is there"
            )

    def _expression(self) -> str:
        wanted = {"key": self.key, "link": self.link, "text": self.text, "version": self.version}
        columns = ", ".join(f"{name}: ({path})" for name, path in wanted.items() if path)
        present = ", ".join(f"({path}) != `null`" for path in self.expect)
        return (
            f"{{items: ({self.items})[*].{{{columns}}}, "
            f"expect: {f'[{present}]' if present else '`[]`'}}}"
        )

    def _usable(self, item: Mapping[str, Any]) -> bool:
        there = self.raw or item.get("link") or item.get("text") is not None
        return bool(_key(item["key"]) and there)

    def _documents(self, listing: Capture, items: list[Any], keys: Keys) -> Iterator[Ref | Capture]:
        for place, item in enumerate(items):
            whole = _key(item["key"])
            if not whole:
                continue
            key = keys.take(whole, _canonical(item))
            if not key:
                continue
            link = self._link(listing, whole, item.get("link"))
            text, said = item.get("text"), _said(item.get("version"))
            said = said or (UNEDITED if self.version else "")
            if text is not None:
                ref = Ref(source=self.name, key=key, url=link or self.url)
                plain = isinstance(text, str)
                yield resource(
                    listing,
                    ref,
                    text if plain else _canonical(text),
                    (HTML if self.html else "text/plain") if plain else "application/json",
                )
            if link:
                other = bounded(f"{key} link") if self.text else key
                at = listing.taken_at
                state = version(said, key, place=place, at=at, recheck=self.recheck)
                yield Ref(source=self.name, key=other, url=link, version=state)

    def _link(self, listing: Capture, key: str, link: object) -> str:
        if self.raw:
            return filled(self.raw, key)
        if not (isinstance(link, str) and link):
            return ""
        try:
            return urljoin(listing.url, link)
        except ValueError:
            return ""


def _check(at: str, path: str, *, optional: bool = False) -> None:
    if optional and not path:
        return
    try:
        jmespath.compile(path)
    except jmespath.exceptions.JMESPathError as problem:
        raise ConfigError(f"{at}: `{path}` is not a JMESPath expression") from problem


def _key(value: object) -> str:
    """The key as text, or "" where the item has none: text and whole numbers are keys."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _said(value: object) -> str:
    """What an item says of its version, as text."""
    return "" if value is None else value if isinstance(value, str) else _canonical(value)


def _canonical(value: object) -> str:
    """JSON that is the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
