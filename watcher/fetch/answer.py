"""An answer that parses itself where parsing is safe: in a reading worker, which is handed in."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from watcher.api import Capture, Element, Entry, ReadError

# (operation, capture, argument) → JSON. Operations: text, select, pick, find, entries, search.
Ask = Callable[[str, Capture, str], Awaitable[Any]]


class Answer:
    """
    Implements `watcher.api.Answer`. Its methods raise ReadError.

    `heard` is told for how many seconds a feed says that it stays as it is.
    """

    __slots__ = ("_ask", "_heard", "capture", "unchanged")

    def __init__(
        self,
        capture: Capture,
        ask: Ask,
        *,
        unchanged: bool = False,
        heard: Callable[[float], None] = lambda _: None,
    ) -> None:
        self.capture = capture
        self.unchanged = unchanged
        self._ask = ask
        self._heard = heard

    async def text(self) -> str:
        return str(await self._asked("text"))

    async def select(self, css: str) -> Sequence[Element]:
        found = await self._asked("select", css)
        return [Element(text=text, attributes=attributes) for text, attributes in found]

    async def pick(
        self, item: str, fields: Mapping[str, str], *, without: str = ""
    ) -> Sequence[Mapping[str, str]]:
        question = {"item": item, "fields": dict(fields), "without": without}
        found = await self._asked("pick", json.dumps(question))
        return [{name: str(value) for name, value in each.items()} for each in found]

    async def find(self, pattern: str) -> Sequence[str]:
        return [str(each) for each in await self._asked("find", pattern)]

    async def entries(self) -> Sequence[Entry]:
        feed = await self._asked("entries")
        self._heard(float(feed["fresh"]))
        return [
            Entry(
                id=entry["id"],
                link=entry["link"],
                title=entry["title"],
                content=entry["content"],
                enclosures=tuple(entry["enclosures"]),
                updated=entry["updated"],
            )
            for entry in feed["entries"]
        ]

    async def search(self, path: str) -> Any:
        return await self._asked("search", path)

    async def _asked(self, operation: str, argument: str = "") -> Any:
        if self.unchanged:
            # An empty result would say that the place lists nothing.
            raise ReadError("unchanged since the last visit: there is no body to read")
        return await self._ask(operation, self.capture, argument)
