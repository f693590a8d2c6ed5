"""
What is told of the watcher itself: each change once, and to whom it is owed.

How a subject is as it was last told is its *condition*. A notice is stored
only where it differs from that, in the same transaction, so that neither a
restart nor a repeated look tells a thing twice.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from watcher.model import OK, Notice, Severity
from watcher.store.engine import Database
from watcher.store.rows import canonical, known_moment, stamp

KEPT = timedelta(days=400)  # notices are looked back at over a year


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A stored notice. `id` is like N-4."""

    id: str
    notice: Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """
    How a subject is, as it was told last. `since`: when it came to be so.

    `covers`: the subjects that are not told of by themselves because of it.
    """

    kind: str
    subject: str
    state: str
    severity: Severity
    since: datetime
    reasons: tuple[str, ...] = ()
    covers: frozenset[str] = frozenset()


def is_news(told: Condition | None, notice: Notice, covers: Collection[str] = ()) -> bool:
    """Whether this is another state than was told last, or worse in the same, or of more subjects."""
    was, worst = (OK, notice.severity) if told is None else (told.state, told.severity)
    more = told is not None and not told.covers.issuperset(covers)
    return notice.state != was or (was != OK and (notice.severity > worst or more))


def report(
    db: Database,
    notice: Notice,
    *,
    since: datetime | None,
    targets: Mapping[str, Severity],
    covers: Collection[str] = (),
) -> int | None:
    """Store this notice and owe it, if it says anything new. See `Book.report`."""
    before = condition(db, notice.kind, notice.subject)
    if not is_news(before, notice, covers):
        # Whoever is no longer covered is told of again.
        db.execute(
            "UPDATE condition SET covers = ? WHERE kind = ? AND subject = ?",
            [canonical(sorted(covers)), notice.kind, notice.subject],
        )
        return None
    # The end of a trouble concerns whoever was told of the trouble.
    severity = notice.severity
    if notice.state == OK and before is not None:
        severity = before.severity
    start = since or notice.at
    if before is not None and before.state == notice.state:
        start = before.since  # it only became worse
    row = {
        "kind": notice.kind,
        "subject": notice.subject,
        "state": notice.state,
        "severity": int(severity),
        "reasons": canonical(list(notice.reasons)),
    }
    told = row | {"since": stamp(start), "covers": canonical(sorted(covers))}
    db.table("condition").upsert(told, pk=("kind", "subject"))
    made = db.table("notice").insert(row | {"title": notice.title, "at": stamp(notice.at)})
    id_ = int(made.last_pk or 0)
    for name, least in targets.items():
        if least <= severity:
            db.execute(
                "INSERT INTO notice_delivery (id, notice, target, due_at) VALUES (?, ?, ?, ?)",
                [f"msg_{uuid.uuid4().hex}", id_, name, stamp(notice.at)],
            )
    _prune(db, notice.at)
    return id_


def _prune(db: Database, now: datetime) -> None:
    old = [stamp(now - KEPT)]
    db.execute(
        "DELETE FROM notice_delivery WHERE notice IN (SELECT id FROM notice WHERE at < ?)", old
    )
    db.execute("DELETE FROM notice WHERE at < ?", old)


def forget(db: Database, kind: str, kept: Iterable[str]) -> None:
    """What was told of subjects of this kind that are no more, all but `kept`, is over without a word."""
    db.execute(
        "DELETE FROM condition WHERE kind = ? AND subject NOT IN (SELECT value FROM json_each(?))",
        [kind, json.dumps(sorted(kept))],
    )


def condition(db: Database, kind: str, subject: str) -> Condition | None:
    rows = db.query("SELECT * FROM condition WHERE kind = ? AND subject = ?", [kind, subject])
    return next(map(_condition, rows), None)


def conditions(db: Database) -> list[Condition]:
    return [_condition(row) for row in db.query("SELECT * FROM condition ORDER BY kind, subject")]


def _condition(row: Mapping[str, Any]) -> Condition:
    return Condition(
        kind=row["kind"],
        subject=row["subject"],
        state=row["state"],
        severity=Severity(row["severity"]),
        since=known_moment(row["since"]),
        reasons=tuple(json.loads(row["reasons"])),
        covers=frozenset(json.loads(row["covers"])),
    )


def notice(db: Database, number: int | None) -> NoticeRow | None:
    return next(map(_row, db.query("SELECT * FROM notice WHERE id = ?", [number])), None)


def newest(db: Database, limit: int) -> list[NoticeRow]:
    return [_row(row) for row in db.query("SELECT * FROM notice ORDER BY id DESC LIMIT ?", [limit])]


def _row(row: Mapping[str, Any]) -> NoticeRow:
    return NoticeRow(
        id=f"N-{row['id']}",
        notice=Notice(
            kind=row["kind"],
            subject=row["subject"],
            state=row["state"],
            severity=Severity(row["severity"]),
            title=row["title"],
            reasons=tuple(json.loads(row["reasons"])),
            at=known_moment(row["at"]),
        ),
    )
