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

# What is due only comes sooner when the time is set forward; visits are not to come all at once.
_VISITS = (
    "source",
    "next_due",
    "name IN (SELECT source FROM visit_last WHERE at <= :before)",  # later ones knew the new time
)
_DUE = (
    ("source", "next_due", "TRUE"),
    ("pending", "retry_at", "TRUE"),
    ("delivery", "due_at", "done_at IS NULL"),
    ("notice_delivery", "due_at", "done_at IS NULL"),
    ("hold", "until", "TRUE"),
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
    # What was due already stays so.
    later = before if by > timedelta(0) else max(now, before - FAR)
    for table, column, where in (_VISITS,) if by > timedelta(0) else _DUE:
        db.execute(
            # As `stamp` writes it, to the millisecond.
            f"UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%f', {column}, :by)"  # noqa: S608  # constants
            f" || '000+00:00' WHERE {column} > :later AND {where}",
            {
                "by": f"{by.total_seconds():+.3f} seconds",
                "before": stamp(before),
                "later": stamp(later),
            },
        )
    just = stamp(now - INSTANT)  # before whatever happens now
    for table, column in _PAST:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", [just, stamp(now)])  # noqa: S608  # constants
