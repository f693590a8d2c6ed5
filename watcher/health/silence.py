"""
Whether a source brings less than it usually does.

Nothing at all for longer than accident explains, or much less than half in a
day or a week. It ends later than it began, or with the first that comes.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from watcher.health.facts import QUIET, Facts
from watcher.health.usual import DAY, HOUR

ENTER = math.log(10_000)  # a silence is told where one in so many would be by accident
LEAVE = math.log(100)
MILLION = math.log(1_000_000)  # beyond it no number says more
MARGIN = 1.3  # and where it is so much less likely than any that the source has made before
MOST = 4 * ENTER  # but never more than this: a source that was down for weeks has made any
SHORTEST = timedelta(hours=3)  # a pause shorter than this is none
FEW = 5.0  # items expected, below which only their lack is judged
HALF = 0.5  # of what is expected: more is not few, however certain
WINDOWS = (DAY, 7 * DAY)


def silence(
    facts: Facts, *, was: str, since: datetime | None, now: datetime
) -> tuple[datetime, str] | None:
    """Since when a source brings too little, and how; None if it does not, or cannot be told."""
    usual, watched = facts.usual, facts.watched_since
    if was == QUIET and since is not None and (facts.new_at is None or facts.new_at < since):
        return since, f"nothing new for {span(facts.new_at or watched or since, now)}"
    if usual is None or watched is None or facts.last_ok is None:
        return None
    end = min(now, facts.last_ok)
    start = max(facts.new_at or watched, watched)
    mean = usual.expected(start, end)
    nats = usual.unlikely(0, mean)
    bar = min(MOST, max(ENTER, MARGIN * usual.pause))
    if end - start >= SHORTEST and nats >= (LEAVE if was == QUIET else bar):
        return start, f"{_nothing(start, end, mean)}; {_chance(nats)}"
    for window in WINDOWS:
        begin = max(_floor(end) + HOUR - window, _floor(watched) + HOUR)
        mean = usual.expected(begin, end)
        count = sum(each.new for each in facts.hours if each.at >= begin)
        if (
            mean < FEW
            or count > HALF * mean
            or (was != QUIET and count > usual.least * mean * HALF)
        ):
            continue
        nats = usual.unlikely(count, mean)
        if end - begin >= window - HOUR and nats >= (LEAVE if was == QUIET else ENTER):
            lately = f"{window.days} days" if window > DAY else "24 hours"
            said = f"{count:,} new in {lately}; usually {mean:,.0f} or more; {_chance(nats)}"
            return (since if was == QUIET and since else begin), said
    return None


def _floor(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _nothing(start: datetime, end: datetime, mean: float) -> str:
    return f"nothing new for {span(start, end)}; usually {mean:,.0f} or more in that time"


def _chance(nats: float) -> str:
    return f"by accident in fewer than one of {math.exp(min(nats, MILLION)):,.0f} such times"


def span(start: datetime, end: datetime) -> str:
    """How long it is, for people."""
    hours = (end - start) / HOUR
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
