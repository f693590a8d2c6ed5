"""What the store answers of what it holds: alerts, evidence, outcomes, counts, and which index was used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from watcher.errors import CustodyError, StoreError
from watcher.model import Ref, Severity
from watcher.store import canaries, chain, owing
from watcher.store.file import File
from watcher.store.rows import AlertRow, EvidenceRow, alert_from, evidence_from, number, stamp

_ALERTS = """
    SELECT alert.*, evidence.file, evidence.record_id, evidence.digest, evidence.size, evidence.taken_at,
        followed.from_source,
        (SELECT named.url FROM outcome AS named WHERE followed.from_source = alert.source
            AND named.source = followed.from_source AND named.key = followed.from_key) AS page,
        (SELECT min(other.id) FROM alert AS other WHERE other.source = followed.from_source
            AND other.key = followed.from_key) AS from_alert,
        (SELECT min(other.id) FROM alert AS other WHERE other.source = alert.source
            AND other.key = alert.key AND other.id < alert.id) AS before,
        (SELECT min(other.id) FROM alert AS other WHERE other.incident = alert.incident
            AND other.id < alert.id) AS first
    FROM alert JOIN evidence ON evidence.alert = alert.id
        LEFT JOIN followed ON followed.source = alert.source AND followed.key = alert.key
        LEFT JOIN canary ON canary.alert = alert.id
"""

_KINDS = """
    SELECT kind, count(*) AS many FROM outcome WHERE NOT EXISTS (
        SELECT 1 FROM canary JOIN alert ON alert.id = canary.alert
        WHERE alert.source = outcome.source AND alert.key = outcome.key
    ) GROUP BY kind
"""


class Ledger(File):
    """Reading back; nothing here changes an alert."""

    def alerts(
        self,
        *,
        limit: int = 1000,
        source: str | None = None,
        incident: str | None = None,
        canary: bool = False,
    ) -> list[AlertRow]:
        """
        The newest alerts (of this source, of this incident "I-4"), newest first.

        `canary`: its returns instead, which are no leaks.
        """
        wanted = -1 if incident is None else number(incident, "I") or 0
        sql = (
            f"{_ALERTS} WHERE (?1 IS NULL OR alert.source = ?1) AND (?2 < 0 OR alert.incident = ?2)"
            " AND (canary.alert IS NOT NULL) = ?3 ORDER BY alert.id DESC LIMIT ?4"
        )
        rows = self._rows(sql, [source, wanted, int(canary), limit])
        return [alert_from(row) for row in rows]

    def alert(self, id: str) -> AlertRow | None:  # noqa: A002  # the noun's own word
        """The alert of this id ("A-17"); None if there is none."""
        wanted = number(id, "A")
        rows = [] if wanted is None else self._rows(f"{_ALERTS} WHERE alert.id = ?", [wanted])
        return alert_from(rows[0]) if rows else None

    def alert_of(self, ref: Ref) -> AlertRow | None:
        """The newest alert of this ref; None if it has none."""
        rows = self._rows(
            f"{_ALERTS} WHERE alert.source = ? AND alert.key = ? ORDER BY alert.id DESC LIMIT 1",
            [ref.source, ref.key],
        )
        return alert_from(rows[0]) if rows else None

    def outcomes(self) -> Iterator[tuple[Ref, str]]:
        """Every ref that has an outcome, and its kind: `clean`, `partial`, `alert` or `failed`."""
        for row in self._rows("SELECT source, key, url, kind FROM outcome ORDER BY id"):
            yield Ref(source=row["source"], key=row["key"], url=row["url"]), row["kind"]

    def evidence(self) -> Iterator[EvidenceRow]:
        """Every evidence file that is kept for an alert, in the order of the chain."""
        rows = self._rows("SELECT * FROM evidence ORDER BY position")
        with self._reading():
            gone = canaries.pruned(self._db)
        rows = [row for row in rows if row["alert"] not in gone]
        return iter([evidence_from(row) for row in rows])

    def check(self) -> None:
        """Raises CustodyError naming what differs: in the file's structure, or in the chain."""
        with self._reading():
            (said,) = self._db.conn.execute("PRAGMA integrity_check(1)").fetchone()
            if said != "ok":
                raise CustodyError(f"{self.path}: damaged ({said}); restore it from a backup")
            chain.audit(self._db, self.path)

    # ------------------------------------------------------------------ roster

    def index_version(self) -> int:
        """The newest sealed index the store has seen; 0 before the first. An older one must be refused."""
        return self._count("SELECT max(version) FROM roster")

    def set_index(self, version: int, *, people: int, now: datetime) -> None:
        """
        An index of this version, with so many people, is in use.

        Raises StoreError if the store has seen a newer one.
        """
        with self._writing() as db:
            (seen,) = db.execute("SELECT max(version) FROM roster").fetchone()
            if seen is not None and version < seen:
                raise StoreError(
                    f"{self.path}: index {version} is older than index {seen} that was in use;"
                    " enrol again, or restore the newer index"
                )
            row = {"version": version, "people": people, "seen_at": stamp(now)}
            db.table("roster").insert(row, pk="version", ignore=True)

    def severities(self) -> Mapping[Severity, int]:
        """How many alerts there are of each severity."""
        rows = self._rows(
            "SELECT severity, count(*) AS many FROM alert"
            " WHERE id NOT IN (SELECT alert FROM canary) GROUP BY severity"
        )
        return {Severity(row["severity"]): row["many"] for row in rows}

    def counts(self) -> Mapping[str, int]:
        """
        What there is, the canary's returns left out.

        `documents` and those `clean`, `partial`, `alert`, `failed`; `alerts`, `incidents`, `unread` parts, `pending`, `owed`, `delivered`, `dead`.
        """
        with self._reading():
            owed = owing.owed(self._db)
        kinds = {"clean": 0, "partial": 0, "alert": 0, "failed": 0}
        for row in self._rows(_KINDS):
            kinds[row["kind"]] = row["many"]
        return {
            "documents": sum(kinds.values()),
            **kinds,
            "alerts": self._count(
                "SELECT count(*) FROM alert WHERE id NOT IN (SELECT alert FROM canary)"
            ),
            "incidents": self._count(
                "SELECT count(DISTINCT incident) FROM alert"
                " WHERE id NOT IN (SELECT alert FROM canary)"
            ),
            "unread": self._count("SELECT sum(json_array_length(unread)) FROM outcome"),
            "pending": self._count("SELECT count(*) FROM pending"),
            "owed": owed,
            "delivered": self._count("SELECT count(*) FROM delivery WHERE done_at IS NOT NULL"),
            "dead": self._count(
                "SELECT count(*) FROM delivery WHERE buried_at IS NOT NULL AND done_at IS NULL"
            ),
        }
