"""
Which alerts are told by a card of their own, and which by one card together.

Forty mirrors of one list are one leak, and a place that is read for the first
time, or again after it was blind, brings what is old: told one by one, that
is noise in which the next leak drowns. Nothing is held back for long, and
nothing by its severity: the first severe alerts of a place are told at once,
however many lesser ones came before them, and the card of a digest is that of
the most severe alert in it.

A digest is a delivery like any other. While it is open alerts join it; when
it is due it is closed, before the first attempt, so that what its id stands
for never changes.
"""

from __future__ import annotations

import enum
import json
from datetime import datetime, timedelta

from watcher.model import Severity
from watcher.store.engine import Database
from watcher.store.rows import FAR, Digest, Gathered, stamp

AT_ONCE = 5  # cards of one source in an hour before its others that are no worse are gathered
HOUR = timedelta(hours=1)
SOON = timedelta(minutes=10)  # the longest that a source's digest stays open
NEW = 0.1  # of its people that were not told of before: beyond it no mere update
GROWN = 2  # times as large as what was told of before: no mere update
SHOWN = 1000  # alerts that a digest names one by one
_SHOWN = "'$.rule', '$.count', '$.rows', '$.officers', '$.possible', '$.fields', '$.suppliers'"
_OPEN = "gathered <> '' AND done_at IS NULL AND buried_at IS NULL"


class Telling(enum.Enum):
    """
    How alerts are told.

    EACH: one card for each, as whoever asked for them wants. USUAL: an incident
    that a target knows is told of once an hour, and what one source brings
    beyond AT_ONCE an hour in digests. CATCHING_UP: besides, all news of a
    visit below `high` is one digest.
    """

    EACH = "each"
    USUAL = "usual"
    CATCHING_UP = "catching up"


def is_told(db: Database, alert: int) -> bool:
    """Whether an earlier alert of the same place told just this: it was edited elsewhere in its text."""
    row = db.execute(
        f"""
        SELECT 1 FROM alert AS this JOIN alert AS other
            ON other.source = this.source AND other.key = this.key AND other.id < this.id
        WHERE this.id = ? AND other.severity >= this.severity
            AND json_extract(this.finding, {_SHOWN}) = json_extract(other.finding, {_SHOWN})
        LIMIT 1
        """,  # noqa: S608  # constant
        [alert],
    ).fetchone()
    return row is not None


def place(
    db: Database, alert: int, target: str, *, now: datetime, telling: Telling
) -> tuple[str, str]:
    """The digest that this alert joins at this target ("" for none), and when it is due."""
    at = stamp(now)
    if telling is Telling.EACH:
        return "", at
    incident, source, severity = db.execute(
        "SELECT incident, source, severity FROM alert WHERE id = ?", [alert]
    ).fetchone()
    gathered, wait = f"source {source}", SOON
    if _told(db, alert, target):
        gathered, wait = _update(db, incident, source, target), HOUR
    elif not (telling is Telling.CATCHING_UP and severity < Severity.HIGH) and not _many(
        db, source, target, severity, now
    ):
        return "", at
    (due_at,) = db.execute(
        f"SELECT min(due_at) FROM delivery WHERE target = ? AND gathered = ? AND {_OPEN}",  # noqa: S608  # constant
        [target, gathered],
    ).fetchone()
    return gathered, min(due_at or "9", stamp(now + wait))


def _update(db: Database, incident: int, source: str, target: str) -> str:
    """
    The digest for what the target knows: the incident's, whatever place it comes from.

    Who mirrors many at once fills no more than a few: the others are one digest.
    """
    own = f"incident {incident}"
    others = {
        row[0]
        for row in db.execute(
            f"""
            SELECT DISTINCT gathered FROM delivery JOIN alert ON alert.id = delivery.alert
            WHERE target = ? AND source = ? AND gathered LIKE 'incident %' AND {_OPEN}
            """,  # noqa: S608  # constant
            [target, source],
        ).fetchall()
    }
    return own if own in others or len(others) < AT_ONCE else f"known to {source}"


def _told(db: Database, alert: int, target: str) -> bool:
    """
    Whether the target knows what this alert says: of an incident as severe, hardly anybody new.

    Where nobody is told apart, it may not be much larger either.
    """
    asked = {"alert": alert, "target": target}
    known = """
        SELECT other.id FROM alert AS this
        JOIN alert AS other ON other.incident = this.incident AND other.id <> this.id
        JOIN delivery ON delivery.alert = other.id
        WHERE this.id = :alert AND delivery.target = :target AND delivery.buried_at IS NULL
            AND other.severity >= this.severity
    """
    as_large = db.execute(
        f"""
        SELECT 1 FROM alert AS this JOIN alert AS other ON other.id IN ({known})
        WHERE this.id = :alert
            AND json_extract(this.finding, '$.count')
                <= {GROWN} * json_extract(other.finding, '$.count')
            AND json_extract(this.finding, '$.rows')
                <= {GROWN} * json_extract(other.finding, '$.rows')
        LIMIT 1
        """,  # noqa: S608  # constants
        asked,
    ).fetchone()
    if as_large is None:
        return False
    (strangers,) = db.execute(
        f"""
        SELECT count(*) FROM alert_supplier WHERE alert = :alert AND mark NOT IN
            (SELECT mark FROM alert_supplier WHERE alert IN ({known}))
        """,  # noqa: S608  # constant
        asked,
    ).fetchone()
    if strangers:
        return False
    people, strange = db.execute(
        f"""
        SELECT count(*), count(*) FILTER (WHERE ref NOT IN
            (SELECT ref FROM alert_officer WHERE alert IN ({known})))
        FROM alert_officer WHERE alert = :alert
        """,  # noqa: S608  # constants
        asked,
    ).fetchone()
    return int(strange) <= NEW * int(people)


def _many(db: Database, source: str, target: str, severity: int, now: datetime) -> bool:
    """
    Whether this source has had its cards for the hour, of what is as severe.

    Who posts cheap alerts first must not put off the leak that follows them.
    """
    (cards,) = db.execute(
        """
        SELECT count(*) FROM alert JOIN delivery ON delivery.alert = alert.id
        WHERE alert.source = ? AND alert.found_at > ? AND delivery.target = ? AND alert.severity >= ?
            AND delivery.gathered = '' AND delivery.head = ''
        """,
        [source, stamp(now - HOUR), target, severity],
    ).fetchone()
    return int(cards) >= AT_ONCE


def release(db: Database, source: str, *, now: datetime) -> None:
    """A visit to this source ended: its digests are due."""
    db.execute(
        f"UPDATE delivery SET due_at = ? WHERE gathered = ? AND due_at > ? AND {_OPEN}",  # noqa: S608  # constant
        [stamp(now), f"source {source}", stamp(now)],
    )


def ripe(db: Database, *, now: datetime, target: str | None) -> list[tuple[str, str]]:
    """The digests (target, label) whose time has come."""
    return [
        (row[0], row[1])
        for row in db.execute(
            f"""
            SELECT target, gathered FROM delivery
            WHERE {_OPEN} AND target = coalesce(?, target)
            GROUP BY target, gathered HAVING min(due_at) <= ? OR min(due_at) > ?
            """,  # noqa: S608  # constant
            [target, stamp(now), stamp(now + FAR)],
        ).fetchall()
    ]


def close(db: Database, *, now: datetime, target: str | None) -> None:
    """Nothing joins the digests whose time has come; the most severe alert, the first of them, leads."""
    for name, gathered in ripe(db, now=now, target=target):
        (head,) = db.execute(
            f"""
            SELECT delivery.id FROM delivery JOIN alert ON alert.id = delivery.alert
            WHERE target = ? AND {_OPEN} AND gathered = ?
            ORDER BY alert.severity DESC, alert.id LIMIT 1
            """,  # noqa: S608  # constant
            [name, gathered],
        ).fetchone()
        db.execute(
            f"""
            UPDATE delivery SET gathered = '', due_at = :now, head = iif(id = :head, '', :head)
            WHERE target = :target AND gathered = :gathered AND {_OPEN}
            """,  # noqa: S608  # constant
            {"head": head, "target": name, "gathered": gathered, "now": stamp(now)},
        )


def digest(db: Database, delivery: str) -> Digest | None:
    """What this delivery tells besides its own alert; None if nothing."""
    rows = db.execute(
        """
        SELECT alert.id, alert.severity, alert.incident, alert.source, alert.url,
            json_extract(alert.finding, '$.called') AS called
        FROM delivery JOIN alert ON alert.id = delivery.alert
        WHERE delivery.id = :id OR delivery.head = :id
        ORDER BY alert.severity DESC, alert.id
        """,
        {"id": delivery},
    ).fetchall()
    if len(rows) < 2:
        return None
    counts: dict[Severity, int] = {}
    for row in rows:
        counts[Severity(row[1])] = counts.get(Severity(row[1]), 0) + 1
    called = {name for row in rows if row[5] for name in json.loads(row[5])}
    return Digest(
        counts=counts,
        incidents=tuple(sorted({f"I-{row[2]}" for row in rows})),
        sources=tuple(sorted({row[3] for row in rows})),
        alerts=tuple(Gathered(id=f"A-{row[0]}", url=row[4]) for row in rows[:SHOWN]),
        suppliers=tuple(sorted(called)),
    )
