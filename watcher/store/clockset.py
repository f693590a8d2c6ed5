"""
What is remembered when the time of day is set.

What is due stays as far away as it was: else what was put off for an hour
would wait until the old time comes again, a year perhaps. And nothing has
happened in the future: a trouble since then, a silence since then, would
never be over.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from watcher.store.engine import Database
from watcher.store.rows import FAR, stamp

INSTANT = timedelta(milliseconds=1)

# What is due only comes sooner when the time is set forward. Visits are not to come all at once, and
# from the last to the next it is as long as it was; later ones knew the new time.
_VISITS = (
    (
        "source",
        "next_due",
        "next_due > :before AND name IN (SELECT source FROM visit_last WHERE at <= :before)",
    ),
    ("visit_last", "at", "at <= :before"),
)
_DUE = (
    ("source", "next_due", "next_due > :later"),
    ("pending", "retry_at", "retry_at > :later"),
    ("delivery", "due_at", "due_at > :later AND done_at IS NULL"),
    ("notice_delivery", "due_at", "due_at > :later AND done_at IS NULL"),
    ("hold", "until", "until > :later"),
)
_PAST = (
    ("source", "last_ok"),
    ("source", "tried_at"),
    ("visit_last", "at"),
    ("visit_last", "failing_since"),
    ("visit_last", "new_at"),
    ("visit_last", "watched_since"),
    ("condition", "since"),
    ("canary", "at"),
    ("moment", "at"),
)


def clock_set(db: Database, by: timedelta, *, now: datetime) -> None:
    """See `Book.clock_set`."""
    before = now - by
    for table, column, where in _VISITS if by > timedelta(0) else _DUE:
        db.execute(
            # As `stamp` writes it, to the millisecond.
            f"UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%f', {column}, :by)"  # noqa: S608  # constants
            f" || '000+00:00' WHERE {where}",
            {
                "by": f"{by.total_seconds():+.3f} seconds",
                "before": stamp(before),
                "later": stamp(max(now, before - FAR)),  # what was due already stays so
            },
        )
    just = stamp(now - INSTANT)  # before whatever happens now
    for table, column in _PAST:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", [just, stamp(now)])  # noqa: S608  # constants
