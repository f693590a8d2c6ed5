"""
One visit to one source: what it lists is remembered, what is owed is read.

New refs become *pending* together with the listing's validators, in one
transaction; a ref leaves *pending* only with its outcome. Content that a
listing carries itself is read on the way. A crash at any point loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from watcher import log
from watcher.api import Source
from watcher.config.settings import SourceTable
from watcher.pipeline.discovery import discover
from watcher.pipeline.entering import end, remember
from watcher.pipeline.owed import read_owed
from watcher.pipeline.patience import StoppedError
from watcher.pipeline.places import keep_holds
from watcher.pipeline.road import Road
from watcher.pipeline.work import Missed, Work

_log = log.get(__name__)

LISTING = (
    600.0  # seconds without an item: the listing is sick, and must not hold its source for ever
)
MOST = 100_000  # items of one listing: nobody has more, and each costs the store a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """What a visit did. `error` is "" if the source listed what it should; `size` in bytes."""

    source: str
    listed: int
    new: int
    documents: int
    size: int
    alerts: tuple[str, ...]
    missed: tuple[Missed, ...]
    error: str
    next_due: datetime


async def visit(
    road: Road,
    table: SourceTable,
    source: Source,
    *,
    stop: asyncio.Event | None = None,
    patience: float = LISTING,
    most: int = MOST,
    laps: int | None = None,
    raised: Callable[[], None] = lambda: None,
    named: Callable[[], None] = lambda: None,
) -> Visited:
    """
    Ask the source what it lists, then read what is pending from it.

    When `stop` is set, a listing or a fetch is given up and a document that is
    being read is finished; the rest is left for next time. Everything that is
    only this source's trouble, a fault of its own code included, is in
    `error`. Raises StoreError, CustodyError or ConfigError where nothing could
    be kept.

    `most`: items that one listing may have, or one lap. `laps`: after how many
    of them a stream is left; None follows it to its end. `raised` is called for
    each new alert, `named` where a document named what another source follows.
    """
    by = getattr(source, "asks", "")
    work = Work(road, table, stop or asyncio.Event(), by=by, raised=raised, named=named)
    next_due = road.now()
    try:
        try:
            await discover(work, source, patience, laps, most)
        finally:
            _log.debug("source.discovered", source=table.name, count=work.listed)
            await remember(work)
            _log.debug("source.listed", source=table.name, new=work.new)
        await read_owed(work, source)
        next_due = await end(work, source)
    except StoppedError:
        _log.debug("source.left", source=table.name)
    finally:  # whoever asked to be left alone did so whatever else went wrong
        await keep_holds(road)
    return Visited(
        source=table.name,
        listed=work.listed,
        new=work.new,
        documents=work.documents,
        size=work.size,
        alerts=tuple(work.alerts),
        missed=tuple(work.missed),
        error=work.error,
        next_due=next_due,
    )
