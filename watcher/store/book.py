"""
The store: one SQLite file, one connection, one thread.

It is the queue as well. What is not stored cannot be sent; what is stored is
sent even after a crash. Each writing verb is one transaction, can be repeated
without harm, and raises StoreError when the file is full, locked or read-only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from watcher.model import Outcome, Ref, Severity
from watcher.store import behind, canaries, clockset, follow, queue, settling, traces
from watcher.store.canaries import Returned
from watcher.store.dispatch import Dispatch
from watcher.store.follow import Named
from watcher.store.gather import Telling
from watcher.store.ledger import Ledger
from watcher.store.rows import Settled, moment, number, stamp
from watcher.store.traces import Before, Left
from watcher.store.watching import Watching


class Book(Watching, Dispatch, Ledger):
    """Everything that must survive. Use it in the thread that opened it, as a context manager or with `close`."""

    # ---------------------------------------------------------------- outcomes

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
        files: Iterable[Ref] = (),
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
        `named` of other places is pending from then on, and so are the `files`
        behind it, of its own source. `canary`: the alert is the canary's
        return, which is told to nobody.
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
            found = behind.remember(db, outcome.ref, files, now=now)
            return replace(settled, named=owed, left_out=left_out, files=found)

    def unchanged(
        self, ref: Ref, *, sha256: str, now: datetime, files: Iterable[Ref] = ()
    ) -> Settled | None:
        """
        What is known of a document that was fetched again and is what was read before, byte for byte.

        It is no longer pending then, its outcome is of this version, and the
        `files` behind it are owed as by `settle`. None where it changed.
        """
        with self._writing() as db:
            if not queue.unchanged(db, ref, sha256=sha256, now=now):
                return None
            return Settled(known=True, files=behind.remember(db, ref, files, now=now))

    def named_by(self, ref: Ref) -> str | None:
        """The source of the document that named what is followed here; None where nobody did."""
        with self._reading():
            return follow.named_by(self._db, ref)

    def before(self, ref: Ref, *, series: str, roster: str, now: datetime) -> tuple[Before, Before]:
        """What documents of this series of the ref's source have left, and all of the source."""
        with self._reading():
            return traces.before(self._db, ref, series=series, roster=roster, now=now)

    # ------------------------------------------------------------------ canary

    def returned(self, *, source: str = "") -> Returned | None:
        """The canary's last return (by this source); None before the first."""
        with self._reading():
            return canaries.returned(self._db, source=source)

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

    def clock_set(self, by: timedelta, *, now: datetime) -> None:
        """
        The time of day was set by so much, to `now`.

        Visits stay as far away as they were, and where it was set back so does
        all that is due; what is remembered as of a later time was just now.
        """
        with self._writing() as db:
            clockset.clock_set(db, by, now=now)
