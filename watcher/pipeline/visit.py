"""
One visit to one source: what it lists is remembered, what is owed is read.

New refs become *pending* together with the listing's validators, in one
transaction; a ref leaves *pending* only with its outcome. Content that a
listing carries itself has nowhere to be fetched again from, so its outcome is
stored first and the validators last. A crash at any point loses nothing.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from watcher import log, schedule
from watcher.api import Source
from watcher.config.settings import SourceTable
from watcher.errors import FetchError, ReadError, SourceError
from watcher.model import Capture
from watcher.pipeline.road import Road
from watcher.pipeline.work import FATAL, Missed, Work, failure, fault
from watcher.store import Book

_log = log.get(__name__)
_random = random.Random()  # noqa: S311  # spreads visits, guards nothing

LISTING = 600  # seconds: a listing that takes longer is sick, and must not hold its source for ever


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
    stopping: Callable[[], bool] = lambda: False,
) -> Visited:
    """
    Ask the source what it lists, then read what is pending from it.

    Between two documents `stopping` is asked whether to leave the rest for
    next time. Everything that is only this source's trouble, a fault of its
    own code included, is in `error`. Raises StoreError, CustodyError or
    ConfigError where nothing could be kept.
    """
    work = Work(road, table)
    await _discover(work, source)
    _log.debug("source.discovered", source=table.name, count=work.listed)
    new = await road.store.do(
        Book.pend, table.name, work.refs, validators=work.validators, now=road.now()
    )
    _log.debug("source.listed", source=table.name, new=new)
    await _read_pending(work, source, stopping)
    next_due = await _end(work, source)
    return Visited(
        source=table.name,
        listed=work.listed,
        new=new,
        documents=work.documents,
        size=work.size,
        alerts=tuple(work.alerts),
        missed=tuple(work.missed),
        error=work.error,
        next_due=next_due,
    )


async def _discover(work: Work, source: Source) -> None:
    """All that the source lists; content it carries is read on the way."""
    name, store = work.table.name, work.road.store
    state = await store.do(Book.source, name)
    # After an error, ask without conditions: the trouble may lie in what we remember.
    web = work.road.fetcher.web(name, {} if state.last_error else state.validators)
    try:
        async with asyncio.timeout(LISTING):
            async for item in source.discover(web):
                work.listed += 1
                if not isinstance(item, Capture):
                    work.refs.append(item)
                elif not await store.do(Book.is_seen, name, item.ref.key):
                    await work.read(item)
    except FATAL:
        raise
    except (SourceError, FetchError, ReadError) as problem:
        work.error = str(problem)
    except TimeoutError:
        work.error = f"listing took longer than {LISTING} s"
    except Exception as problem:  # noqa: BLE001  # a plug-in's fault ends one visit, not the watch
        work.error = fault(problem, name)
    else:
        work.validators = dict(web.validators)
    work.wait = web.wait


async def _read_pending(work: Work, source: Source, stopping: Callable[[], bool]) -> None:
    """Fetch and read what is pending and due, oldest first, one after another."""
    road, name = work.road, work.table.name
    for pending in await road.store.do(Book.pending, name, now=road.now()):
        if stopping():
            return
        ref, attempts = pending.ref, pending.attempts
        try:
            capture = await source.fetch(road.fetcher.web(name), ref)
        except FetchError as problem:
            failed, held = failure(problem)
            if failed:
                await work.fail(
                    ref, str(problem), attempts=attempts, retry=problem.retry, after=problem.after
                )
            if held:
                work.wait = max(work.wait, problem.after or 0.0)
                return
        except Exception as problem:  # noqa: BLE001  # or one document would blind its source for ever
            await work.fail(ref, fault(problem, name), attempts=attempts)
        else:
            _log.debug("document.fetched", source=name, key=ref.key)
            await work.read(capture, attempts=attempts)


async def _end(work: Work, source: Source) -> datetime:
    """Store how the visit went; when the next is due."""
    road, name = work.road, work.table.name
    state = await road.store.do(Book.source, name)
    now = road.now()
    next_due = schedule.next_visit(
        every=source.every,
        ok=not work.error,
        failures=state.failures,
        wait=work.wait,
        now=now,
        random=_random,
    )
    await road.store.do(
        Book.visited, name, now=now, next_due=next_due, error=work.error, items=work.listed
    )
    if work.error:
        _log.warning("source.failed", source=name, reason=work.error)
    return next_due
