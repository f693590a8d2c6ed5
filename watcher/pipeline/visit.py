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
from datetime import datetime, timedelta

from watcher import log, schedule
from watcher.api import Source
from watcher.config.settings import SourceTable
from watcher.errors import FetchError, ReadError, SourceError, WatcherError
from watcher.model import Capture, Failed, Ref
from watcher.pipeline.road import Road
from watcher.pipeline.take import take
from watcher.store import Book, Pending, SourceState

_log = log.get(__name__)

LISTING = 600  # seconds: a listing that takes longer is sick, and must not hold its source for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """What a visit did. `error` is "" if the source listed what it should."""

    source: str
    listed: int
    new: int
    documents: int
    size: int  # bytes of those documents
    alerts: tuple[str, ...]
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
    next time. Raises StoreError and CustodyError; everything that is only this
    source's trouble, a fault of its own code included, is in `error`.
    """
    try:
        return await _visit(road, table, source, stopping)
    except WatcherError:
        raise
    except Exception as problem:  # noqa: BLE001  # a plug-in's fault ends one visit, not the watch
        _log.exception("source.crashed", source=table.name)
        error = f"its own code failed with {type(problem).__name__}"
        return await _end(road, table, source, _Listing(refs=[], alerts=[], error=error))


async def _visit(
    road: Road, table: SourceTable, source: Source, stopping: Callable[[], bool]
) -> Visited:
    store = road.store
    state = await store.do(Book.source, table.name)
    listing = await _discover(road, table, source, state)
    _log.debug("source.discovered", source=table.name, count=listing.count)
    new = await store.do(
        Book.pend,
        table.name,
        listing.refs,
        validators=listing.validators,
        now=road.now(),
    )
    _log.debug("source.listed", source=table.name, count=listing.count)
    owed = await _read_pending(road, table, source, stopping)
    listing.wait = max(listing.wait, owed.wait)
    listing.documents += owed.documents
    listing.size += owed.size
    listing.alerts += owed.alerts
    return await _end(road, table, source, listing, new)


async def _end(
    road: Road, table: SourceTable, source: Source, listing: _Listing, new: int = 0
) -> Visited:
    """Store how the visit went and when the next is due."""
    state = await road.store.do(Book.source, table.name)
    now = road.now()
    next_due = schedule.next_visit(
        every=source.every,
        ok=not listing.error,
        failures=state.failures,
        wait=listing.wait,
        now=now,
        random=_random,
    )
    await road.store.do(
        Book.visited,
        table.name,
        now=now,
        next_due=next_due,
        error=listing.error,
        items=listing.count,
    )
    if listing.error:
        _log.warning("source.failed", source=table.name, reason=listing.error)
    return Visited(
        source=table.name,
        listed=listing.count,
        new=new,
        documents=listing.documents,
        size=listing.size,
        alerts=tuple(listing.alerts),
        error=listing.error,
        next_due=next_due,
    )


_random = random.Random()  # noqa: S311  # spreads visits, guards nothing


@dataclass(slots=True)
class _Listing:
    refs: list[Ref]
    alerts: list[str]
    validators: dict[str, tuple[str, str]] | None = None  # None: keep what is stored
    count: int = 0
    documents: int = 0
    size: int = 0
    wait: float = 0.0
    error: str = ""


async def _discover(road: Road, table: SourceTable, source: Source, state: SourceState) -> _Listing:
    """All that the source lists; carried content is read on the way."""
    # After an error, ask without conditions: the trouble may lie in what we remember.
    web = road.fetcher.web(table.name, {} if state.last_error else state.validators)
    listing = _Listing(refs=[], alerts=[])
    try:
        async with asyncio.timeout(LISTING):
            async for item in source.discover(web):
                listing.count += 1
                if isinstance(item, Capture):
                    await _carried(road, table, item, listing)
                else:
                    listing.refs.append(item)
    except (SourceError, FetchError, ReadError) as problem:
        listing.error = str(problem)
    except TimeoutError:
        listing.error = f"listing took longer than {LISTING} s"
    else:
        listing.validators = dict(web.validators)
    listing.wait = web.wait
    return listing


async def _carried(road: Road, table: SourceTable, capture: Capture, listing: _Listing) -> None:
    """Read content that came with the listing, unless it was read before."""
    if await road.store.do(Book.is_seen, table.name, capture.ref.key):
        return
    listing.documents += 1
    listing.size += capture.body.size
    alert = await _settle(road, table, capture)
    if alert:
        listing.alerts.append(alert)


@dataclass(slots=True)
class _Owed:
    alerts: list[str]
    documents: int = 0
    size: int = 0
    wait: float = 0.0


async def _read_pending(
    road: Road, table: SourceTable, source: Source, stopping: Callable[[], bool]
) -> _Owed:
    """Fetch and read what is pending and due, oldest first, one after another."""
    owed = _Owed(alerts=[])
    for pending in await road.store.do(Book.pending, table.name, now=road.now()):
        if stopping():
            break
        try:
            capture = await source.fetch(road.fetcher.web(table.name), pending.ref)
        except FetchError as problem:
            if problem.after is not None:
                owed.wait = max(owed.wait, problem.after)
            if problem.status is None and problem.after is not None:
                break  # the host is being left alone: nothing was asked, nothing failed
            await _failed(road, pending, problem)
            if problem.after is not None:
                break
            continue
        _log.debug("document.fetched", source=table.name, key=pending.ref.key)
        owed.documents += 1
        owed.size += capture.body.size
        alert = await _settle(road, table, capture)
        if alert:
            owed.alerts.append(alert)
    return owed


async def _failed(road: Road, pending: Pending, problem: FetchError) -> None:
    now = road.now()
    retry_at = (
        schedule.retry_ref(
            attempts=pending.attempts + 1, after=problem.after, now=now, random=_random
        )
        if problem.retry
        else None
    )
    failed = Failed(ref=pending.ref, reason=str(problem), retry_at=retry_at)
    await road.store.do(Book.settle, failed, now=now)
    _log.info("document.failed", source=pending.ref.source, reason=str(problem))


async def _settle(road: Road, table: SourceTable, capture: Capture) -> str | None:
    """Take the document and store its outcome; the id of its alert, if it is one."""
    try:
        taken = await take(road, capture, leak_listing=table.leak_listing)
        outcome = taken.outcome
    except ReadError as problem:
        later = road.now() + timedelta(minutes=1)
        outcome = Failed(ref=capture.ref, reason=str(problem), retry_at=later)
    settled = await road.store.do(
        Book.settle,
        outcome,
        now=road.now(),
        targets=road.severities,
        sha256=capture.body.sha256,
        size=capture.body.size,
    )
    _log.debug("document.settled", source=table.name, key=capture.ref.key)
    if settled.alert_id and not settled.known:
        _log.info(
            "alert.raised",
            source=table.name,
            alert=settled.alert_id,
            incident=settled.incident,
        )
    return settled.alert_id
