"""
What each source brought hour by hour, and how its last visits ended.

A visit that met only this machine's own trouble says nothing of the place and
is not counted. Hours are UTC; of nine weeks at least, so that five of them are
left to learn from when a source has been silent for four.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from watcher.errors import LOCAL, WELL
from watcher.store.engine import Database
from watcher.store.rows import known_moment, moment, stamp

KEPT = 63 * 24  # hours with visits: by a number, so that a clock that is wrong once forgets nothing
ENDS = 24  # visits whose ends are remembered
BREAK = timedelta(hours=6)  # of not looking, after which what comes is not of one hour

_HOUR = 13  # characters of a stamp: 2026-11-22T15


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """
    One hour of a source. `at`: its beginning.

    `visits` that told something of the place, `failed` among them; `new` refs;
    documents whose outcome was stored (`kept`) and that could not be had (`lost`).
    """

    at: datetime
    visits: int
    failed: int
    new: int
    kept: int
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """
    How a source's last visits ended, oldest first: `ok`, or what the error was of.

    `failing_since`: the first of the failed visits in a row that end the list,
    None if the last was well; what met only this machine's own trouble counts
    where there was no good one before. `new_at`: when it last brought something;
    `watched_since`: since when it has been looked at without a break.
    """

    at: datetime
    ends: tuple[str, ...]
    failing_since: datetime | None = None
    new_at: datetime | None = None
    watched_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What one visit brought: `new` refs, documents `kept` and `lost` (see `Hour`)."""

    new: int = 0
    kept: int = 0
    lost: int = 0


NOTHING = Brought()


def visited(
    db: Database,
    source: str,
    *,
    now: datetime,
    error: str,
    kind: str,
    brought: Brought,
    due: datetime | None,
    last_ok: datetime | None,
) -> None:
    """
    Enter a visit. `due` and `last_ok` are the source's as they were before it.

    What a first visit brings, or one after a break, is not what the place
    brings in an hour: it is left out.
    """
    before = last(db, source)
    end = (kind or "fault") if error else WELL
    said = end != LOCAL
    broken = last_ok is None or (
        now - last_ok > BREAK
        and (
            due is None
            or now - due > BREAK
            or (before is not None and before.failing_since is not None)
        )
    )
    well = end == WELL
    row: dict[str, Any] = {
        "source": source,
        "at": stamp(now),
        "ends": json.dumps([*(before.ends if before else ()), end][-ENDS:]),
        "failing_since": _kept(before.failing_since if before else None),
        "new_at": _kept(before.new_at if before else None),
        "watched_since": _kept(before.watched_since if before else None),
    }
    if well:
        row["failing_since"] = None
        if broken:
            row["watched_since"] = stamp(now)
        if brought.new:
            row["new_at"] = stamp(now)
    elif (said or last_ok is None) and row["failing_since"] is None:
        row["failing_since"] = stamp(now)
    db.table("visit_last").upsert(row, pk="source")
    _count(db, source, now, said=said, well=well, brought=brought, new=not broken)


def _kept(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)


def _count(
    db: Database,
    source: str,
    now: datetime,
    *,
    said: bool,
    well: bool,
    brought: Brought,
    new: bool,
) -> None:
    hour = stamp(now)[:_HOUR]
    begun = db.execute(
        "INSERT INTO visit_hour (source, hour) VALUES (?, ?) ON CONFLICT (source, hour) DO NOTHING",
        [source, hour],
    ).rowcount
    db.execute(
        """
        UPDATE visit_hour SET visits = visits + :visits, failed = failed + :failed,
            new = new + :new, kept = kept + :kept, lost = lost + :lost
        WHERE source = :source AND hour = :hour
        """,
        {
            "source": source,
            "hour": hour,
            "visits": int(said),
            "failed": int(said and not well),
            "new": brought.new if new and well else 0,
            "kept": brought.kept,
            "lost": brought.lost,
        },
    )
    if begun:
        db.execute(
            "DELETE FROM visit_hour WHERE source = :source AND hour <= (SELECT hour FROM visit_hour"
            " WHERE source = :source ORDER BY hour DESC LIMIT 1 OFFSET :kept)",
            {"source": source, "kept": KEPT},
        )


def last(db: Database, source: str) -> Visits | None:
    row = next(db.query("SELECT * FROM visit_last WHERE source = ?", [source]), None)
    return None if row is None else _visits(row)


def all_last(db: Database) -> dict[str, Visits]:
    return {row["source"]: _visits(row) for row in db.query("SELECT * FROM visit_last")}


def _visits(row: Mapping[str, Any]) -> Visits:
    return Visits(
        at=known_moment(row["at"]),
        ends=tuple(json.loads(row["ends"])),
        failing_since=moment(row["failing_since"]),
        new_at=moment(row["new_at"]),
        watched_since=moment(row["watched_since"]),
    )


def hours(db: Database, source: str, *, since: datetime) -> list[Hour]:
    """The hours of this source from that one on, oldest first."""
    rows: Iterable[Mapping[str, Any]] = db.query(
        "SELECT * FROM visit_hour WHERE source = ? AND hour >= ? ORDER BY hour",
        [source, stamp(since)[:_HOUR]],
    )
    return [
        Hour(
            at=known_moment(f"{row['hour']}:00:00+00:00"),
            visits=row["visits"],
            failed=row["failed"],
            new=row["new"],
            kept=row["kept"],
            lost=row["lost"],
        )
        for row in rows
    ]
