"""
The store: one SQLite file, one connection, one thread.

It is the queue as well. What is not stored cannot be sent; what is stored is
sent even after a crash. Each writing verb is one transaction, can be repeated
without harm, and raises StoreError when the file is full, locked or read-only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from watcher.errors import CustodyError, StoreError
from watcher.model import Delivery, Notice, Outcome, Ref, Severity
from watcher.store import (
    canaries,
    chain,
    door,
    follow,
    gather,
    history,
    notices,
    outbox,
    owing,
    places,
    queue,
    schema,
    settling,
    traces,
)
from watcher.store.canaries import Returned
from watcher.store.engine import Database
from watcher.store.follow import Named
from watcher.store.gather import Telling
from watcher.store.history import Brought, Hour, Visits
from watcher.store.notices import Condition, NoticeRow
from watcher.store.owing import TargetState
from watcher.store.places import Hold, Place
from watcher.store.rows import (
    AlertRow,
    DeadLetter,
    Digest,
    EvidenceRow,
    Pending,
    Settled,
    SourceState,
    alert_from,
    evidence_from,
    moment,
    number,
    stamp,
)
from watcher.store.traces import Before, Left

_ALERTS = """
    SELECT alert.*, evidence.file, evidence.record_id, evidence.digest, evidence.size, evidence.taken_at,
        followed.from_source,
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


class Book:
    """Everything that must survive. Use it in the thread that opened it, as a context manager or with `close`."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self.path = path

    @classmethod
    def open(cls, path: Path, *, create: bool = False, readonly: bool = False) -> Book:
        """
        Open the store, bring its tables up to date, and keep it to its owner (mode 0600).

        Raises StoreError: not there (and not `create`), not ours, damaged,
        read-only, or made by a newer version.
        """
        db = door.connect(path, create=create, readonly=readonly)
        try:
            with door.ours(path):
                schema.migrate(db, path, readonly=readonly)
        except BaseException:
            db.conn.close()
            raise
        return cls(db, path)

    def close(self) -> None:
        with door.ours(self.path):
            self._db.conn.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        with door.ours(self.path), door.writing(self._db) as db:
            yield db

    def _reading(self) -> AbstractContextManager[None]:
        return door.ours(self.path)

    def _rows(self, sql: str, parameters: Iterable[str | int | None] = ()) -> list[dict[str, Any]]:
        with self._reading():
            return list(self._db.query(sql, list(parameters)))

    def _count(self, sql: str, *parameters: str | int) -> int:
        with self._reading():
            return int(self._db.execute(sql, list(parameters)).fetchone()[0] or 0)

    # ---------------------------------------------------------------- sources

    def source(self, name: str) -> SourceState:
        """How this source is; a state without a visit for one never visited."""
        with self._reading():
            return queue.state(self._db, name)

    def sources(self) -> list[SourceState]:
        with self._reading():
            return queue.states(self._db)

    def pend(
        self,
        source: str,
        refs: Iterable[Ref],
        *,
        validators: Mapping[str, tuple[str, str]] | None,
        cursor: str | None = None,
        now: datetime,
    ) -> int:
        """
        Remember what a listing named, together with its validators or a stream's cursor.

        Refs pending already are left alone but for a new version; those with an
        outcome are pending again where it is of another version (never sooner
        than five minutes after it; an outcome without a version takes the one
        listed now). `validators` or `cursor` None leaves those as they are.
        Returns how many refs are owed anew.
        """
        with self._writing() as db:
            return queue.pend(db, source, refs, validators=validators, cursor=cursor, now=now)

    def pending(self, source: str, *, now: datetime, limit: int = 1000) -> list[Pending]:
        """Those of this source whose time has come, first remembered first."""
        with self._reading():
            return queue.pending(self._db, source, now=now, limit=limit)

    def begin(self, ref: Ref, *, carried: bool = False, now: datetime) -> int:
        """
        Reading of this document begins; how often it did without coming to an end.

        Any outcome ends it. `carried`: see `Failed`.
        """
        with self._writing() as db:
            return queue.begin(db, ref, carried=carried, now=now)

    def leave(self, ref: Ref) -> None:
        """Reading of this document was given up for now, in good order."""
        with self._writing() as db:
            queue.leave(db, ref)

    def carried(self, source: str) -> list[Pending]:
        """
        Content that listings of this source carried and that has no outcome yet, due or not.

        It has no address of its own: only the listing can bring it again.
        """
        with self._reading():
            return queue.carried(self._db, source)

    def waiting(self) -> dict[str, int]:
        """How many refs are pending, due or not, by source."""
        with self._reading():
            return queue.waiting(self._db)

    def is_seen(self, source: str, key: str, version: str = "") -> bool:
        """
        Whether this ref has an outcome: of this version, if one is named. A pending one has none.

        The SHA-256 of what was read is a version as well.
        """
        with self._reading():
            return queue.is_seen(self._db, source, key, version)

    def unchanged(self, ref: Ref, *, sha256: str, now: datetime) -> bool:
        """
        Whether what was fetched again is what was read before, byte for byte.

        It is no longer pending then, and its outcome is of this version.
        """
        with self._writing() as db:
            return queue.unchanged(db, ref, sha256=sha256, now=now)

    def visited(
        self,
        source: str,
        *,
        now: datetime,
        next_due: datetime,
        error: str = "",
        kind: str = "",
        items: int | None = None,
        asked: bool = True,
        brought: Brought = history.NOTHING,
    ) -> None:
        """
        A visit ended: well, or with this error of this kind (`errors.KINDS`).

        It counts one failure more, unless the kind is `local`: then it says
        nothing of the place. `items` (how many refs were listed) is kept of
        good visits only, and `brought` is entered in the source's history;
        whether anybody was `asked` is what `tried_at` tells. What was gathered
        of the source to be told together is due.
        """
        with self._writing() as db:
            before = queue.state(db, source)
            queue.visited(
                db,
                source,
                now=now,
                next_due=next_due,
                error=error,
                kind=kind,
                items=items,
                asked=asked,
            )
            history.visited(
                db,
                source,
                now=now,
                error=error,
                kind=kind,
                brought=brought,
                due=before.next_due,
                last_ok=before.last_ok,
            )
            gather.release(db, source, now=now)

    def visits(self) -> dict[str, Visits]:
        """How the last visits to each source ended, by its name."""
        with self._reading():
            return history.all_last(self._db)

    def hours(self, source: str, *, since: datetime) -> list[Hour]:
        """What this source brought in each hour from that one on, oldest first."""
        with self._reading():
            return history.hours(self._db, source, since=since)

    # ---------------------------------------------------------------- places

    def place(self, source: str) -> Place:
        """What this source's place said of itself."""
        with self._reading():
            return places.place(self._db, source)

    def places(self) -> dict[str, Place]:
        """The same of all sources that are known, by name."""
        with self._reading():
            return places.places(self._db)

    def learned(self, source: str, *, gone: str = "", moved: str = "") -> None:
        """What a place said of itself now, which takes the place of what it said before."""
        with self._writing() as db:
            places.learned(db, source, gone=gone, moved=moved)

    def hold(self, holds: Iterable[Hold], *, now: datetime) -> None:
        """Remember these hosts, and forget those whose time is over."""
        with self._writing() as db:
            places.hold(db, holds, now=now)

    def holds(self, *, now: datetime) -> list[Hold]:
        """The hosts that are still to be left alone."""
        with self._reading():
            return places.holds(self._db, now=now)

    # --------------------------------------------------------------- outcomes

    def settle(
        self,
        outcome: Outcome,
        *,
        now: datetime,
        targets: Mapping[str, Severity] | None = None,
        sha256: str = "",
        size: int = 0,
        left: Left | None = None,
        telling: Telling = Telling.EACH,
        named: Iterable[Named] = (),
        canary: bool = False,
    ) -> Settled:
        """
        Store a document's outcome and all that follows from it, or nothing.

        An alert makes a delivery due for each of `targets` (name → least
        severity) that it is severe enough for. The ref leaves *pending*, but
        for a Failed with `retry_at`, which stays with one attempt more. The
        same alert again (same ref, same raw bytes) gives the same ids and adds
        nothing; a ref whose bytes changed is another alert of the ref, and
        what is not an alert never hides one. `sha256` and `size` are of the
        raw body; `left` is what it leaves for the documents that follow;
        `telling` is whether it may be told together with others. What it
        `named` of other places is pending from then on. `canary`: the alert is
        the canary's return, which is told to nobody.
        """
        with self._writing() as db:
            settled = settling.settle(
                db,
                outcome,
                now=now,
                targets={} if canary else targets or {},
                sha256=sha256,
                size=size,
                left=left,
                telling=telling,
            )
            if canary and settled.alert_id is not None:
                canaries.enter(db, number(settled.alert_id, "A"), now=now)
            owed, left_out = follow.remember(db, outcome.ref, named, now=now)
            return replace(settled, named=owed, left_out=left_out)

    def named_by(self, ref: Ref) -> str | None:
        """The source of the document that named what is followed here; None where nobody did."""
        with self._reading():
            return follow.named_by(self._db, ref)

    def before(self, ref: Ref, *, series: str, roster: str, now: datetime) -> tuple[Before, Before]:
        """What documents of this series of the ref's source have left, and all of the source."""
        with self._reading():
            return traces.before(self._db, ref, series=series, roster=roster, now=now)

    # ------------------------------------------------------------- deliveries

    def owe(self, id: str, *, now: datetime, targets: Mapping[str, Severity]) -> int:  # noqa: A002  # the noun's own word
        """
        Make this stored alert ("A-17") due for those targets that it was never owed to.

        Returns how many are new. Raises StoreError if there is no such alert.
        """
        with self._writing() as db:
            return outbox.owe(db, number(id, "A"), now=now, targets=targets)

    def close_digests(self, *, now: datetime, target: str | None = None) -> None:
        """Make deliveries of the digests (to this target) whose time has come."""
        with self._reading():
            waits = gather.ripe(self._db, now=now, target=target)
        if waits:
            with self._writing() as db:
                gather.close(db, now=now, target=target)

    def digest(self, id: str) -> Digest | None:  # noqa: A002  # the noun's own word
        """What this delivery tells besides its own alert; None if that is all."""
        with self._reading():
            return gather.digest(self._db, id)

    def due(self, *, now: datetime, limit: int = 100, target: str | None = None) -> list[Delivery]:
        """Deliveries (to this target) whose time has come, longest owed first."""
        with self._reading():
            return owing.due(self._db, now=now, limit=limit, target=target)

    def delivered(self, id: str, *, now: datetime) -> None:  # noqa: A002  # the noun's own word
        """The target has it. A delivery that was done stays as it was."""
        with self._writing() as db:
            owing.mark(db, id, done_at=stamp(now), reason="")

    def postpone(self, id: str, *, due_at: datetime, reason: str) -> None:  # noqa: A002  # the noun's own word
        """An attempt failed for this reason; the next is due then."""
        with self._writing() as db:
            owing.mark(db, id, due_at=stamp(due_at), reason=reason)

    def bury(self, id: str, *, now: datetime, reason: str) -> None:  # noqa: A002  # the noun's own word
        """The last attempt failed: a dead letter, kept for a person to see."""
        with self._writing() as db:
            owing.mark(db, id, buried_at=stamp(now), reason=reason)

    def dead(self) -> list[DeadLetter]:
        with self._reading():
            return owing.dead(self._db)

    def owed(self) -> int:
        """How many deliveries are neither done nor dead."""
        with self._reading():
            return owing.owed(self._db)

    def next_delivery(self, *, target: str | None = None) -> datetime | None:
        """When the next delivery (to this target) falls due; None if nothing is owed."""
        with self._reading():
            return owing.following(self._db, target=target)

    def owed_targets(self) -> list[str]:
        """The names of all targets that something is owed to."""
        with self._reading():
            return owing.targets(self._db)

    def targets(self, names: Sequence[str], *, now: datetime) -> list[TargetState]:
        """How telling goes, for each of these targets."""
        with self._reading():
            return owing.states(self._db, names, now=now)

    # ---------------------------------------------------------------- notices

    def report(
        self, notice: Notice, *, targets: Mapping[str, Severity], since: datetime | None = None
    ) -> str | None:
        """
        Store this notice and make it due for each target it is severe enough for, if it is a change.

        It is one if its subject is in another state than was told last, or
        worse off in the same. The end of a trouble (`OK`) is as severe as the
        trouble was. `since`: when the state came about, if before the notice.
        Returns the notice's id ("N-4"), or None if there is nothing new in it.
        """
        with self._reading():
            told = notices.condition(self._db, notice.kind, notice.subject)
        if not notices.is_news(told, notice):
            return None  # as nearly always: nothing is written
        with self._writing() as db:
            made = notices.report(db, notice, since=since, targets=targets)
        return None if made is None else f"N-{made}"

    def forget_conditions(self, kind: str, *, kept: Iterable[str]) -> None:
        """Subjects of this kind that are no more (all but `kept`) are in no condition."""
        with self._writing() as db:
            notices.forget(db, kind, kept)

    def condition(self, kind: str, subject: str) -> Condition | None:
        """How this subject is, as it was told last; None if nothing ever was."""
        with self._reading():
            return notices.condition(self._db, kind, subject)

    def conditions(self) -> list[Condition]:
        """Each subject that something was told of, as it was told last; `OK` ones too."""
        with self._reading():
            return notices.conditions(self._db)

    def notice(self, id: str) -> NoticeRow | None:  # noqa: A002  # the noun's own word
        """The notice of this id ("N-4"); None if there is none."""
        with self._reading():
            return notices.notice(self._db, number(id, "N"))

    def notices(self, *, limit: int = 100) -> list[NoticeRow]:
        """The newest notices, newest first."""
        with self._reading():
            return notices.newest(self._db, limit)

    # ----------------------------------------------------------------- canary

    def returned(self) -> Returned | None:
        """The canary's last return; None before the first."""
        with self._reading():
            return canaries.returned(self._db)

    def old_canaries(self, *, before: datetime) -> list[tuple[str, str]]:
        """Ids and evidence files of the canary's alerts before then whose files are still kept."""
        with self._reading():
            return canaries.old(self._db, before=before)

    def prune_canaries(self, ids: Iterable[str], *, source: str, before: datetime) -> None:
        """The evidence files of these are gone; so are `source`'s outcomes before then."""
        with self._writing() as db:
            canaries.prune(db, [number(each, "A") for each in ids], source=source, before=before)

    def mark(self, name: str, *, now: datetime) -> None:
        """Remember that this was done now. A write: it fails where nothing can be stored."""
        with self._writing() as db:
            db.table("moment").upsert({"name": name, "at": stamp(now)}, pk="name")

    def marked(self, name: str) -> datetime | None:
        """When this was done last."""
        with self._reading():
            row = self._db.execute("SELECT at FROM moment WHERE name = ?", [name]).fetchone()
        return moment(row[0]) if row else None

    # ------------------------------------------------------------ reading back

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
        What there is: `documents` and those `clean`, `partial`, `alert`, `failed`;
        `alerts`, `incidents`, `unread` parts, `pending`, `owed`, `delivered`, `dead`.
        """
        kinds = {"clean": 0, "partial": 0, "alert": 0, "failed": 0}
        for row in self._rows("SELECT kind, count(*) AS many FROM outcome GROUP BY kind"):
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
            "owed": self.owed(),
            "delivered": self._count("SELECT count(*) FROM delivery WHERE done_at IS NOT NULL"),
            "dead": self._count(
                "SELECT count(*) FROM delivery WHERE buried_at IS NOT NULL AND done_at IS NULL"
            ),
        }
