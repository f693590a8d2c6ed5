"""
The hash chain over alerts and their evidence.

Each link is the SHA-256 of the link before it and of the canonical JSON of
what it covers: the evidence row and the alert that rests on it. SQLite has no
page checksums and `integrity_check` does not see a changed byte in a value;
this does. Which incident an alert belongs to is not covered: people regroup.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from watcher.errors import CustodyError
from watcher.store.engine import Database
from watcher.store.rows import canonical

START = "0" * 64
_EVIDENCE = ("position", "alert", "file", "record_id", "sha256", "digest", "size", "taken_at")
_ALERT = ("source", "key", "url", "found_at", "severity", "finding", "unread")
_LINKS = """
    SELECT evidence.*, alert.source, alert.key, alert.url, alert.found_at, alert.severity,
           alert.finding, alert.unread, alert.sha256 AS body
    FROM evidence JOIN alert ON alert.id = evidence.alert ORDER BY position
"""


def link(before: str, row: Mapping[str, Any]) -> str:
    """The chain's next hash. `row` holds the columns of evidence and of its alert."""
    covered = canonical({name: row[name] for name in (*_EVIDENCE, *_ALERT)})
    return hashlib.sha256(before.encode("ascii") + covered.encode("ascii")).hexdigest()


def head(db: Database) -> tuple[int, str]:
    """The last position and its hash: read inside the transaction that appends."""
    row = db.conn.execute(
        "SELECT position, chain FROM evidence ORDER BY position DESC LIMIT 1"
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, START)


def audit(db: Database, path: Path) -> None:
    """
    Recompute the chain from the rows. Raises CustodyError naming the first that differs.

    Removed alerts show as well: SQLite remembers the highest id it gave out
    (`sqlite_sequence`), ids are never reused, and no rule ever deletes one.
    One read transaction: what others store meanwhile is not seen.
    """
    db.conn.execute("BEGIN")
    try:
        _audit(db, path)
    finally:
        db.conn.execute("ROLLBACK")


def _audit(db: Database, path: Path) -> None:
    expected, before = 1, START
    for row in db.query(_LINKS):
        name = f"A-{row['alert']}"
        if row["position"] != expected:
            raise CustodyError(f"{path}: evidence {expected} is missing from the chain")
        if row["sha256"] != row["body"] or row["chain"] != link(before, row):
            raise CustodyError(f"{path}: alert {name} or its evidence row was altered")
        officers = db.conn.execute(
            "SELECT ref FROM alert_officer WHERE alert = ? ORDER BY ref", [row["alert"]]
        ).fetchall()
        if [ref for (ref,) in officers] != sorted(set(json.loads(row["finding"])["officers"])):
            raise CustodyError(f"{path}: the officers of alert {name} were altered")
        expected, before = expected + 1, row["chain"]
    (alerts,) = db.conn.execute("SELECT count(*) FROM alert").fetchone()
    given = db.conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'alert'").fetchone()
    stored = expected - 1
    if alerts != stored or (given[0] if given else 0) != stored:
        raise CustodyError(
            f"{path}: {given[0] if given else 0} alerts were stored, {alerts} are there,"
            f" {stored} have evidence; restore the store from a backup"
        )
