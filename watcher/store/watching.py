"""What the store knows of the sources: their visits, what is owed of them, and what their places said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from watcher.model import Ref
from watcher.store import gather, history, places, queue
from watcher.store.file import File
from watcher.store.history import Brought, Hour, Visits
from watcher.store.places import Hold, Place
from watcher.store.rows import Pending, SourceState


class Watching(File):
    """The queue of refs, and how visits went."""

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

    def put_off(self, refs: Mapping[Ref, datetime]) -> None:
        """Each of these pending refs is due then: nobody was asked for it, and nothing failed."""
        with self._writing() as db:
            queue.put_off(db, refs)

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

    def untouched(self) -> dict[str, tuple[int, datetime]]:
        """By source, how many refs wait for their first look with nothing that puts it off, and since when."""
        with self._reading():
            return queue.untouched(self._db)

    def alike(self, *, since: datetime) -> dict[str, tuple[int, int]]:
        """
        By source, how many of its documents without a finding were the same bytes, of how many.

        Of the newest outcomes, and those of one page that was the most frequent.
        """
        with self._reading():
            return queue.alike(self._db, since=since)

    def is_seen(self, source: str, key: str, version: str = "") -> bool:
        """
        Whether this ref has an outcome: of this version, if one is named. A pending one has none.

        The SHA-256 of what was read is a version as well.
        """
        with self._reading():
            return queue.is_seen(self._db, source, key, version)

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

    def rearm(self, due: Mapping[str, datetime]) -> None:
        """These sources are due then, whatever was stored."""
        if due:
            with self._writing() as db:
                queue.rearm(db, due)

    def visits(self) -> dict[str, Visits]:
        """How the last visits to each source ended, by its name."""
        with self._reading():
            return history.all_last(self._db)

    def hours(self, source: str, *, since: datetime) -> list[Hour]:
        """What this source brought in each hour from that one on, oldest first."""
        with self._reading():
            return history.hours(self._db, source, since=since)

    # ------------------------------------------------------------------ places

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
