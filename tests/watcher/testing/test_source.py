"""Each promise of a source, broken once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watcher.api import Body, Capture, PluginError, Ref, Web
from watcher.testing.source import check_source

ONE = Ref(source="test", key="1", url="http://site.example/1")


def capture(ref: Ref) -> Capture:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return Capture(ref=ref, taken_at=now, url=ref.url, body=Body(b""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A source that lists what it is given."""

    name: str = "test"
    every: timedelta = timedelta(minutes=1)
    lists: tuple[Any, ...] = (ONE, capture(replace(ONE, key="2")))
    fetched: Any = field(default_factory=lambda: capture(ONE))

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        for each in self.lists:
            yield each

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        found: Capture = self.fetched
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Endless(Plain):
    """A stream."""

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        number = 0
        while True:
            number += 1
            yield replace(ONE, key=str(number))


class Lists(Plain):
    """Forgets that discovering is a generator."""

    async def discover(self, web: Web) -> Any:  # type: ignore[override]  # that is the fault
        return []


WEB: Any = None  # none of these looks at it


async def test_a_source_that_keeps_its_promises_is_given_back_what_it_lists() -> None:
    """In its order."""
    assert await check_source(Plain(), WEB) == list(Plain().lists)


async def test_a_stream_is_tried_for_a_while() -> None:
    """A discover that does not end is left after so many."""
    assert len(await check_source(Endless(), WEB, listed=7, fetched=0)) == 7


async def test_each_document_gets_its_window() -> None:
    """As in the house, where a document is asked for unconditionally."""
    opened: list[int] = []

    def window() -> Any:
        opened.append(1)

    await check_source(Plain(), WEB, window=window)
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"name": ""}, "name:"),
        ({"every": timedelta()}, "every:"),
        ({"every": 60}, "every:"),
        ({"lists": (ONE, ONE)}, "same key"),
        ({"lists": (ONE, capture(ONE))}, "same key"),
        ({"lists": ("http://site.example/",)}, "yields Ref or Capture, not str"),
        ({"lists": (replace(ONE, source="other"),)}, "own name"),
        ({"lists": (replace(ONE, key=""),)}, "not empty"),
        ({"lists": (replace(ONE, key=1),)}, "not empty"),  # type: ignore[arg-type]  # that is the fault
        ({"lists": (replace(ONE, key="k" * 501),)}, "at most 500"),
        ({"lists": (replace(ONE, url=""),)}, "address"),
        ({"lists": (replace(capture(ONE), taken_at=datetime(2026, 1, 1)),)}, "time zone"),  # noqa: DTZ001  # that is the fault
        ({"lists": (replace(capture(ONE), files=(replace(ONE, key=""),)),)}, "a file needs a key"),
        (
            {"fetched": replace(capture(ONE), files=(replace(ONE, source="x"),))},
            "a file must carry",
        ),
        ({"fetched": b"bytes"}, "not bytes"),
        ({"fetched": capture(replace(ONE, key="2"))}, "ref that was asked for"),
    ],
)
async def test_a_broken_promise_is_named(fault: dict[str, Any], told: str) -> None:
    """The author learns which one, and where."""
    with pytest.raises(PluginError, match=told):
        await check_source(Plain(**fault), WEB)


async def test_discover_must_be_a_generator() -> None:
    """`async def` without `yield` gives a coroutine, which nobody would await."""
    with pytest.raises(PluginError, match="asynchronous generator"):
        await check_source(Lists(), WEB)
