"""
Which incident a supplier on a leak listing belongs to.

A thief lists a victim, threatens, publishes in pieces; aggregators repeat each
step under spellings of their own. All of that is one incident as long as
nobody is silent about the supplier for long.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta

from watcher.model import Ref
from watcher.store.engine import Database
from watcher.store.rows import stamp

SILENCE = timedelta(days=90)
"""
After so long a supplier that is listed again is taken to have been robbed again.

Between the theft from Dacoll and its listing lay two months (October to
December 2021); from a listing to the last file pass days or weeks.
"""


def incident(db: Database, ref: Ref, suppliers: Collection[str], *, now: datetime) -> int | None:
    """
    The incident that lately told of one of these suppliers; at the same place of whatever age.

    One that told of just these goes before one that told of some of them, and
    the earliest of its kind before others.
    """
    row = db.execute(
        """
        SELECT alert.incident FROM alert JOIN alert_supplier AS whole ON whole.alert = alert.id
        WHERE (alert.found_at > :since OR (alert.source = :source AND alert.key = :key))
            AND alert.id IN (SELECT alert FROM alert_supplier, json_each(:wanted)
                WHERE mark = value)
        GROUP BY alert.id
        ORDER BY NOT (count(*) = :many
            AND count(*) FILTER (WHERE mark IN (SELECT value FROM json_each(:wanted))) = :many),
            alert.id
        LIMIT 1
        """,
        {
            "since": stamp(now - SILENCE),
            "source": ref.source,
            "key": ref.key,
            "wanted": json.dumps(sorted(set(suppliers))),
            "many": len(set(suppliers)),
        },
    ).fetchone()
    return None if row is None else int(row[0])


def of_place(db: Database, ref: Ref) -> int | None:
    """The incident of the first alert of this place that told of no supplier."""
    row = db.execute(
        """
        SELECT incident FROM alert WHERE source = ? AND key = ?
            AND id NOT IN (SELECT alert FROM alert_supplier) ORDER BY id LIMIT 1
        """,
        [ref.source, ref.key],
    ).fetchone()
    return None if row is None else int(row[0])
