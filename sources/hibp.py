"""
Have I Been Pwned, asked for ranges of hashes (API version 3, plans with k-anonymity).

    [sources.hibp]
    kind = "hibp-range"
    key = { file = "/etc/watcher/hibp" }
    pace = "6s"

Of each enrolled address the service is told the first six digits of its SHA-1,
and answers with all hashes that begin so and the breaches they are in. A round
over all of them takes as long as the plan's rate asks for (`pace`: 60 seconds
by its requests a minute), goes on where it was after a break, and begins when
there is a breach that the last one did not look for: that is asked every hour.

The first round tells in one document what was known before. After that each
new breach is a document: when the first of ours is found in it, whenever they
have become twice as many, and at the end of the round. What an answer holds
of others is dropped at once.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

from sources.cycle import Cycle
from sources.listed import check_address, readable, resource
from watcher.api import (
    Answer,
    Capture,
    ConfigError,
    FetchError,
    Ranges,
    Reached,
    Ref,
    Secret,
    SourceError,
    Web,
)

LAP = 25  # questions after which it is stored how far the round has come
LONGEST = 240.0  # seconds after which it is in any case: whoever lists nothing is taken for silent
HERE = ("127.0.0.1", "::1")  # of a service that stands in for it
_APART = re.compile(r"[:,;|/\s]+")
_KEY = "https://haveibeenpwned.com/API/Key"


@dataclass(frozen=True, slots=True, kw_only=True)
class HibpRange:
    """`url`: of the API. `key`: of the plan, sent as `hibp-api-key` to that origin only."""

    website: ClassVar[bool] = False  # an API
    asks: ClassVar[str] = "hibp"

    name: str
    every: timedelta = timedelta(hours=1)
    url: str = "https://haveibeenpwned.com/api/v3"
    key: Secret = field(repr=False)

    def __post_init__(self) -> None:
        check_address("url", self.url)
        parts = urlsplit(self.url)
        if parts.scheme != "https" and parts.hostname not in HERE:
            raise ConfigError("url: needs https: what is asked for, and the key, are nobody else's")

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture | Reached]:
        """Nothing: whether the service answers, and the plan allows ranges. Nobody is asked about."""
        await self._latest(web, conditional=False)
        await self._entitled(web)
        for nothing in tuple[Ref, ...]():
            yield nothing

    async def ask(self, web: Web, ranges: Ranges) -> AsyncIterator[Ref | Capture | Reached]:
        """A round, or the rest of one, if one is due. Raises SourceError, FetchError."""
        cycle = Cycle.of(web.cursor)
        latest = await self._latest(web, conditional=bool(cycle.latest))
        if not cycle.running and latest in ("", cycle.latest):
            return
        await self._entitled(web)
        page, breaches = await self._breaches(web)
        if not cycle.running:
            cycle.begin(latest, list(breaches))
        while ahead := ranges.after(cycle.at):
            begun, end = cycle.at, asyncio.get_running_loop().time() + LONGEST
            for prefix in ahead[:LAP]:
                if asyncio.get_running_loop().time() > end:
                    break  # at a slow pace a lap is shorter
                try:
                    await self._range(web, ranges, cycle, prefix)
                except FetchError as problem:
                    if cycle.at != begun:
                        yield Reached(cursor=str(cycle))
                        if problem.status == 429:
                            return  # the next visit comes when it may, and goes on
                    raise
            if not cycle.first:
                for document in self._documents(page, cycle.grown(), breaches, cycle.salt):
                    yield document
            yield Reached(cursor=str(cycle))
        page, breaches = await self._breaches(web)
        first = cycle.first
        found = cycle.end(list(breaches))
        if first and found:
            yield self._before(page, found, breaches, cycle.salt)
        else:
            for document in self._documents(page, found, breaches, cycle.salt):
                yield document
        yield Reached(cursor=str(cycle))

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """Nothing of it is fetched by itself."""
        raise FetchError("what the service answered cannot be fetched by itself", retry=False)

    # ------------------------------------------------------------- questions

    async def _latest(self, web: Web, *, conditional: bool) -> str:
        """The name of the newest breach; "" if the service says that it is still the same."""
        answer = await web.get(f"{self.url}/latestbreach", conditional=conditional)
        if answer.unchanged:
            return ""
        name = await self._search(answer, "Name")
        if not (isinstance(name, str) and name):
            raise SourceError("latestbreach: has no `Name`: the service changed its form")
        return name

    async def _entitled(self, web: Web) -> None:
        """Raise SourceError where the plan does not have ranges: each question would be refused."""
        answer = await self._keyed(web, f"{self.url}/subscription/status")
        said = await self._search(answer, "[SubscriptionName, IncludesKAnon]")
        if isinstance(said, list) and said[1:] == [False]:
            raise SourceError(
                "the plan of this key does not have searches by k-anonymity (IncludesKAnon is false);"
                f" take another at {_KEY}, or switch this source off"
            )

    async def _breaches(self, web: Web) -> tuple[Capture, Mapping[str, Mapping[str, Any]]]:
        """The list of breaches, by name."""
        answer = await web.get(f"{self.url}/breaches", conditional=False)
        found = await self._search(
            answer, "[*].{name: Name, date: BreachDate, classes: DataClasses}"
        )
        breaches = {
            each["name"]: each
            for each in found or ()
            if isinstance(each, dict) and isinstance(each.get("name"), str) and each["name"]
        }
        if not breaches:
            raise SourceError(
                "breaches: lists nothing that has a `Name`: the service changed its form"
            )
        return answer.capture, breaches

    async def _range(self, web: Web, ranges: Ranges, cycle: Cycle, prefix: str) -> None:
        """Ask for this prefix; what is ours of the answer goes into the round."""
        try:
            answer = await self._keyed(web, Secret(f"{self.url}/breachedaccount/range/{prefix}"))
        except FetchError as problem:
            if problem.status != 404:
                raise
            cycle.at = prefix  # nobody whose hash begins so is in a breach
            return
        said = await self._search(answer, "[*].[hashSuffix, websites]")
        if answer.capture.cut or not isinstance(said, list):
            raise SourceError("range: the answer is no list: the service changed its form")
        by_suffix = {
            suffix.upper(): [name for name in names if isinstance(name, str)]
            for suffix, names in said
            if isinstance(suffix, str) and isinstance(names, list)
        }
        if said and not by_suffix:
            raise SourceError(
                "range: no entry has `hashSuffix` and `websites`: the service changed its form"
            )
        for digest in ranges.ours(prefix, by_suffix):
            cycle.add(digest, by_suffix[digest[len(prefix) :]])
        cycle.at = prefix

    async def _keyed(self, web: Web, url: str) -> Answer:
        try:
            return await web.get(url, headers={"hibp-api-key": self.key}, conditional=False)
        except FetchError as problem:
            told = {
                401: f"the key is not accepted (401): look at `key`, and at {_KEY}",
                403: f"refused (403): the plan of this key may not have searches by k-anonymity; {_KEY}",
            }.get(problem.status or 0)
            if told is None:
                raise
            raise FetchError(
                told, retry=True, after=problem.after, status=problem.status, kind=problem.kind
            ) from problem

    async def _search(self, answer: Answer, path: str) -> Any:
        with readable(self.name):
            return await answer.search(path)

    # ------------------------------------------------------------- documents

    def _documents(
        self,
        page: Capture,
        found: Mapping[str, list[str]],
        breaches: Mapping[str, Mapping[str, Any]],
        salt: str,
    ) -> Iterator[Capture]:
        """One for each breach, at the address of its page."""
        for name, hashes in found.items():
            ref = Ref(source=self.name, key=name, url=self._page(f"/Breach/{quote(name, safe='')}"))
            text = _lines(hashes, _told(name, breaches, whole=True))
            yield resource(page, ref, f"salt {salt}\n{text}", "text/plain")

    def _before(
        self,
        page: Capture,
        found: Mapping[str, list[str]],
        breaches: Mapping[str, Mapping[str, Any]],
        salt: str,
    ) -> Capture:
        """All that was known when the first round began, in one."""
        text = "".join(
            _lines(hashes, _told(name, breaches, whole=False)) for name, hashes in found.items()
        )
        ref = Ref(source=self.name, key="known before", url=self._page("/PwnedWebsites"))
        return resource(page, ref, f"salt {salt}\n{text}", "text/plain")

    def _page(self, path: str) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}{path}"


def _told(name: str, breaches: Mapping[str, Mapping[str, Any]], *, whole: bool) -> str:
    """`Adobe (2013): Email addresses / Passwords`; without the classes of data if not `whole`."""
    about = breaches.get(name, {})
    year, classes = str(about.get("date") or "")[:4], about.get("classes")
    told = _plain(name) + (f" ({year})" if year.isdigit() else "")
    if whole and isinstance(classes, list):
        told += f": {' / '.join(_plain(each) for each in classes if isinstance(each, str))}"
    return told


def _lines(hashes: list[str], told: str) -> str:
    return "".join(f"sha1:{digest} in {told}\n" for digest in hashes)


def _plain(text: str) -> str:
    """Text that stays in its place on the line, and makes no table of the lines."""
    return " ".join(_APART.sub(" ", text).split())[:100]
