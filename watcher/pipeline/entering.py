"""
What a visit leaves in the store besides documents: what was listed, and how it went.

New refs become *pending* together with the listing's validators, in one
transaction, so that a crash at any point loses nothing.
"""

from __future__ import annotations

from datetime import datetime

from watcher import log, schedule
from watcher.api import Source
from watcher.errors import LOCAL
from watcher.pipeline.whose import whose
from watcher.pipeline.work import Work
from watcher.store import Book

_log = log.get(__name__)

PIECE = 1000  # refs that are stored at once


async def remember(work: Work) -> None:
    """
    Store what was listed, piece by piece: the others want the store as well.

    The validators come with the last, so that none of it can be hidden by them.
    """
    store, name, now = work.road.store, work.table.name, work.road.now()
    at = 0
    while at + PIECE < len(work.refs):
        piece = work.refs[at : at + PIECE]
        work.new += await store.do(Book.pend, name, piece, validators=None, now=now)
        at += PIECE
    rest = work.refs[at:]
    work.new += await store.do(Book.pend, name, rest, validators=work.validators, now=now)


async def end(work: Work, source: Source) -> datetime:
    """Store how the visit went; when the next is due."""
    name = work.table.name
    if work.error:
        states = await work.road.store.do(Book.sources)
        work.kind = whose(work.kind, name, states, work.road.now())
        _log.warning("source.failed", source=name, kind=work.kind, reason=work.error)
    return await entered(work, source, items=None if work.unchanged else work.listed)


async def entered(work: Work, source: Source, *, items: int | None) -> datetime:
    """Store that the source was visited; when the next visit is due."""
    now = work.road.now()
    next_due = schedule.next_visit(
        every=source.every,
        # A way out that is down will be up again at once, and nobody was asked.
        ok=not work.error or work.kind == LOCAL,
        failures=work.failures,
        wait=work.wait,
        now=now,
        random=work.road.random,
    )
    await work.road.store.do(
        Book.visited,
        work.table.name,
        now=now,
        next_due=next_due,
        error=work.error,
        kind=work.kind,
        items=items,
        asked=work.asked,
        brought=work.brought(),
    )
    return next_due
