"""
The clock: puts a name on a queue when it is due, and nothing more.

APScheduler underneath, with its three dangerous defaults turned off: a job
that is late runs late instead of never (`misfire_grace_time=None`), one that
is late several times runs once, and nothing it runs can be cancelled half-way,
because all it does is to call `enqueue`. Nothing is kept here: when a source
is due stands in the store, and is armed anew after each start.

It goes by the time of day, which may be set. How long it is until a name is
due is kept by a clock that cannot be, and that one is right.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from watcher.schedule.jumps import LEAST

if TYPE_CHECKING:
    from apscheduler.job import Job


class Clock:
    """
    Calls `enqueue(name)` on the running event loop when a name is due.

    `arm` before or after `start`; a name that is armed again forgets its
    earlier time. `enqueue` may arm at once. `monotonic` gives seconds that
    nobody can set.
    """

    def __init__(
        self, enqueue: Callable[[str], None], *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        # Loaded here: only the daemon has a clock.
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._enqueue = enqueue
        self._scheduler: Any = AsyncIOScheduler(timezone="UTC")
        self._armed: dict[str, tuple[object, Job]] = {}
        self._ends: dict[str, float] = {}
        self._monotonic = monotonic

    def start(self) -> None:
        """Begin, on the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Nothing is due from here on."""
        self._armed.clear()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def arm(self, name: str, when: datetime) -> None:
        """Make this name due at `when` (with a time zone); at once if that is in the past."""
        if when.tzinfo is None:
            raise ValueError("a time without a zone cannot be armed")
        self._ends[name] = self._monotonic() + (when - datetime.now(UTC)).total_seconds()
        self._arm(name, when)

    def reset(self) -> None:
        """
        The time of day was set: what is armed stays as far away as it was, whenever it was armed.

        Else a source would be asked for nothing until the old time comes again.
        """
        for name in tuple(self._armed):
            self._arm(name, datetime.now(UTC) + self._left(name))

    def _left(self, name: str) -> timedelta:
        return timedelta(seconds=max(0.0, self._ends[name] - self._monotonic()))

    def _arm(self, name: str, when: datetime) -> None:
        from apscheduler.triggers.date import DateTrigger

        self.disarm(name)
        token = object()
        # Each arming is a job of its own: APScheduler would drop a second run of the same
        # job while the first is still being counted, and the name would never be due again.
        job = self._scheduler.add_job(
            self._due,
            DateTrigger(run_date=when, timezone="UTC"),
            args=(name, token),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._armed[name] = (token, job)

    def armed(self) -> dict[str, datetime]:
        """When each name that waits is due, by the time of day as it is now."""
        now = datetime.now(UTC)
        return {name: now + self._left(name) for name in self._armed}

    def late(self, name: str) -> timedelta:
        """How long ago this name was due; nothing if it is not yet, or never was armed."""
        now = self._monotonic()
        return timedelta(seconds=max(0.0, now - self._ends.get(name, now)))

    def disarm(self, name: str) -> None:
        """Forget this name. Nothing happens if it is not armed."""
        from apscheduler.jobstores.base import JobLookupError

        armed = self._armed.pop(name, None)
        if armed is None:
            return
        try:
            armed[1].remove()
        except JobLookupError:
            return  # already on its way; `_due` sees that it is not wanted

    async def _due(self, name: str, token: object) -> None:
        # A coroutine, because APScheduler would call a plain function in a thread.
        armed = self._armed.get(name)
        if armed is None or armed[0] is not token:
            return
        left = self._left(name)
        if left >= LEAST:  # the time of day was set forward: all that was armed would come at once
            self._arm(name, datetime.now(UTC) + left)
            return
        del self._armed[name]
        self._enqueue(name)
