"""Presets of streams, on a real websocket."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sources.presets.test_presets import ALL, table
from tests.watcher.fetch.site import Site
from watcher import registry
from watcher.api import Capture
from watcher.fetch import Fetcher
from watcher.testing.source import check_source

sockets = pytest.importorskip("tests.watcher.fetch.sockets", reason="streams are not built")


def post(at: int, words: str, **more: object) -> dict[str, object]:
    """A post, as the documentation of Jetstream shows it."""
    record = {"$type": "app.bsky.feed.post", "text": words, **more}
    commit = {
        "operation": "create",
        "collection": "app.bsky.feed.post",
        "rkey": f"r{at}",
        "record": record,
    }
    return {"did": "did:plc:a", "time_us": at, "kind": "commit", "commit": commit}


async def test_the_posts_of_bluesky_are_one_document_for_each_window(
    place: Site, out: Fetcher
) -> None:
    """What a picture shows counts; what is no post is passed over, and is no trouble."""
    gone = {
        "did": "did:plc:a",
        "time_us": 3,
        "kind": "commit",
        "commit": {"operation": "delete", "rkey": "r1"},
    }
    said = [
        post(1, "PC Siân Quillfeather"),
        post(2, "look", embed={"images": [{"alt": "warrant 90417"}, {"alt": ""}]}),
        gone,
        {"did": "did:plc:b", "time_us": 4, "kind": "identity", "identity": {}},
        {"did": "did:plc:b", "time_us": 5, "kind": "account", "account": {}},
    ]
    made = table(ALL["bluesky"])
    source = registry.source(made, Path("/etc/watcher/config.toml"), secrets=False)
    url = sockets.speaks(place, "/subscribe", sockets.says(*map(json.dumps, said)))
    here = replace(source, url=f"{url}?wantedCollections=app.bsky.feed.post")  # type: ignore[type-var]  # a dataclass
    (one,) = await check_source(here, out.web(source.name))
    assert isinstance(one, Capture)
    assert one.body.open().read().decode().splitlines() == [
        "PC Siân Quillfeather\tat://did:plc:a/app.bsky.feed.post/r1",
        "look warrant 90417\tat://did:plc:a/app.bsky.feed.post/r2",
    ]
