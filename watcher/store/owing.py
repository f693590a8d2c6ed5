"""
One queue of all that is owed, whatever it tells of: alerts first, then notices.

`outbox` keeps the deliveries of alerts, and the table beside it those of
notices; ids are of one kind, and no caller needs to know in which one is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watcher.model import Delivery
from watcher.store import outbox
from watcher.store.engine import Database
from watcher.store.outbox import OWED
from watcher.store.rows import (
    FAR,
    DeadLetter,
    dead_letter_from,
    delivery_from,
    known_moment,
    moment,
    stamp,
)

TRIES = 4  # failed ones, half an hour of them, before a target counts as failing


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetState:
    """
    How telling one target goes.

    `failing_since`: the oldest thing that it still has not taken after several
    tries, or that was given up since it last took anything; None if it takes
    what it is sent. `reason`: of the last failed try. `oldest`: since when the
    oldest thing that is owed to it could have been sent.
    """

    name: str
    owed: int = 0
    dead: int = 0
    failing_since: datetime | None = None
    reason: str = ""
    oldest: datetime | None = None


def due(db: Database, *, now: datetime, limit: int, target: str | None) -> list[Delivery]:
    found = outbox.due(db, now=now, limit=limit, target=target)
    rows = db.query(
        f"SELECT * FROM notice_delivery WHERE {OWED} AND (due_at <= :now OR due_at > :far)"  # noqa: S608  # constant
        " AND target = coalesce(:target, target) ORDER BY due_at, notice LIMIT :limit",
        {"now": stamp(now), "far": stamp(now + FAR), "target": target, "limit": limit},
    )
    found += [delivery_from(row, f"N-{row['notice']}") for row in rows]
    return found[:limit]


def mark(db: Database, id: str, **columns: str) -> None:  # noqa: A002  # the noun's own word
    """One more attempt was made (see `outbox.mark`)."""
    row = db.execute("SELECT done_at FROM notice_delivery WHERE id = ?", [id]).fetchone()
    if row is None:
        outbox.mark(db, id, **columns)
    elif row[0] is None:
        changes = ", ".join(f"{name} = :{name}" for name in columns)
        db.execute(
            f"UPDATE notice_delivery SET attempts = attempts + 1, {changes} WHERE id = :id",  # noqa: S608  # constant names
            {"id": id, **columns},
        )


def dead(db: Database) -> list[DeadLetter]:
    rows = db.query(
        "SELECT * FROM notice_delivery WHERE buried_at IS NOT NULL AND done_at IS NULL"
        " ORDER BY buried_at, notice"
    )
    return outbox.dead(db) + [dead_letter_from(row, f"N-{row['notice']}") for row in rows]


def owed(db: Database) -> int:
    sql = f"SELECT count(*) FROM notice_delivery WHERE {OWED}"  # noqa: S608  # constant
    return outbox.owed(db) + int(db.execute(sql).fetchone()[0])


def following(db: Database, *, target: str | None) -> datetime | None:
    row = db.execute(
        f"SELECT min(due_at) FROM notice_delivery WHERE {OWED} AND target = coalesce(?, target)",  # noqa: S608  # constant
        [target],
    ).fetchone()
    times = (outbox.following(db, target=target), moment(row[0]))
    return min((each for each in times if each is not None), default=None)


def targets(db: Database) -> list[str]:
    rows = db.query(f"SELECT DISTINCT target FROM notice_delivery WHERE {OWED}")  # noqa: S608  # constant
    return sorted({*outbox.targets(db), *(row["target"] for row in rows)})


def states(db: Database, names: Sequence[str], *, now: datetime) -> list[TargetState]:
    """How telling goes, for each of these targets."""
    return [_state(db, name, now) for name in names]


def _state(db: Database, name: str, now: datetime) -> TargetState:
    # What was owed since when: alerts and notices have their own time.
    rows = db.query(
        """
        SELECT attempts, due_at, buried_at, reason, alert.found_at AS found
        FROM delivery JOIN alert ON alert.id = delivery.alert
        WHERE target = :name AND done_at IS NULL
        UNION ALL
        SELECT attempts, due_at, buried_at, reason, notice.at
        FROM notice_delivery JOIN notice ON notice.id = notice_delivery.notice
        WHERE target = :name AND done_at IS NULL
        ORDER BY found
        """,
        {"name": name},
    )
    undone = list(rows)
    done = _done(db, name)
    waiting = [row for row in undone if row["buried_at"] is None]
    letters = [row for row in undone if row["buried_at"] is not None]
    # One that waits for its time by design is not late.
    late = [row for row in waiting if row["attempts"] > 0 or row["due_at"] <= stamp(now)]
    failing = [row for row in late if row["attempts"] >= TRIES]
    failing += [row for row in letters if done is None or row["buried_at"] > done]
    return TargetState(
        name=name,
        owed=len(waiting),
        dead=len(letters),
        failing_since=min((known_moment(row["found"]) for row in failing), default=None),
        reason=failing[-1]["reason"] if failing else "",
        # What was gathered, and not tried yet, could be sent from its time on.
        oldest=min(
            (known_moment(row["found"] if row["attempts"] else row["due_at"]) for row in late),
            default=None,
        ),
    )


def _done(db: Database, name: str) -> str | None:
    found = [
        db.execute(f"SELECT max(done_at) FROM {table} WHERE target = ?", [name]).fetchone()[0]  # noqa: S608  # constant names
        for table in ("delivery", "notice_delivery")
    ]
    return max((each for each in found if each is not None), default=None)
