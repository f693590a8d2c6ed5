"""What the store has to tell: deliveries of alerts, digests and notices to the targets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from watcher.model import Delivery, Notice, Severity
from watcher.store import gather, notices, outbox, owing
from watcher.store.file import File
from watcher.store.notices import Condition, NoticeRow
from watcher.store.owing import TargetState
from watcher.store.rows import DeadLetter, Digest, number, stamp


class Dispatch(File):
    """What is owed to whom, and what was told of the watching itself."""

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

    # ----------------------------------------------------------------- notices

    def report(
        self,
        notice: Notice,
        *,
        targets: Mapping[str, Severity],
        since: datetime | None = None,
        covers: Collection[str] = (),
    ) -> str | None:
        """
        Store this notice and make it due for each target it is severe enough for, if it is a change.

        It is one if its subject is in another state than was told last, or
        worse off in the same, or if it `covers` more (see `Condition`). The end
        of a trouble (`OK`) is as severe as the trouble was. `since`: when the
        state came about, if before the notice.
        Returns the notice's id ("N-4"), or None if there is nothing new in it.
        """
        with self._reading():
            told = notices.condition(self._db, notice.kind, notice.subject)
        if not notices.is_news(told, notice, covers) and (
            told is None or told.covers == set(covers)
        ):
            return None  # as nearly always: nothing is written
        with self._writing() as db:
            made = notices.report(db, notice, since=since, targets=targets, covers=covers)
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
