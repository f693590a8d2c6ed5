"""
What a source lists, item by item.

Content that a listing carries itself has nowhere to be fetched again from, so
its outcome is stored first and the validators last; if it failed, the listing
is asked whole again when its time has come.

A stream is a listing that does not end. Each time it says how far it has come
(a lap) all that it brought is stored, then its cursor; what it named is
fetched, and the source counts as visited well.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

from watcher import log
from watcher.api import Source
from watcher.errors import FetchError, WatcherError
from watcher.model import Capture, Failed, Reached, Ref
from watcher.pipeline.asking import Asking
from watcher.pipeline.entering import entered
from watcher.pipeline.owed import read_owed
from watcher.pipeline.patience import StoppedError, unless
from watcher.pipeline.places import is_gone, learned
from watcher.pipeline.work import Work, fault
from watcher.store import Book, SourceState, Telling

_log = log.get(__name__)

BLIND = timedelta(hours=6)  # without a good visit: what comes then is old news, told as a digest
KEPT = 1000  # alerts and missed documents that a visit without an end remembers

Item = Ref | Capture | Reached


async def discover(
    work: Work, source: Source, patience: float, laps: int | None, most: int
) -> None:
    """All that the source lists; content it carries is read on the way."""
    name, store, now = work.table.name, work.road.store, work.road.now()
    state = await store.do(Book.source, name)
    work.failures = state.failures
    work.telling = _telling(state, source.every, now)
    place = await store.do(Book.place, name)
    if is_gone(work, place):
        return
    owed = {each.ref.key: each for each in await store.do(Book.carried, name)}
    due = {key for key, each in owed.items() if each.retry_at is None or each.retry_at <= now}
    # After an error, ask without conditions: the trouble may lie in what we
    # remember. So too for carried content that is due: a 304 would hide it.
    asking = Asking.of(work.road, source)
    web = work.road.fetcher.web(
        name,
        {} if state.last_error or due else state.validators,
        cursor=asking.cursor(state.cursor) if asking else state.cursor,
    )
    iterator = aiter(asking.listing(web) if asking else source.discover(web))
    carried: set[str] = set()  # since the last lap
    begun, done = 0, 0
    try:
        while (item := await _next(work, iterator, patience)) is not None:
            if isinstance(item, Reached):
                if asking:
                    item = await asking.reached(item)  # sealed
                work.reached = work.asked = web.asked
                await _lap(work, source, item, carried=carried, listed=work.listed - begun)
                carried, begun, done = set(), work.listed, done + 1
                if done == laps:
                    break
                continue
            work.listed += 1
            if work.listed - begun > most:
                work.listed -= 1
                work.error = f"listed more than {most:,} items; what stood behind them was not read"
                work.kind = "listing"
                break
            if not isinstance(item, Capture):
                work.refs.append(item)
                continue
            found = _versioned(item)
            again = owed.get(found.ref.key)
            if again is None and await store.do(
                Book.is_seen, name, found.ref.key, found.ref.version
            ):
                continue
            work.new += again is None
            if again is None or found.ref.key in due or again.ref.version != found.ref.version:
                due.discard(found.ref.key)
                carried.add(found.ref.key)
                await work.read(found, attempts=again.attempts if again else 0, carried=True)
    finally:
        if isinstance(iterator, AsyncGenerator):
            await iterator.aclose()  # what it holds open is let go of now
    work.wait, work.asked = web.wait, web.asked
    work.reached = web.asked and not work.error
    await learned(work, place, web.moved)
    if not work.error:
        work.validators = dict(web.validators)
        work.unchanged = web.unchanged
        for key in due:
            gone = "the listing no longer carries it"
            await work.fail(owed[key].ref, gone, attempts=owed[key].attempts, retry=False)


def _versioned(capture: Capture) -> Capture:
    """Content that a listing carries is its own version, where the listing names none."""
    ref = capture.ref
    return (
        capture if ref.version else replace(capture, ref=replace(ref, version=capture.body.sha256))
    )


def _telling(state: SourceState, every: timedelta, now: datetime) -> Telling:
    """A first visit, and one after long blindness, bring what is old: by that they are told."""
    if state.last_ok is None or now - state.last_ok > max(BLIND, 5 * every):
        return Telling.CATCHING_UP
    return Telling.USUAL


async def _lap(
    work: Work, source: Source, reached: Reached, *, carried: set[str], listed: int
) -> None:
    """
    Store how far a stream has come, fetch what it named, and count it as a good visit.

    `carried`: keys of the content that it brought since the last lap. What of
    it failed is given up: the stream goes on, and nobody can bring it again.
    """
    store, name = work.road.store, work.table.name
    for each in await store.do(Book.carried, name):
        if each.ref.key in carried:
            failed = Failed(ref=each.ref, reason=each.reason, retry_at=None, carried=True)
            await store.do(Book.settle, failed, now=work.road.now())
    work.new += await store.do(
        Book.pend, name, work.refs, validators=None, cursor=reached.cursor, now=work.road.now()
    )
    work.refs.clear()
    _log.debug("source.reached", source=name, listed=listed)
    await read_owed(work, source)
    work.failures = 0
    work.telling = Telling.USUAL
    await entered(work, source, items=listed)
    del work.alerts[:-KEPT], work.missed[:-KEPT]
    if work.alerts:
        work.raised()  # what was gathered is due


async def _next(work: Work, iterator: AsyncIterator[Item], patience: float) -> Item | None:
    """
    The next item; None at the end, or where the source fails, which `work.error` then says.

    Raises StoppedError when told to stop.
    """

    async def following() -> Item | None:
        return await anext(iterator, None)

    try:
        async with asyncio.timeout(patience):
            return await unless(work.stop, following())
    except StoppedError:
        raise
    except TimeoutError:
        work.error, work.kind = f"listed nothing for {patience:.0f} s", "silent"
    except FetchError as problem:
        work.error, work.kind, work.status = str(problem), problem.kind, problem.status
    except WatcherError as problem:
        work.error, work.kind = str(problem), "listing"
    except Exception as problem:  # noqa: BLE001  # a plug-in's fault ends one visit, not the watch
        work.error, work.kind = fault(problem, work.table.name), "fault"
    return None
