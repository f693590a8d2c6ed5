"""A source's turn: one visit, and whatever goes wrong there is a next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from watcher import log
from watcher.api import Source
from watcher.config.settings import SourceTable
from watcher.errors import StoreError, WatcherError
from watcher.pipeline import Road, Visited, visit
from watcher.pipeline.work import fault
from watcher.store import Book

_log = log.get(__name__)

PAUSE = timedelta(minutes=1)  # at least, after a visit that could not be stored


async def turn(
    road: Road,
    table: SourceTable,
    source: Source,
    stop: asyncio.Event,
    *,
    late: timedelta,
    raised: Callable[[], None],
    named: Callable[[], None],
) -> datetime:
    """
    Visit this source once; when the next visit is due.

    `late`: how long ago this one was, for the log. `raised` and `named`: see
    `visit`; an alert of the visit is told of by `raised` at its end as well.
    """
    begun = asyncio.get_running_loop().time()
    try:
        visited = await _entered(road, table, source, stop, raised=raised, named=named)
    except StoreError as problem:
        _log.error("store.failed", source=table.name, reason=str(problem))
    except WatcherError as problem:
        _log.error("visit.failed", source=table.name, reason=str(problem))
    except Exception:  # noqa: BLE001  # our own fault ends one visit, not the watch
        _log.exception("visit.crashed", source=table.name)
    else:
        if visited.alerts:
            raised()
        _log.info(
            "source.visited",
            source=table.name,
            listed=visited.listed,
            new=visited.new,
            documents=visited.documents,
            alerts=len(visited.alerts),
            late=late,
            seconds=round(asyncio.get_running_loop().time() - begun, 3),
        )
        return visited.next_due
    # Its place may have been asked, and is not asked sooner because of our own trouble.
    return road.now() + max(PAUSE, source.every)


async def _entered(
    road: Road,
    table: SourceTable,
    source: Source,
    stop: asyncio.Event,
    *,
    raised: Callable[[], None],
    named: Callable[[], None],
) -> Visited:
    """One visit. That it could not be made is entered as well, or its source would look idle."""
    try:
        return await visit(road, table, source, stop=stop, raised=raised, named=named)
    except StoreError:
        raise  # nor could that be stored
    except Exception as problem:
        now = road.now()
        known = isinstance(problem, WatcherError)
        await road.store.do(
            Book.visited,
            table.name,
            now=now,
            next_due=now + max(PAUSE, source.every),
            error=str(problem) if known else fault(problem, table.name),
            kind="fault",
            asked=False,
        )
        raise
