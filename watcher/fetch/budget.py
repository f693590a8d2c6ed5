"""
How often one host may be asked, whoever asks.

All sources share one budget: between the starts of two requests to a host lies
at least `per_host`. A host that answers "too many" is left alone for as long
as it says, or for a minute, then two, up to an hour. An error never shortens
anything.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from watcher.errors import FetchError
from watcher.outward import DAY

PATIENCE = 10.0  # seconds; a longer hold is the schedule's business, not a waiting task's
FIRST_HOLD = 60.0  # seconds, where the host does not say
LONGEST_HOLD = 3600.0  # seconds, where the host does not say
REMEMBERED = 1024  # hosts; beyond it those that owe us nothing are forgotten


class Clock(Protocol):
    """What fetching needs of time. Tests bring their own."""

    def now(self) -> datetime:
        """The time of day, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        ...

    async def wait(self, seconds: float) -> None:
        """Come back after so many seconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(slots=True)
class _Host:
    free_at: float = 0.0  # pace: the earliest start of the next request
    held_until: float = 0.0  # asked to stay away
    refusals: int = 0  # in a row
    line: asyncio.Lock = field(default_factory=asyncio.Lock)  # first come, first served


class Budget:
    """The budgets of all hosts. `random` gives 0 ≤ x < 1."""

    def __init__(self, per_host: float, *, clock: Clock, random: Callable[[], float]) -> None:
        self._per_host = per_host
        self._clock = clock
        self._random = random
        self._hosts: dict[str, _Host] = {}

    async def turn(self, host: str) -> None:
        """
        Return when a request to this host may start; it counts as started.

        Raises FetchError (`retry`, `after` in seconds) at once while the host
        has asked us to stay away for more than ten seconds.
        """
        entry = self._entry(host)
        self._refuse_if_held(host, entry)
        async with entry.line:
            while True:
                self._refuse_if_held(host, entry)
                now = self._clock.monotonic()
                wait = max(entry.free_at, entry.held_until) - now
                if wait <= 0:
                    break
                await self._clock.wait(wait)
            entry.free_at = now + self._per_host

    def answered(self, host: str) -> None:
        """The host serves us: its pace is normal again."""
        self._entry(host).refusals = 0

    def hold(self, host: str, after: float | None) -> float:
        """
        Stay away from this host for `after` seconds, or for our own time if it did not say.

        Returns the seconds from now until it may be asked again.
        """
        entry = self._entry(host)
        if after is None:
            after = min(LONGEST_HOLD, FIRST_HOLD * 2 ** min(entry.refusals, 10))
            # Jitter, so that what was refused together does not return together.
            after *= 1 + self._random() / 4
        entry.refusals += 1
        now = self._clock.monotonic()
        entry.held_until = max(entry.held_until, now + min(after, DAY))
        return entry.held_until - now

    def _refuse_if_held(self, host: str, entry: _Host) -> None:
        left = entry.held_until - self._clock.monotonic()
        if left > PATIENCE:
            raise FetchError(
                f"{host} asked to be left alone for another {left:.0f} s",
                retry=True,
                after=left,
            )

    def _entry(self, host: str) -> _Host:
        entry = self._hosts.get(host)
        if entry is None:
            if len(self._hosts) >= REMEMBERED:
                self._forget()
            entry = self._hosts[host] = _Host()
        return entry

    def _forget(self) -> None:
        now = self._clock.monotonic()
        self._hosts = {
            name: entry
            for name, entry in self._hosts.items()
            if entry.line.locked()
            or max(entry.free_at, entry.held_until) > now
            or (entry.refusals and entry.held_until + DAY > now)
        }
