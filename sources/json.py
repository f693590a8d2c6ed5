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
from typing import Any
from urllib.parse import urljoin

import jmespath

from sources.listed import (
    Keys,
    bounded,
    check_address,
    check_recheck,
    check_template,
    complete,
    document,
    filled,
    readable,
    resource,
    version,
)
from watcher.api import Capture, ConfigError, Ref, Secret, SourceError, Web


@dataclass(frozen=True, slots=True, kw_only=True)
class Json:
    """
    `items` finds the list; in each item `key` finds its key, `link` its
    document's address or `raw` makes it from the key, and `text` what the
    item itself says (`@` for all of it); an item whose `version` is another is
    read again. `recheck`: how often the documents of the first fifty items are
    fetched again. `expect`: expressions on the whole
    answer that must find something. `headers` go to the origins of `url` and
    `raw` only.
    """

    name: str
    every: timedelta = timedelta(minutes=15)
    url: str
    items: str = "@"
    key: str
    link: str = ""
    raw: str = ""
    text: str = ""
    version: str = ""
    recheck: timedelta | None = None
    minimum: int = 1
    expect: tuple[str, ...] = ()
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
        for at in ("items", "key", "link", "text", "version"):
            _check(at, getattr(self, at), optional=at in ("link", "text", "version"))
        check_recheck(self.recheck)
        for each in self.expect:
            _check("expect", each)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        """All that the answer lists, in its order. Raises SourceError, FetchError."""
        conditional = self.recheck is None
        answer = await web.get(self.url, headers=self.headers, conditional=conditional)
        if answer.unchanged:
            return
        with readable(self.name):
            found = await answer.search(self._expression())
        items, present = found["items"], found["expect"] or []
        complete(
            self.name,
            missing=[path for path, here in zip(self.expect, present, strict=True) if not here],
            listed=len(items) if isinstance(items, list) else self.minimum,
            minimum=self.minimum,
        )
        if not isinstance(items, list):
            raise SourceError(f"items: `{self.items}` finds no list in the answer")
        for each in self._documents(answer.capture, items):
            yield each
        usable = sum(self._usable(item) for item in items)
        if usable * 3 < len(items):
            # Read what can be read, and say that most of it could not.
            raise SourceError(
                f"{usable or 'none'} of {len(items)} items has what `key` and one of `link`, `raw` "
                f"or `text` look for; `watcher sources check {self.name}` shows what is there"
            )

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """The document. Raises FetchError."""
        return await document(web, ref, self.headers, (self.url, self.raw))

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

    def _documents(self, listing: Capture, items: list[Any]) -> Iterator[Ref | Capture]:
        keys = Keys()
        for place, item in enumerate(items):
            whole = _key(item["key"])
            if not whole:
                continue
            key = keys.take(whole, _canonical(item))
            if not key:
                continue
            link = self._link(listing, whole, item.get("link"))
            text, said = item.get("text"), _said(item.get("version"))
            if text is not None:
                ref = Ref(source=self.name, key=key, url=link or self.url)
                plain = isinstance(text, str)
                yield resource(
                    listing,
                    ref,
                    text if plain else _canonical(text),
                    "text/plain" if plain else "application/json",
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
