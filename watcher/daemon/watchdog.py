"""
Telling systemd that the service lives, as often as it asks, while the store gets on.

A store that another process keeps locked is nobody's hang: to be killed for it
helps nobody, and `outage` could not tell of it. Our own loop that hangs feeds
nothing, and neither does a store's thread that comes to no end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from watcher import log, systemd
from watcher.errors import LockedError, StoreError
from watcher.store import Book, Store

_log = log.get(__name__)

# Looks in one interval. A verb may wait for a lock for half of the interval that the unit asks for.
LOOKS = 4


class Pulse:
    """Whether the store's thread gets on: it answers, or others before us come to their end."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turns = store.turns
        self._asked: asyncio.Task[int] | None = None

    async def beats(self, patience: float) -> bool:
        """Look once, for so many seconds at most."""
        if self._asked is None:
            self._asked = asyncio.create_task(self._store.do(Book.owed))
        done, _ = await asyncio.wait([self._asked], timeout=patience)
        before, self._turns = self._turns, self._store.turns
        if not done:
            return self._turns != before
        asked, self._asked = self._asked, None
        try:
            asked.result()
        except StoreError as problem:
            _log.error("store.failed", reason=str(problem))
            return isinstance(problem, LockedError)
        return True

    def close(self) -> None:
        """Wait for no answer any more."""
        if self._asked is not None:
            self._asked.cancel()


async def feed(store: Store, environ: Mapping[str, str], stop: asyncio.Event) -> None:
    """Until `stop`, which is all where systemd does not ask for it."""
    interval = systemd.watchdog_interval(environ)
    stopped = asyncio.create_task(stop.wait())
    pulse = Pulse(store)
    try:
        while interval is not None and not stop.is_set():
            pause = interval.total_seconds() / LOOKS
            beat = asyncio.create_task(pulse.beats(pause))
            await asyncio.wait([beat, stopped], return_when=asyncio.FIRST_COMPLETED)
            if beat.done() and beat.result():
                systemd.watchdog(environ)
            beat.cancel()
            await asyncio.wait([stopped], timeout=pause)
        await stopped
    finally:
        stopped.cancel()
        pulse.close()
