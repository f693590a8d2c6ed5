"""
What documents named of other places, owed with the outcome of the document that named it.

Each address is owed once, whoever names it and however often; who was first is
kept, so that an alert can say where its address was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from watcher.model import Ref
from watcher.store import queue
from watcher.store.engine import Database
from watcher.store.rows import stamp

DAY = timedelta(days=1)
DAYS = (
    3  # that an address waits at most for its turn at its host; what would wait longer is left out
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What one document named: for a source that follows, at most `per_day` of a host in a day."""

    source: str
    refs: tuple[Ref, ...]
    per_day: int


def remember(db: Database, by: Ref, named: Iterable[Named], *, now: datetime) -> tuple[int, int]:
    """How many addresses are owed anew, and how many were left out: their host has too many."""
    owed = left_out = 0
    for each in named:
        for ref in each.refs:
            if stands(db, ref, "followed", "outcome"):
                continue
            wait = _days(db, each, _host(ref.url), by.source, now)
            if wait > DAYS:
                left_out += 1
                continue
            enter(db, ref, by=by, at=now + wait * DAY)
            owed += queue.owe(db, ref, now=now, retry_at=now + wait * DAY if wait else None)
    return owed, left_out


def named_by(db: Database, ref: Ref) -> str | None:
    """The source of the document that named this first; None where nobody did."""
    row = db.execute(
        "SELECT from_source FROM followed WHERE source = ? AND key = ?", [ref.source, ref.key]
    ).fetchone()
    return None if row is None else str(row[0])


def enter(db: Database, ref: Ref, *, by: Ref, at: datetime) -> None:
    """Keep that this is owed from then on because the document behind `by` named it."""
    db.table("followed").insert(
        {
            "source": ref.source,
            "key": ref.key,
            "host": _host(ref.url),
            "at": stamp(at),
            "from_source": by.source,
            "from_key": by.key,
        }
    )


def stands(db: Database, ref: Ref, *tables: Literal["followed", "pending", "outcome"]) -> bool:
    """Whether this ref is in one of these tables."""
    return any(
        db.execute(
            f"SELECT 1 FROM {table} WHERE source = ? AND key = ?",  # noqa: S608  # one of three words
            [ref.source, ref.key],
        ).fetchone()
        for table in tables
    )


def _host(url: str) -> str:
    """The host in an address, "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:  # brackets that do not close
        return ""


def _days(db: Database, named: Named, host: str, by: str, now: datetime) -> int:
    """
    For how many days this host has enough to be asked for, by what this source names.

    No source takes the last quarter of a day: a place where anybody may write
    could else put off what all others name.
    """
    for day in range(DAYS + 1):
        end = now + day * DAY
        taken, own = db.execute(
            "SELECT count(*), count(*) FILTER (WHERE from_source = ?) FROM followed"
            " WHERE source = ? AND host = ? AND at > ? AND at <= ?",
            [by, named.source, host, stamp(end - DAY), stamp(end)],
        ).fetchone()
        if taken < named.per_day and own < named.per_day - named.per_day // 4:
            return day
    return DAYS + 1
