"""
How each source is, and the refs it named whose outcome is not stored yet.

A listing's refs and its validators are one transaction: after a crash between
them, "not modified" would hide what was never remembered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from watcher.model import Ref
from watcher.store.engine import Database
from watcher.store.rows import FAR, Pending, SourceState, moment, stamp


def begin(db: Database, ref: Ref, *, carried: bool, now: datetime) -> int:
    row = {
        "source": ref.source,
        "key": ref.key,
        "url": ref.url,
        "at": stamp(now),
        "carried": int(carried),
    }
    (begun,) = db.execute(
        """
        INSERT INTO pending (source, key, url, found_at, carried, begun)
        VALUES (:source, :key, :url, :at, :carried, 1)
        ON CONFLICT (source, key) DO UPDATE SET begun = begun + 1
        RETURNING begun
        """,
        row,
    ).fetchone()
    return int(begun)


def leave(db: Database, ref: Ref) -> None:
    db.execute(
        "UPDATE pending SET begun = max(0, begun - 1) WHERE source = ? AND key = ?",
        [ref.source, ref.key],
    )


def states(db: Database) -> list[SourceState]:
    return [_state(row) for row in db.query("SELECT * FROM source ORDER BY name")]


def state(db: Database, name: str) -> SourceState:
    row = next(db.query("SELECT * FROM source WHERE name = ?", [name]), None)
    return SourceState(name=name) if row is None else _state(row)


def _state(row: Mapping[str, Any]) -> SourceState:
    return SourceState(
        name=row["name"],
        next_due=moment(row["next_due"]),
        last_ok=moment(row["last_ok"]),
        last_error=row["last_error"],
        failures=row["failures"],
        validators={url: (pair[0], pair[1]) for url, pair in json.loads(row["validators"]).items()},
        items_last=row["items_last"],
    )


def pend(
    db: Database,
    source: str,
    refs: Iterable[Ref],
    *,
    validators: Mapping[str, tuple[str, str]] | None,
    now: datetime,
) -> int:
    at, new = stamp(now), 0
    for ref in refs:
        new += db.execute(
            """
            INSERT INTO pending (source, key, url, found_at)
            SELECT :source, :key, :url, :at WHERE NOT EXISTS
                (SELECT 1 FROM outcome WHERE source = :source AND key = :key)
            ON CONFLICT (source, key) DO NOTHING
            """,
            {"source": source, "key": ref.key, "url": ref.url, "at": at},
        ).rowcount
    if validators is not None:
        text = json.dumps({url: list(pair) for url, pair in validators.items()})
        db.table("source").upsert({"name": source, "validators": text}, pk="name")
    return new


def pending(db: Database, source: str, *, now: datetime, limit: int) -> list[Pending]:
    rows = db.query(
        "SELECT * FROM pending WHERE source = ? AND NOT carried"
        " AND (retry_at IS NULL OR retry_at <= ? OR retry_at > ?) ORDER BY begun, id LIMIT ?",
        [source, stamp(now), stamp(now + FAR), limit],
    )
    return [_pending(row) for row in rows]


def carried(db: Database, source: str) -> list[Pending]:
    rows = db.query("SELECT * FROM pending WHERE source = ? AND carried ORDER BY id", [source])
    return [_pending(row) for row in rows]


def _pending(row: Mapping[str, Any]) -> Pending:
    return Pending(
        ref=Ref(source=row["source"], key=row["key"], url=row["url"]),
        attempts=row["attempts"],
        retry_at=moment(row["retry_at"]),
        reason=row["reason"],
    )


def waiting(db: Database) -> dict[str, int]:
    rows = db.query("SELECT source, count(*) AS many FROM pending GROUP BY source")
    return {row["source"]: row["many"] for row in rows}


def visited(
    db: Database,
    source: str,
    *,
    now: datetime,
    next_due: datetime,
    error: str,
    items: int | None,
) -> None:
    row: dict[str, Any] = {"next_due": stamp(next_due), "last_error": error}
    if not error:
        row |= {"last_ok": stamp(now), "failures": 0}
        row |= {} if items is None else {"items_last": items}
    table = db.table("source")
    table.insert({"name": source}, pk="name", ignore=True)
    table.update(source, row)
    if error:
        db.execute("UPDATE source SET failures = failures + 1 WHERE name = ?", [source])
