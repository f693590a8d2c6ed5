"""
How each source is, and the refs it named whose outcome is not stored yet.

A listing's refs and its validators are one transaction: after a crash between
them, "not modified" would hide what was never remembered. So are a stream's
refs and its cursor.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from watcher.errors import LOCAL
from watcher.model import Ref
from watcher.store.engine import Database
from watcher.store.rows import FAR, Pending, SourceState, known_moment, moment, stamp

AGAIN = timedelta(minutes=5)
"""A document is read again at most this often: some places say with each visit that all was edited."""

NEWEST = 50_000  # outcomes that are compared: no index is kept for what is asked now and then


def begin(db: Database, ref: Ref, *, carried: bool, now: datetime) -> int:
    row = {
        "source": ref.source,
        "key": ref.key,
        "url": ref.url,
        "at": stamp(now),
        "version": ref.version,
        "carried": int(carried),
    }
    (begun,) = db.execute(
        """
        INSERT INTO pending (source, key, url, version, found_at, carried, begun)
        VALUES (:source, :key, :url, :version, :at, :carried, 1)
        ON CONFLICT (source, key) DO UPDATE SET begun = begun + 1, version = excluded.version
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
        cursor=row["cursor"],
        tried_at=moment(row["tried_at"]),
        error_kind=row["error_kind"],
    )


def pend(
    db: Database,
    source: str,
    refs: Iterable[Ref],
    *,
    validators: Mapping[str, tuple[str, str]] | None,
    cursor: str | None,
    now: datetime,
) -> int:
    new = sum(_pend(db, source, ref, now) for ref in refs)
    reached: dict[str, str] = {}
    if validators is not None:
        reached["validators"] = json.dumps({url: list(pair) for url, pair in validators.items()})
    if cursor is not None:
        reached["cursor"] = cursor
    if reached:
        db.table("source").upsert({"name": source, **reached}, pk="name")
    return new


def _pend(db: Database, source: str, ref: Ref, now: datetime) -> int:
    """1 if this ref is owed now and was not before."""
    identity = [source, ref.key]
    waits = db.execute(
        "SELECT version FROM pending WHERE source = ? AND key = ?", identity
    ).fetchone()
    if waits is not None:
        if ref.version not in ("", waits[0]):
            db.execute(
                "UPDATE pending SET version = ?, url = ? WHERE source = ? AND key = ?",
                [ref.version, ref.url, *identity],
            )
        return 0
    seen = db.execute(
        "SELECT version, at FROM outcome WHERE source = ? AND key = ?", identity
    ).fetchone()
    row = {
        "source": source,
        "key": ref.key,
        "url": ref.url,
        "version": ref.version,
        "found_at": stamp(now),
        "retry_at": None,
    }
    if seen is not None:
        version, at = seen
        if ref.version in ("", version):
            return 0
        if not version:
            # What was read before its place told versions: this one is where they begin.
            db.execute(
                "UPDATE outcome SET version = ? WHERE source = ? AND key = ?",
                [ref.version, *identity],
            )
            return 0
        row["retry_at"] = max(stamp(now), stamp(datetime.fromisoformat(at) + AGAIN))
    # Not sqlite-utils' own insert: a listing may have tens of thousands.
    db.execute(
        "INSERT INTO pending (source, key, url, version, found_at, retry_at)"
        " VALUES (:source, :key, :url, :version, :found_at, :retry_at)",
        row,
    )
    return 1


def owe(db: Database, ref: Ref, *, now: datetime, retry_at: datetime | None) -> int:
    """1 if this ref, which a document named, is owed now and was not before."""
    new = _pend(db, ref.source, ref, now)
    if new and retry_at is not None:
        db.execute(
            "UPDATE pending SET retry_at = ? WHERE source = ? AND key = ?",
            [stamp(retry_at), ref.source, ref.key],
        )
    return new


def is_seen(db: Database, source: str, key: str, version: str) -> bool:
    # Of what was read before versions were kept, the content's own hash tells as much.
    found = db.execute(
        "SELECT 1 FROM outcome WHERE source = :source AND key = :key"
        " AND :version IN ('', version, sha256)",
        {"source": source, "key": key, "version": version},
    ).fetchone()
    return found is not None


def unchanged(db: Database, ref: Ref, *, sha256: str, now: datetime) -> bool:
    changed = db.execute(
        """
        UPDATE outcome SET version = :version, at = :at
        WHERE source = :source AND key = :key AND sha256 = :sha256 AND kind <> 'failed'
        """,
        {
            "source": ref.source,
            "key": ref.key,
            "version": ref.version,
            "sha256": sha256,
            "at": stamp(now),
        },
    ).rowcount
    if changed:
        db.table("pending").delete_where("source = ? AND key = ?", [ref.source, ref.key])
    return bool(changed)


def pending(db: Database, source: str, *, now: datetime, limit: int) -> list[Pending]:
    rows = db.query(
        "SELECT *, EXISTS (SELECT 1 FROM outcome WHERE outcome.source = pending.source"
        " AND outcome.key = pending.key) AS again FROM pending WHERE source = ? AND NOT carried"
        " AND (retry_at IS NULL OR retry_at <= ? OR retry_at > ?) ORDER BY begun, id LIMIT ?",
        [source, stamp(now), stamp(now + FAR), limit],
    )
    return [_pending(row) for row in rows]


def carried(db: Database, source: str) -> list[Pending]:
    rows = db.query("SELECT * FROM pending WHERE source = ? AND carried ORDER BY id", [source])
    return [_pending(row) for row in rows]


def _pending(row: Mapping[str, Any]) -> Pending:
    return Pending(
        ref=Ref(source=row["source"], key=row["key"], url=row["url"], version=row["version"]),
        found_at=known_moment(row["found_at"]),
        attempts=row["attempts"],
        retry_at=moment(row["retry_at"]),
        reason=row["reason"],
        again=bool(row.get("again")),
    )


def put_off(db: Database, refs: Mapping[Ref, datetime]) -> None:
    for ref, until in refs.items():
        db.execute(
            "UPDATE pending SET retry_at = ? WHERE source = ? AND key = ?",
            [stamp(until), ref.source, ref.key],
        )


def waiting(db: Database) -> dict[str, int]:
    rows = db.query("SELECT source, count(*) AS many FROM pending GROUP BY source")
    return {row["source"]: row["many"] for row in rows}


def untouched(db: Database) -> dict[str, tuple[int, datetime]]:
    rows = db.execute(
        "SELECT source, count(*), min(found_at) FROM pending"
        " WHERE NOT carried AND attempts = 0 AND begun = 0 AND retry_at IS NULL GROUP BY source"
    ).fetchall()
    return {source: (many, known_moment(at)) for source, many, at in rows}


def alike(db: Database, *, since: datetime) -> dict[str, tuple[int, int]]:
    rows = db.execute(
        """
        SELECT source, max(same), sum(same) FROM (
            SELECT source, count(*) AS same FROM outcome
            WHERE id > (SELECT max(id) FROM outcome) - :newest AND at >= :since
                AND kind IN ('clean', 'partial') AND sha256 <> ''
            GROUP BY source, sha256
        ) GROUP BY source
        """,
        {"newest": NEWEST, "since": stamp(since)},
    ).fetchall()
    return {source: (most, all_) for source, most, all_ in rows}


def rearm(db: Database, due: Mapping[str, datetime]) -> None:
    for name, at in due.items():
        db.execute("UPDATE source SET next_due = ? WHERE name = ?", [stamp(at), name])


def visited(
    db: Database,
    source: str,
    *,
    now: datetime,
    next_due: datetime,
    error: str,
    kind: str,
    items: int | None,
    asked: bool,
) -> None:
    row: dict[str, Any] = {
        "next_due": stamp(next_due),
        "last_error": error,
        "error_kind": kind,
    }
    row |= {"tried_at": stamp(now)} if asked else {}
    if not error:
        row |= {"last_ok": stamp(now), "failures": 0}
        row |= {} if items is None else {"items_last": items}
    table = db.table("source")
    table.insert({"name": source}, pk="name", ignore=True)
    table.update(source, row)
    if error and kind != LOCAL:
        db.execute("UPDATE source SET failures = failures + 1 WHERE name = ?", [source])
