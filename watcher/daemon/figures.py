"""The figures of a running service, for its metrics."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime

from watcher import health
from watcher.histories import DAY, Histories
from watcher.metrics import Figures, SourceFigures, TargetFigures
from watcher.model import OK
from watcher.pipeline import Road
from watcher.store import Book

NEW = "new"  # it has never been visited well, and is not judged to be in trouble yet
STATES = (NEW, OK, health.QUIET, health.DEGRADED, health.BLOCKED, health.BLIND)


async def figures(road: Road, histories: Histories) -> Figures:
    """Those of this moment. Raises StoreError."""
    now = road.now()
    replaced = road.readers.replaced
    free = shutil.disk_usage(road.config.data).free
    names = tuple(road.config.notify.targets)
    size = road.config.store.stat().st_size

    def counted(book: Book) -> Figures:
        counts = book.counts()
        back = book.returned()
        return Figures(
            states=STATES,
            sources=_sources(book, histories, now),
            targets={
                each.name: TargetFigures(
                    owed=each.owed,
                    dead=each.dead,
                    oldest=(now - each.oldest).total_seconds() if each.oldest else 0.0,
                )
                for each in book.targets(names, now=now)
            },
            documents={kind: counts[kind] for kind in ("clean", "partial", "alert", "failed")},
            alerts={str(severity): many for severity, many in book.severities().items()},
            canary=(now - back.at).total_seconds() if back else None,
            replaced=replaced,
            store_bytes=size,
            free_bytes=free,
        )

    return await road.store.do(counted)


def _sources(book: Book, histories: Histories, now: datetime) -> Mapping[str, SourceFigures]:
    states = {each.name: each for each in book.sources()}
    waiting = book.waiting()
    found = {}
    for name, known in histories.judged(book, now).items():
        state, facts, how = states.get(name), known.facts, known.judged.state
        found[name] = SourceFigures(
            state=NEW if how == OK and facts.last_ok is None else how,
            age=(now - facts.last_ok).total_seconds() if facts.last_ok else None,
            listed=state.items_last if state else 0,
            new=sum(each.new for each in facts.hours if now - each.at < DAY),
            pending=waiting.get(name, 0),
            failures=state.failures if state else 0,
        )
    return found
