"""
What a visit learns of the place itself: that it moved, that it is gone, that it wants to be left alone.

A place that says that it is gone for good (410) is not asked again until
somebody has looked: until its table says something else, or
`watcher sources check` finds it there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from watcher.config.settings import SourceTable
from watcher.errors import GONE
from watcher.pipeline.road import Road
from watcher.pipeline.work import Work
from watcher.store import Book, Hold, Place


def mark(table: SourceTable) -> str:
    """A mark of what this table asks for; another once it is changed."""
    said = repr((table.kind, table.via, sorted(table.options.items(), key=lambda each: each[0])))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_gone(work: Work, place: Place) -> bool:
    """Whether the place said that it is gone; then `work.error` says so, and it is not asked."""
    if place.gone != mark(work.table):
        return False
    work.error = (
        "the place said that it is gone for good (410), and is not asked again: change its table, "
        f"or remove it; `watcher sources check {work.table.name}` looks whether it is back"
    )
    work.kind = GONE
    return True


async def learned(work: Work, before: Place, moved: Mapping[str, str]) -> None:
    """
    Store what the listing's answer said of the place. `before`: what it had said.

    `moved`: where its addresses have gone for good, the listing's first.
    """
    gone = mark(work.table) if work.status == 410 and not work.listed else ""
    if work.error and not gone:
        return  # it said nothing of itself
    new = "" if gone else next(iter(moved.values()), "")
    if gone or before.gone or new or before.moved:
        await work.road.store.do(Book.learned, work.table.name, gone=gone, moved=new)


async def keep_holds(road: Road) -> None:
    """Store which hosts asked to be left alone, so that a restart does not forget it."""
    asked, now = road.fetcher.asked(), road.now()
    if asked:
        holds = [
            Hold(host=host, until=now + timedelta(seconds=left), kind=kind)
            for host, (left, kind) in asked.items()
        ]
        await road.store.do(Book.hold, holds, now=now)
        road.fetcher.remembered(asked)
