"""
The clock: puts a name on a queue when it is due, and nothing more.

APScheduler underneath, with its three dangerous defaults turned off: a job
that is late runs late instead of never (`misfire_grace_time=None`), one that
is late several times runs once, and nothing it runs can be cancelled half-way,
because all it does is to call `enqueue`. Nothing is kept here: when a source
is due stands in the store, and is armed anew after each start.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apscheduler.job import Job


class Clock:
    """
    Calls `enqueue(name)` on the running event loop when a name is due.

    `arm` before or after `start`; a name that is armed again forgets its
    earlier time. `enqueue` may arm at once.
    """

    def __init__(self, enqueue: Callable[[str], None]) -> None:
        # Loaded here: only the daemon has a clock.
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._enqueue = enqueue
        self._scheduler: Any = AsyncIOScheduler(timezone="UTC")
        self._armed: dict[str, tuple[object, Job]] = {}
        self._when: dict[str, datetime] = {}

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
        self._when[name] = when

    def shift(self, by: timedelta) -> None:
        """
        The time of day was set by so much: what is armed stays as far away as it was.

        Else a source would be asked for nothing until the old time comes again.
        """
        for name in tuple(self._armed):
            self.arm(name, self._when[name] + by)

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
        if armed is not None and armed[0] is token:
            del self._armed[name]
            self._enqueue(name)
