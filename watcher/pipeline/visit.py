"""
One visit to one source: what it lists is remembered, what is owed is read.

New refs become *pending* together with the listing's validators, in one
transaction; a ref leaves *pending* only with its outcome. Content that a
listing carries itself has nowhere to be fetched again from, so its outcome is
stored first and the validators last; if it failed, the listing is asked whole
again when its time has come. A crash at any point loses nothing.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from watcher import log, schedule
from watcher.api import Source
from watcher.config.settings import SourceTable
from watcher.errors import FetchError, WatcherError
from watcher.model import Capture, Ref
from watcher.pipeline.patience import StoppedError, unless
from watcher.pipeline.road import Road
from watcher.pipeline.work import Missed, Work, fault
from watcher.store import Book

_log = log.get(__name__)
_random = random.Random()  # noqa: S311  # spreads visits, guards nothing

LISTING = (
    600.0  # seconds without an item: the listing is sick, and must not hold its source for ever
)


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
) -> Visited:
    """
    Ask the source what it lists, then read what is pending from it.

    When `stop` is set, a listing or a fetch is given up and a document that is
    being read is finished; the rest is left for next time. Everything that is
    only this source's trouble, a fault of its own code included, is in
    `error`. Raises StoreError, CustodyError or ConfigError where nothing could
    be kept.
    """
    work = Work(road, table, stop or asyncio.Event())
    new = 0
    next_due = road.now()
    try:
        try:
            await _discover(work, source, patience)
        finally:
            _log.debug("source.discovered", source=table.name, count=work.listed)
            new = await road.store.do(
                Book.pend, table.name, work.refs, validators=work.validators, now=road.now()
            )
            _log.debug("source.listed", source=table.name, new=new)
        await _read_pending(work, source)
        next_due = await _end(work, source)
    except StoppedError:
        _log.debug("source.left", source=table.name)
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


async def _discover(work: Work, source: Source, patience: float) -> None:
    """All that the source lists; content it carries is read on the way."""
    name, store, now = work.table.name, work.road.store, work.road.now()
    state = await store.do(Book.source, name)
    work.failures = state.failures
    owed = {each.ref.key: each for each in await store.do(Book.carried, name)}
    due = {key for key, each in owed.items() if each.retry_at is None or each.retry_at <= now}
    # After an error, ask without conditions: the trouble may lie in what we
    # remember. So too for carried content that is due: a 304 would hide it.
    web = work.road.fetcher.web(name, {} if state.last_error or due else state.validators)
    iterator = aiter(source.discover(web))
    while (item := await _next(work, iterator, patience)) is not None:
        work.listed += 1
        if not isinstance(item, Capture):
            work.refs.append(item)
            continue
        again = owed.get(item.ref.key)
        if again is None and await store.do(Book.is_seen, name, item.ref.key):
            continue
        if again is None or item.ref.key in due:
            due.discard(item.ref.key)
            await work.read(item, attempts=again.attempts if again else 0, carried=True)
    work.wait = web.wait
    if not work.error:
        work.validators = dict(web.validators)
        work.unchanged = web.unchanged
        for key in due:
            gone = "the listing no longer carries it"
            await work.fail(owed[key].ref, gone, attempts=owed[key].attempts, retry=False)


async def _next(
    work: Work, iterator: AsyncIterator[Ref | Capture], patience: float
) -> Ref | Capture | None:
    """
    The next item; None at the end, or where the source fails, which `work.error` then says.

    Raises StoppedError when told to stop.
    """

    async def following() -> Ref | Capture | None:
        return await anext(iterator, None)

    try:
        async with asyncio.timeout(patience):
            return await unless(work.stop, following())
    except StoppedError:
        raise
    except TimeoutError:
        work.error = f"listed nothing for {patience:.0f} s"
    except WatcherError as problem:
        work.error = str(problem)
    except Exception as problem:  # noqa: BLE001  # a plug-in's fault ends one visit, not the watch
        work.error = fault(problem, work.table.name)
    return None


async def _read_pending(work: Work, source: Source) -> None:
    """Fetch and read what is pending and due, oldest first, one after another."""
    road, name = work.road, work.table.name
    for pending in await road.store.do(Book.pending, name, now=road.now()):
        if work.stop.is_set():
            raise StoppedError
        ref, attempts = pending.ref, pending.attempts
        try:
            capture = await unless(work.stop, source.fetch(road.fetcher.web(name), ref))
        except FetchError as problem:
            if problem.status is None and problem.after is not None:
                # Its host is being left alone: nothing was asked, nothing failed,
                # and the documents of other hosts are read.
                _log.debug("document.held", source=name, wait=problem.after)
                continue
            await work.fail(
                ref, str(problem), attempts=attempts, retry=problem.retry, after=problem.after
            )
        except StoppedError:
            raise
        except Exception as problem:  # noqa: BLE001  # or one document would blind its source for ever
            await work.fail(ref, fault(problem, name), attempts=attempts)
        else:
            _log.debug("document.fetched", source=name, key=ref.mark)
            await work.read(capture, attempts=attempts)


async def _end(work: Work, source: Source) -> datetime:
    """Store how the visit went; when the next is due."""
    road, name = work.road, work.table.name
    now = road.now()
    next_due = schedule.next_visit(
        every=source.every,
        ok=not work.error,
        failures=work.failures,
        wait=work.wait,
        now=now,
        random=_random,
    )
    await road.store.do(
        Book.visited,
        name,
        now=now,
        next_due=next_due,
        error=work.error,
        items=None if work.unchanged else work.listed,
    )
    if work.error:
        _log.warning("source.failed", source=name, reason=work.error)
    return next_due
