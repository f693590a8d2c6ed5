"""
What documents that were no list by themselves have left, for those that follow.

Sealed by the caller: here are only counts, times and marks. A document stands
in its source, and in a series of it. Everything goes after DAYS, and at once
when the roster is another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watcher.model import Ref, Severity
from watcher.store.engine import Database
from watcher.store.rows import stamp

DAYS = timedelta(days=7)
ALL = ""  # instead of a series: all documents of a source
HITS = 5000  # matches kept of one source; the newest stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """
    What a document leaves. `series` and `roster` are marks, not names.

    `sealed`: its traces, with so many `hits`; b"" if it is only counted.
    `told`: it raises the alert that tells what its series has accumulated.
    """

    series: str
    roster: str
    sealed: bytes = field(default=b"", repr=False)
    hits: int = 0
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """
    The documents of one series in the last days, the one that is asked for left out.

    `sealed`: by key of the document, the oldest first. `quiet`: how many more
    were only counted. `told`: the severity of the last accumulated alert, None
    if there was none.
    """

    sealed: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    quiet: int = 0
    told: Severity | None = None


def before(
    db: Database, ref: Ref, *, series: str, roster: str, now: datetime
) -> tuple[Before, Before]:
    """What there is of this series of the ref's source, and of all of the source."""
    asked = {
        "source": ref.source,
        "key": ref.key,
        "roster": roster,
        "since": stamp(now - DAYS),
    }
    return _before(db, asked | {"series": series}), _before(db, asked | {"series": ALL})


def _before(db: Database, asked: Mapping[str, str]) -> Before:
    rows = db.execute(
        """
        SELECT key, sealed FROM trace
        WHERE source = :source AND key <> :key AND roster = :roster AND at >= :since
            AND (:series = '' OR series = :series)
        ORDER BY id
        """,
        dict(asked),
    ).fetchall()
    (quiet,) = db.execute(
        """
        SELECT coalesce(sum(documents), 0) FROM trace_quiet
        WHERE source = :source AND roster = :roster AND day >= substr(:since, 1, 10)
            AND (:series = '' OR series = :series)
        """,
        dict(asked),
    ).fetchone()
    told = db.execute(
        "SELECT severity FROM trace_told WHERE source = :source AND series = :series AND at >= :since",
        dict(asked),
    ).fetchone()
    return Before(
        sealed=dict(rows), quiet=int(quiet), told=None if told is None else Severity(told[0])
    )


def leave(db: Database, ref: Ref, left: Left | None, *, again: bool, now: datetime) -> None:
    """
    Keep what this document left, and drop what is too old, too much or of another roster.

    `again`: it had an outcome before, and is not counted twice.
    """
    forget(db, ref)
    if left is None:
        return
    row = {
        "source": ref.source,
        "key": ref.key,
        "series": left.series,
        "roster": left.roster,
        "at": stamp(now),
        "day": stamp(now)[:10],
        "since": stamp(now - DAYS),
        "hits": left.hits,
        "sealed": left.sealed,
        "most": HITS,
    }
    if left.sealed:
        db.execute(
            "INSERT INTO trace (source, key, series, roster, at, hits, sealed)"
            " VALUES (:source, :key, :series, :roster, :at, :hits, :sealed)",
            row,
        )
        db.execute(
            """
            DELETE FROM trace WHERE id IN (
                SELECT id FROM (
                    SELECT id, sum(hits) OVER (ORDER BY id DESC) AS total
                    FROM trace WHERE source = :source
                ) WHERE total > :most
            )
            """,
            row,
        )
    elif not again:
        db.execute(
            "INSERT INTO trace_quiet (source, series, roster, day, documents)"
            " VALUES (:source, :series, :roster, :day, 1)"
            " ON CONFLICT (source, series, roster, day) DO UPDATE SET documents = documents + 1",
            row,
        )
    db.execute("DELETE FROM trace WHERE at < :since OR roster <> :roster", row)
    db.execute(
        "DELETE FROM trace_quiet WHERE day < substr(:since, 1, 10) OR roster <> :roster", row
    )
    db.execute("DELETE FROM trace_told WHERE at < :since", row)


def forget(db: Database, ref: Ref) -> None:
    """What this document left before: it is judged anew, or has been told."""
    db.execute("DELETE FROM trace WHERE source = ? AND key = ?", [ref.source, ref.key])


def told(db: Database, ref: Ref, *, series: str, severity: Severity, now: datetime) -> None:
    """An alert says what this series, and its source, have accumulated."""
    for each in {series, ALL}:
        db.execute(
            "INSERT INTO trace_told (source, series, at, severity) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (source, series) DO UPDATE SET at = excluded.at,"
            " severity = max(severity, excluded.severity)",
            [ref.source, each, stamp(now), int(severity)],
        )
