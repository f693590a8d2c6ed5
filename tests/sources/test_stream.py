"""A stream, on a real websocket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sources.stream import Stream
from tests.watcher.fetch.site import Site
from tests.watcher.fetch.sockets import breaks, says, speaks, waits
from watcher.api import Capture, ConfigError, FetchError, Reached, Ref, SourceError
from watcher.fetch import Fetcher
from watcher.testing.source import check_source

POSTS: dict[str, Any] = {
    "text": "commit.record.text",
    "key": "join('/', ['at:/', did, commit.collection, commit.rkey])",
    "cursor": "time_us",
    "rewind": 5_000_000,
}
QUICK = timedelta(milliseconds=50)


def post(at: int, text: str) -> str:
    record = {"$type": "app.bsky.feed.post", "text": text}
    commit = {"operation": "create", "collection": "posts", "rkey": f"r{at}", "record": record}
    return json.dumps({"did": "did:plc:a", "time_us": at, "kind": "commit", "commit": commit})


def body(capture: Capture) -> str:
    return capture.body.open().read().decode()


async def told(source: Stream, out: Fetcher, cursor: str = "") -> tuple[list[Any], str]:
    """What it yields, and the error that it ends with."""
    found: list[Ref | Capture | Reached] = []
    items: AsyncIterator[Ref | Capture | Reached] = source.discover(
        out.web(source.name, cursor=cursor)
    )
    try:
        async for each in items:
            found.append(each)  # noqa: PERF401  # what came before the error counts
    except (FetchError, SourceError) as problem:
        return found, str(problem)
    return found, ""


async def test_a_window_is_one_document(place: Site, out: Fetcher) -> None:
    """A line for each post with its address, then the cursor; the contract of a source holds."""
    url = speaks(place, "/live", says(post(1, "rain"), post(2, "two\nlines"), "{}", post(3, "tea")))
    source = Stream(name="posts", url=url, **POSTS)
    (capture,) = await check_source(source, out.web("posts"))
    assert isinstance(capture, Capture)
    assert body(capture) == (
        "rain\tat://did:plc:a/posts/r1\ntwo lines\tat://did:plc:a/posts/r2\ntea\tat://did:plc:a/posts/r3\n"
    )
    assert (capture.ref.key, capture.header("Content-Type")) == ("1", "text/plain; charset=utf-8")
    found, error = await told(source, out)
    assert [type(each).__name__ for each in found] == ["Capture", "Reached"]
    assert (found[1].cursor.partition(" ")[0], error) == ("3", "")


async def test_it_resumes_before_its_cursor_and_reads_nothing_twice(
    place: Site, out: Fetcher
) -> None:
    """The rewound part is asked for again; what was read of it is known by its mark."""
    old, new = post(9_000_000, "rain"), post(9_000_001, "tea")
    missed = post(8_999_999, "snow")  # came late, from another machine of theirs
    url = speaks(place, "/live", breaks(old), says(missed, old, new))
    source = Stream(name="posts", url=f"{url}?wanted=posts", **POSTS)
    found, error = await told(source, out)
    assert "broke off" in error
    assert body(found[0]).startswith("rain")
    again, error = await told(source, out, found[-1].cursor)
    assert error == ""
    assert [line.split("\t")[0] for line in body(again[0]).splitlines()] == ["snow", "tea"]
    assert again[-1].cursor.startswith("9000001 ")


async def test_the_cursor_goes_with_the_question(place: Site, out: Fetcher) -> None:
    """As the parameter that the place wants, beside its others."""
    asked: list[str] = []

    async def listens(socket: Any, request: Any) -> None:
        asked.append(request.query_string)
        await socket.send_str(post(9, "tea"))

    url = speaks(place, "/live", listens)
    await told(Stream(name="posts", url=f"{url}?kinds=commit", **POSTS), out, "9000000")
    opaque = Stream(name="posts", url=url, text="commit.record.text", cursor="did", resume="since")
    await told(opaque, out, "a/b")
    await told(opaque, out)
    assert asked == ["kinds=commit&cursor=4000000", "since=a/b", ""]


async def test_a_place_that_is_not_there_has_reached_nothing(place: Site, out: Fetcher) -> None:
    """An error, and no sign of life."""
    place.says("/live", status=502)
    url = place.url("/live").replace("http", "ws", 1)
    found, error = await told(Stream(name="posts", url=url, **POSTS), out, "7")
    assert (found, "502" in error) == ([], True)
    found, error = await told(
        Stream(name="posts", url=speaks(place, "/mute", says()), **POSTS), out
    )
    assert (found, "before it said anything" in error) == ([], True)


async def test_another_form_makes_the_source_sick(place: Site, out: Fetcher) -> None:
    """What could be read is read; then it says that most could not, or that all of it is empty."""
    url = speaks(place, "/live", says(post(1, "tea"), *(["<html>"] * 9)))
    found, error = await told(Stream(name="posts", url=url, **POSTS), out)
    assert body(found[0]).startswith("tea")
    assert "9 of 10 messages" in error
    renamed = [post(at, "x").replace('"text"', '"words"') for at in range(1, 1101)]
    url = speaks(place, "/live", says(*renamed))
    found, error = await told(Stream(name="posts", url=url, **POSTS), out)
    assert "has text where `text` looks" in error


async def test_silence_is_an_error(place: Site, out: Fetcher) -> None:
    """An open connection alone is no sign of health; until then each window is one."""
    url = speaks(place, "/live", waits(post(1, "tea")))
    source = Stream(name="posts", url=url, window=QUICK, silence=4 * QUICK, **POSTS)
    found, error = await told(source, out)
    assert "has said nothing for" in error
    assert body(found[0]).startswith("tea")
    assert all(isinstance(each, Reached) for each in found[1:])


async def test_who_leaves_closes_the_connection(place: Site, out: Fetcher) -> None:
    """In the middle of a window, at once."""
    gone = asyncio.Event()

    async def listens(socket: Any, _: Any) -> None:
        await socket.send_str(post(1, "tea"))
        async for _message in socket:
            pass
        gone.set()

    source = Stream(name="posts", url=speaks(place, "/live", listens), window=QUICK, **POSTS)
    items = source.discover(out.web("posts"))
    assert isinstance(await anext(items), Capture)
    waiting = asyncio.create_task(anext(items, None))  # type: ignore[arg-type]  # an iterator's anext
    await asyncio.wait({waiting})
    await items.aclose()  # type: ignore[attr-defined]  # a generator
    async with asyncio.timeout(20):
        await gone.wait()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"url": "https://x.example/"}, "url"),
        ({"url": "wss://u:p@x.example/"}, "url"),
        ({"text": "a["}, "text"),
        ({"text": ""}, "text"),
        ({"cursor": "", "rewind": 5}, "rewind"),
        ({"rewind": -1}, "rewind"),
        ({"window": timedelta()}, "window"),
        ({"window": timedelta(hours=1)}, "window"),
        ({"silence": timedelta(seconds=1)}, "silence"),
    ],
)
def test_what_is_wrong_is_named(wrong: dict[str, Any], named: str) -> None:
    """When the configuration is read."""
    with pytest.raises(ConfigError, match=f"^{named}: "):
        Stream(**{"name": "posts", "url": "wss://x.example/live", **POSTS, **wrong})


async def test_nothing_is_fetched(out: Fetcher) -> None:
    """A stream's documents come by themselves."""
    source = Stream(name="posts", url="wss://x.example/live", **POSTS)
    with pytest.raises(FetchError):
        await source.fetch(out.web("posts"), Ref(source="posts", key="1", url=source.url))


async def test_the_recorded_event(place: Site, out: Fetcher, samples: Path) -> None:
    """Jetstream v1 as documented, and v2's envelope of the same post."""
    event = (samples / "bluesky" / "DOCUMENTED_jetstream_v1_commit_create.json").read_text()
    source = Stream(name="posts", url=speaks(place, "/subscribe", says(event)), **POSTS)
    found, error = await told(source, out)
    assert error == ""
    assert body(found[0]) == "Hello world!\tat://did:plc:abc123/app.bsky.feed.post/3k...\n"
    assert found[1].cursor.startswith("1703123456789012 ")
    commit = json.loads(event)["commit"]
    payload = {
        "seq": 77,
        "did": "did:plc:abc123",
        **{name: commit[name] for name in ("collection", "rkey", "operation", "record")},
    }
    two = Stream(
        name="posts",
        url=speaks(place, "/xrpc", says(json.dumps({"payload": payload}))),
        text="payload.record.text",
        key="join('/', ['at:/', payload.did, payload.collection, payload.rkey])",
        cursor="payload.seq",
        rewind=1000,
    )
    found, error = await told(two, out)
    assert (body(found[0]).split("\t")[0], found[1].cursor[:3], error) == (
        "Hello world!",
        "77 ",
        "",
    )
