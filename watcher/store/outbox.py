"""
What is owed to whom: deliveries due, done and dead.

The store is the queue. When a delivery is tried again is the caller's to say.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from watcher.errors import StoreError
from watcher.model import Delivery, Severity
from watcher.store import gather
from watcher.store.engine import Database
from watcher.store.gather import Telling
from watcher.store.rows import FAR, DeadLetter, dead_letter_from, delivery_from, moment, stamp

OWED = "done_at IS NULL AND buried_at IS NULL"


def owe(
    db: Database,
    alert: int | None,
    *,
    now: datetime,
    targets: Mapping[str, Severity],
    telling: Telling = Telling.EACH,
) -> int:
    """Make an alert due for each target it is severe enough for and was never owed to."""
    row = db.execute("SELECT severity FROM alert WHERE id = ?", [alert]).fetchone()
    if row is None:
        raise StoreError("no such alert in this store; `watcher alerts` lists what there is")
    assert alert is not None
    if telling is not Telling.EACH and gather.is_told(db, alert):
        return 0
    new = 0
    for name, least in targets.items():
        if least <= row[0]:
            gathered, due_at = gather.place(db, alert, name, now=now, telling=telling)
            new += db.execute(
                """
                INSERT INTO delivery (id, alert, target, due_at, gathered) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (alert, target) DO NOTHING
                """,
                [f"msg_{uuid.uuid4().hex}", alert, name, due_at, gathered],
            ).rowcount
    return new


def due(db: Database, *, now: datetime, limit: int, target: str | None) -> list[Delivery]:
    rows = db.query(
        f"SELECT * FROM delivery WHERE {OWED} AND head = '' AND gathered = '' AND (due_at <= :now OR due_at > :far)"  # noqa: S608  # constant
        " AND target = coalesce(:target, target) ORDER BY due_at, alert LIMIT :limit",
        {"now": stamp(now), "far": stamp(now + FAR), "target": target, "limit": limit},
    )
    return [delivery_from(row, f"A-{row['alert']}") for row in rows]


def dead(db: Database) -> list[DeadLetter]:
    rows = db.query(
        "SELECT * FROM delivery WHERE buried_at IS NOT NULL AND done_at IS NULL ORDER BY buried_at, alert"
    )
    return [dead_letter_from(row, f"A-{row['alert']}") for row in rows]


def mark(db: Database, id: str, **columns: str) -> None:  # noqa: A002  # the noun's own word
    """
    One more attempt was made, and this is what came of it, for all that it tells of.

    A delivery that is done stays done, whatever a late repeat says. Raises
    StoreError for an id that is not there.
    """
    changes = ", ".join(f"{name} = :{name}" for name in columns)
    found = db.execute(
        f"UPDATE delivery SET attempts = attempts + 1, {changes}"  # noqa: S608  # constant names
        " WHERE (id = :id OR head = :id) AND done_at IS NULL",
        {"id": id, **columns},
    ).rowcount
    if not found and not db.execute("SELECT 1 FROM delivery WHERE id = ?", [id]).fetchone():
        raise StoreError(f"no delivery {id}: the store is not the one it was taken from")


def owed(db: Database) -> int:
    return int(db.execute(f"SELECT count(*) FROM delivery WHERE {OWED}").fetchone()[0])  # noqa: S608  # constant


def following(db: Database, *, target: str | None) -> datetime | None:
    row = db.execute(
        f"SELECT min(due_at) FROM delivery WHERE {OWED} AND target = coalesce(?, target)",  # noqa: S608  # constant
        [target],
    ).fetchone()
    return moment(row[0])


def targets(db: Database) -> list[str]:
    rows = db.query(f"SELECT DISTINCT target FROM delivery WHERE {OWED} ORDER BY target")  # noqa: S608  # constant
    return [row["target"] for row in rows]
