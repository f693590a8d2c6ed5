"""
The canary's returns: alerts that show that watching works, and are no leaks.

They stand in the chain like any alert, for nothing is ever taken out of that;
their evidence files hold a made-up person and are removed after a while.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watcher.canary import is_ref
from watcher.store.engine import Database
from watcher.store.rows import known_moment, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The canary came back at this time, by this source."""

    at: datetime
    source: str


def enter(db: Database, alert: int | None, *, now: datetime) -> None:
    """Enter this alert as a return of the canary."""
    row = {"alert": alert, "at": stamp(now)}
    db.table("canary").insert(row, pk="alert", ignore=True)


def returned(db: Database, *, source: str = "") -> Returned | None:
    row = db.execute(
        "SELECT at, source FROM canary JOIN alert ON alert.id = canary.alert"
        " WHERE :source IN ('', source) ORDER BY alert.id DESC LIMIT 1",
        {"source": source},
    ).fetchone()
    return None if row is None else Returned(at=known_moment(row[0]), source=row[1])


def old(db: Database, *, before: datetime) -> list[tuple[str, str]]:
    rows = db.query(
        "SELECT evidence.alert, file FROM canary JOIN evidence ON evidence.alert = canary.alert"
        " WHERE NOT pruned AND at < ? ORDER BY evidence.alert",
        [stamp(before)],
    )
    return [(f"A-{row['alert']}", row["file"]) for row in rows]


def pruned(db: Database) -> set[int]:
    """
    The alerts whose evidence files may be gone.

    Only such as show a canary and nobody else: what an alert shows is in the
    chain, so nobody can pass a leak off as one to be rid of its evidence.
    """
    rows = db.execute(
        "SELECT alert.id, finding FROM canary JOIN alert ON alert.id = canary.alert WHERE pruned"
    ).fetchall()
    return {row[0] for row in rows if _shows_one(json.loads(row[1]))}


def _shows_one(finding: dict[str, Any]) -> bool:
    officers = finding["officers"]
    return len(officers) == 1 and not finding["possible"] and is_ref(officers[0])


def prune(db: Database, alerts: Iterable[int | None], *, source: str, before: datetime) -> None:
    for each in alerts:
        db.execute("UPDATE canary SET pruned = 1 WHERE alert = ?", [each])
    db.execute("DELETE FROM outcome WHERE source = ? AND at < ?", [source, stamp(before)])
