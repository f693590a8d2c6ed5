"""
When to come back, as pure functions of what happened, of now and of chance.

Nothing here asks a clock, so a week can be tried in a test at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

BACKOFF = timedelta(hours=6)
"""A sick source is asked at least this often, or as often as it ever was."""

PATIENCE = timedelta(hours=24)
"""The longest that a place may keep us away; whoever asks for more must be looked at by people."""

JITTER = 0.1  # of the interval, later: sources that start together drift apart

LEAST_GRACE = timedelta(seconds=5)

RETRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""Between the tries for one document: eight tries in about two and a half days."""


LONGEST = timedelta(days=2)  # that errors or the wish of a place put a visit off


def latest(every: timedelta, now: datetime) -> datetime:
    """
    The latest time that a next visit is ever put off to.

    A later one was stored under a wrong clock.
    """
    return now + max(LONGEST, 2 * every)


def grace(every: timedelta) -> timedelta:
    """How late a visit may begin before it counts as missed: as much as chance puts it off."""
    return max(every * JITTER, LEAST_GRACE)


def next_visit(
    *,
    every: timedelta,
    ok: bool,
    failures: int,
    wait: float,
    now: datetime,
    random: Random,
) -> datetime:
    """
    When a source is visited next.

    `failures`: how many visits in a row had failed before this one. `wait`:
    seconds that the place asked us to stay away, 0 if it did not. Never sooner
    than `every`, or than what was asked for up to `PATIENCE`; errors only make
    it later, at most `BACKOFF`. At most a tenth is added by chance.
    """
    interval = max(every, _asked(wait))
    if not ok:
        doubled = every * 2 ** min(max(failures, 0), 16)
        interval = max(interval, min(doubled, BACKOFF))
    return now + interval * (1 + random.uniform(0, JITTER))


def retry_ref(
    *, attempts: int, after: float | None, now: datetime, random: Random
) -> datetime | None:
    """
    When a document that could not be fetched is tried again, or None to give it up.

    `attempts`: how many tries there were, the one that just failed included.
    `after`: seconds that the host asked us to wait. Between half of the step
    in `RETRIES` and all of it, evenly, so that what failed together does not
    come back together.
    """
    if attempts > len(RETRIES):
        return None
    step = RETRIES[max(attempts, 1) - 1]
    return now + max(step * random.uniform(0.5, 1), _asked(after or 0))


def _asked(seconds: float) -> timedelta:
    """What a host asked for, within reason; it may say anything, `nan` included."""
    if not seconds > 0:
        return timedelta(0)
    return timedelta(seconds=min(seconds, PATIENCE.total_seconds()))
