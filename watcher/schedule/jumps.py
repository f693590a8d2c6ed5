"""
Whether the time of day was set, as told by a clock that cannot be.

A machine that slept, lost its battery or was put right by hand wakes at another
time. What was planned by the time of day must move with it, and how long ago
something happened is not what the difference says.
"""

from __future__ import annotations

from datetime import datetime, timedelta

LEAST = timedelta(seconds=30)
"""Below it the clock was slewed, or we were late; timers bear that."""


class Jumps:
    """Looked at now and then with both clocks: `now` (aware) and `monotonic` (seconds)."""

    def __init__(self, now: datetime, monotonic: float) -> None:
        self._now = now
        self._monotonic = monotonic

    def since(self, now: datetime, monotonic: float) -> timedelta:
        """By how much the time of day was set since the last look, forward or back; 0 if it was not."""
        passed = timedelta(seconds=monotonic - self._monotonic)
        jump = now - self._now - passed
        self._now, self._monotonic = now, monotonic
        return jump if abs(jump) >= LEAST else timedelta()
