"""An answer asks whoever was handed in to read it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.watcher.fetch.site import never_read
from watcher.api import Element, Entry, ReadError
from watcher.fetch.answer import Answer
from watcher.model import Body, Capture, Ref

CAPTURE = Capture(
    ref=Ref(source="s", key="k", url="http://site.example/"),
    taken_at=datetime(2026, 11, 22, tzinfo=UTC),
    url="http://site.example/",
    body=Body(b"page"),
    status=200,
)
READ = {
    "text": "a page",
    "select": [["link", {"href": "http://site.example/1"}]],
    "pick": [{"key": "7"}],
    "find": ["a1", "b2"],
    "entries": {
        "entries": [
            {
                "id": "1",
                "link": "",
                "title": "t",
                "content": "<p>",
                "enclosures": ["http://x.example/"],
                "updated": "2026",
            }
        ],
        "fresh": 900.0,
    },
    "search": {"items": [1, None]},
}


async def test_json_becomes_what_the_contract_promises() -> None:
    """Each method asks its operation of its capture, with its argument, once."""
    asked: list[tuple[str, str]] = []

    async def ask(operation: str, capture: Capture, argument: str) -> Any:
        assert capture is CAPTURE
        asked.append((operation, argument))
        return READ[operation]

    heard: list[float] = []
    answer = Answer(CAPTURE, ask, heard=heard.append)
    assert await answer.text() == "a page"
    assert await answer.select("a") == [
        Element(text="link", attributes={"href": "http://site.example/1"})
    ]
    assert await answer.pick("p", {"key": "@id"}, without="q") == [{"key": "7"}]
    assert await answer.find("x+") == ["a1", "b2"]
    assert await answer.entries() == [
        Entry(
            id="1",
            link="",
            title="t",
            content="<p>",
            enclosures=("http://x.example/",),
            updated="2026",
        )
    ]
    assert heard == [900.0], "and what a feed says of its freshness is passed on"
    assert await answer.search("@") == {"items": [1, None]}
    assert asked == [
        ("text", ""),
        ("select", "a"),
        ("pick", '{"item": "p", "fields": {"key": "@id"}, "without": "q"}'),
        ("find", "x+"),
        ("entries", ""),
        ("search", "@"),
    ]


async def test_an_unchanged_answer_is_not_an_empty_one() -> None:
    """Reading what was not sent is an error: an empty list would say that nothing is there."""
    answer = Answer(CAPTURE, never_read, unchanged=True)
    for reading in (answer.text(), answer.select("a"), answer.find("x"), answer.entries()):
        with pytest.raises(ReadError):
            await reading
    with pytest.raises(ReadError):
        await answer.search("@")
