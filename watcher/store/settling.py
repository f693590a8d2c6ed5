"""
One document's outcome, stored in one transaction with all that follows from it.

For an alert that is: outcome, incident, alert, its officers, the link of the
evidence chain, a delivery for each target. The ref leaves *pending* only here.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from watcher.model import (
    BREACH,
    Alert,
    Clean,
    Failed,
    Outcome,
    Partial,
    Ref,
    Severity,
    one_data_set,
)
from watcher.store import chain, outbox, suppliers, traces
from watcher.store.engine import Database
from watcher.store.gather import Telling
from watcher.store.rows import Settled, finding_text, stamp, unread_text
from watcher.store.traces import Left


def settle(
    db: Database,
    outcome: Outcome,
    *,
    now: datetime,
    targets: Mapping[str, Severity],
    sha256: str,
    size: int,
    left: Left | None = None,
    telling: Telling = Telling.EACH,
) -> Settled:
    """Store this outcome. The caller has begun the transaction. See `Book.settle`."""
    ref = outcome.ref
    before = _first(
        db, "SELECT kind FROM outcome WHERE source = ? AND key = ?", ref.source, ref.key
    )
    match outcome:
        case Failed(retry_at=datetime()):
            if before is None or _pending(db, ref):
                _postpone(db, outcome, now)
            return Settled(known=before is not None)
        case Failed():
            _conclude(
                db, ref, "failed", now, before, reason=outcome.reason, sha256=sha256, size=size
            )
        case Clean():
            _conclude(db, ref, "clean", now, before, noted=outcome.noted, sha256=sha256, size=size)
        case Partial():
            _conclude(
                db, ref, "partial", now, before,
                noted=outcome.noted, unread=unread_text(outcome.unread), sha256=sha256, size=size,
            )  # fmt: skip
        case Alert():
            settled = _alert(
                db, outcome, before, now=now, targets=targets, size=size, telling=telling
            )
            traces.forget(db, ref)
            if left is not None and left.told:
                severity = outcome.finding.severity
                traces.told(db, ref, series=left.series, severity=severity, now=now)
            return settled
    if isinstance(outcome, Clean | Partial):
        traces.leave(db, ref, left, again=before is not None, now=now)
    return Settled(known=before is not None)


def _postpone(db: Database, failed: Failed, now: datetime) -> None:
    """Keep the ref pending, also one that a listing carried whole and that never was pending."""
    assert failed.retry_at is not None
    db.execute(
        """
        INSERT INTO pending (source, key, url, version, found_at, attempts, retry_at, reason, carried)
        VALUES (:source, :key, :url, :version, :now, 1, :retry_at, :reason, :carried)
        ON CONFLICT (source, key) DO UPDATE
        SET attempts = attempts + 1, begun = 0,
            retry_at = excluded.retry_at, reason = excluded.reason
        """,
        {
            "source": failed.ref.source,
            "key": failed.ref.key,
            "url": failed.ref.url,
            "version": failed.ref.version,
            "now": stamp(now),
            "retry_at": stamp(failed.retry_at),
            "reason": failed.reason,
            "carried": int(failed.carried),
        },
    )


def _conclude(
    db: Database, ref: Ref, kind: str, now: datetime, before: Any, **columns: str | int
) -> None:
    """
    Write the outcome and take the ref out of *pending*.

    Looking again may change an outcome, but nothing hides an alert.
    """
    identity = [ref.source, ref.key]
    attempts = _first(db, "SELECT attempts FROM pending WHERE source = ? AND key = ?", *identity)
    db.table("pending").delete_where("source = ? AND key = ?", identity)
    if before == "alert" and kind != "alert":
        state = {name: columns[name] for name in ("sha256", "size") if columns.get("sha256")}
        changes = "".join(f", {name} = :{name}" for name in state)
        db.execute(
            f"UPDATE outcome SET version = :version, at = :at{changes}"  # noqa: S608  # constant names
            " WHERE source = :source AND key = :key",
            {
                "source": ref.source,
                "key": ref.key,
                "version": ref.version,
                "at": stamp(now),
                **state,
            },
        )
        return
    db.table("outcome").delete_where("source = ? AND key = ?", identity)
    db.table("outcome").insert(
        {
            "source": ref.source,
            "key": ref.key,
            "url": ref.url,
            "kind": kind,
            "version": ref.version,
            "at": stamp(now),
            "attempts": (attempts or 0) + 1,
            **columns,
        }
    )


def _alert(
    db: Database,
    alert: Alert,
    before: Any,
    *,
    now: datetime,
    targets: Mapping[str, Severity],
    size: int,
    telling: Telling,
) -> Settled:
    ref, finding, evidence = alert.ref, alert.finding, alert.evidence
    unread = unread_text(alert.unread)
    known = db.execute(
        "SELECT id, incident FROM alert WHERE source = ? AND key = ? AND sha256 = ?",
        [ref.source, ref.key, evidence.sha256],
    ).fetchone()
    if known:
        db.execute(
            "UPDATE outcome SET version = ?, sha256 = ?, at = ? WHERE source = ? AND key = ?",
            [ref.version, evidence.sha256, stamp(now), ref.source, ref.key],
        )
        db.table("pending").delete_where("source = ? AND key = ?", [ref.source, ref.key])
        return Settled(alert_id=f"A-{known[0]}", incident=f"I-{known[1]}", known=True)
    _conclude(
        db, ref, "alert", now, before, unread=unread, sha256=evidence.sha256, size=size
    )  # fmt: skip
    incident = _incident(db, alert, now)
    row: dict[str, Any] = {
        "source": ref.source,
        "key": ref.key,
        "url": ref.url,
        "found_at": stamp(now),
        "severity": int(finding.severity),
        "finding": finding_text(finding),
        "unread": unread,
    }
    inserted = db.table("alert").insert(row | {"incident": incident, "sha256": evidence.sha256})
    id_ = int(inserted.last_pk or 0)
    db.table("alert_officer").insert_all(
        {"ref": each, "alert": id_} for each in set(finding.officers)
    )
    db.table("alert_supplier").insert_all(
        {"mark": each, "alert": id_} for each in set(finding.suppliers)
    )
    position, last = chain.head(db)
    link = {
        "position": position + 1,
        "alert": id_,
        "file": evidence.file,
        "record_id": evidence.record_id,
        "sha256": evidence.sha256,
        "digest": evidence.digest,
        "size": evidence.size,
        "taken_at": stamp(evidence.taken_at),
    }
    db.table("evidence").insert(link | {"chain": chain.link(last, row | link)})
    owed = outbox.owe(db, id_, now=now, targets=targets, telling=telling)
    return Settled(alert_id=f"A-{id_}", incident=f"I-{incident}", deliveries=owed)


def _incident(db: Database, alert: Alert, now: datetime) -> int:
    """
    The incident this alert belongs to.

    That of the same bytes, else of the same place (it was edited), else of the
    same data set, else of the same supplier, else a new one. The earliest alert
    that fits decides, so that the answer does not depend on how an incident has
    grown. A place that lists one victim after the other has an incident for each.
    People who share a breach of somebody else's share no data set of ours: it
    joins nothing by them, and nothing joins it.
    """
    ref, finding = alert.ref, alert.finding
    same = _first(
        db, "SELECT incident FROM alert WHERE sha256 = ? ORDER BY id", alert.evidence.sha256
    )
    if same is None and (finding.officers or not finding.suppliers):
        same = _first(
            db,
            "SELECT incident FROM alert WHERE source = ? AND key = ? ORDER BY id",
            ref.source,
            ref.key,
        )
    if same is None and finding.rule != BREACH:
        same = _of_data_set(db, frozenset(finding.officers))
    if same is None and finding.suppliers:
        same = suppliers.incident(db, ref, finding.suppliers, now=now)
        if same is None:
            same = suppliers.of_place(db, ref)
    if same is None:
        same = db.table("incident").insert({"opened_at": stamp(now)}).last_pk
    return int(same or 0)


def _of_data_set(db: Database, officers: frozenset[str]) -> int | None:
    """The incident of the earliest alert that shows the same data set."""
    shared = db.execute(
        """
        SELECT alert.id, alert.incident, whole.ref
        FROM alert JOIN alert_officer AS whole ON whole.alert = alert.id
        WHERE alert.id IN (
            SELECT part.alert FROM json_each(?) AS wanted
            JOIN alert_officer AS part ON part.ref = wanted.value
        ) AND json_extract(alert.finding, '$.rule') <> ?
        ORDER BY alert.id
        """,
        [json.dumps(sorted(officers)), BREACH],
    )
    for (_, incident), rows in itertools.groupby(shared, key=lambda row: (row[0], row[1])):
        if one_data_set(officers, frozenset(ref for _, _, ref in rows)):
            return int(incident)
    return None


def _pending(db: Database, ref: Ref) -> bool:
    sql = "SELECT 1 FROM pending WHERE source = ? AND key = ?"
    return _first(db, sql, ref.source, ref.key) is not None


def _first(db: Database, sql: str, *parameters: str) -> Any:
    row = db.execute(sql, list(parameters)).fetchone()
    return row[0] if row else None
