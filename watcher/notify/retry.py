"""When a failed delivery is tried again (Standard Webhooks 1.0.0, "Deliverability and reliability")."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from watcher.outward import DAY

# Seconds before each attempt: at once, then 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
SCHEDULE = (0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)


def next_attempt(
    attempts: int, *, now: datetime, after: float | None = None, random: Random
) -> datetime | None:
    """
    When to try again after so many attempts; None when the schedule has ended.

    Each wait is spread over half to one and a half of itself, so that what
    failed together does not come back together. `after` (Retry-After, seconds)
    is the least, up to a day.
    """
    if attempts >= len(SCHEDULE):
        return None
    wait = SCHEDULE[attempts] * random.uniform(0.5, 1.5)
    if after is not None:
        wait = max(wait, min(after, DAY))
    return now + timedelta(seconds=wait)
