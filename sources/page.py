"""
One page that is itself the document, read again when it changed.

    [sources.honours]
    kind = "page"
    url = "https://force.example/news/awards"
    part = "main"
    expect = ["Awards"]

Where a page changes with every visit (a clock, an advertisement), `part` picks
what counts; without it what came is the document, byte for byte.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sources.files import check_selector
from sources.listed import bounded, check_address, complete, readable, resource
from sources.refusals import accepted, check_refusals
from watcher.api import Answer, Capture, FetchError, Ref, Secret, SourceError, Web


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """
    `part`: a CSS selector of the elements that are the document. `expect`:
    texts that the page must hold. `refusals`: see there. `headers` go to the
    origin of `url` only.
    """

    name: str
    every: timedelta = timedelta(minutes=15)
    url: str
    part: str = ""
    expect: tuple[str, ...] = ()
    refusals: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, Secret] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        check_address("url", self.url)
        check_selector("part", self.part)
        check_refusals(self.refusals)

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        """The page, if it changed. Raises SourceError, FetchError."""
        answer = await web.get(self.url, headers=self.headers)
        if answer.unchanged:
            return
        await accepted(answer, self.refusals)
        if self.expect:
            with readable(self.name):
                text = await answer.text()
            missing = [each for each in self.expect if each not in text]
            complete(self.name, missing=missing, listed=1, minimum=1)
        ref = Ref(source=self.name, key=bounded(self.url), url=self.url)
        capture = await self._document(answer, ref)
        yield replace(capture, ref=replace(ref, version=capture.body.sha256))

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """The page again. Raises FetchError, SourceError."""
        answer = await web.get(ref.url, headers=self.headers)
        if answer.unchanged:
            raise FetchError("unchanged, where it was asked for as a whole", retry=True)
        await accepted(answer, self.refusals)
        return await self._document(answer, ref)

    async def _document(self, answer: Answer, ref: Ref) -> Capture:
        if not answer.capture.body.size:
            raise SourceError("the page is empty")
        if not self.part:
            return replace(answer.capture, ref=ref)
        with readable(self.name):
            found = await answer.pick(":root", {"part": self.part})
        part = "".join(each["part"] for each in found)
        if not part:
            raise SourceError(
                f"part: `{self.part}` finds nothing: the page changed, or is not the page"
            )
        return resource(answer.capture, ref, part, "text/html")
