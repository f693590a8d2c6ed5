"""
What a visit has done so far, and what becomes of each document on the way.

One document's trouble is that document's: it is stored as failed and tried
again, and the next is read. Only a store or a custody that cannot be trusted
ends the visit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from watcher import log, schedule
from watcher.api import Follower
from watcher.canary import is_canary
from watcher.config.settings import SourceTable
from watcher.errors import (
    ConfigError,
    CustodyError,
    PluginError,
    ReadError,
    StoreError,
)
from watcher.model import Capture, Failed, Ref, Why
from watcher.outward import by_tor
from watcher.pipeline.behind import fetched
from watcher.pipeline.patience import StoppedError, finished
from watcher.pipeline.road import Road
from watcher.pipeline.take import Taken, take
from watcher.store import NOTHING, Book, Brought, Telling

_log = log.get(__name__)

# What says that nothing can be kept or trusted now, whatever the document.
FATAL = (StoreError, CustodyError, ConfigError)

LIVES = 5  # times that the service may end over a document before the document is given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """What could not be looked at: a part of a document (`why`), or all of it (`problem`)."""

    document: str
    where: str = ""
    why: Why | None = None
    problem: str = ""


@dataclass(slots=True)
class Work:
    """
    One visit's work. `wait`: seconds for which the place asks to be left alone.

    `by`: the matcher that alone reads what it brings, "" for all.
    `raised` is called for each new alert, `named` where a document named what
    is to be followed. `asked`: somebody was asked over the
    network; `reached`: and answered, so that the way out is open. `kind`: what
    `error` is of (`errors.KINDS`), and `status` the HTTP status in it, where
    there is one.
    """

    road: Road
    table: SourceTable
    stop: asyncio.Event
    by: str = ""
    raised: Callable[[], None] = lambda: None
    named: Callable[[], None] = lambda: None
    refs: list[Ref] = field(default_factory=list)
    validators: dict[str, tuple[str, str]] | None = None  # None: keep what is stored
    listed: int = 0
    new: int = 0
    kept: int = 0  # documents whose outcome was stored, or stands
    lost: int = 0  # documents that could not be had or read
    files: int = 0  # files behind documents that are owed since it began
    entered: Brought = NOTHING  # what of these `brought` has told
    documents: int = 0
    size: int = 0
    alerts: list[str] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    wait: float = 0.0
    error: str = ""
    kind: str = ""
    status: int | None = None
    asked: bool = False
    reached: bool = False
    telling: Telling = Telling.USUAL
    failures: int = 0  # visits in a row that had failed before this one
    unchanged: bool = False  # the place answered that it lists what it listed before

    def brought(self) -> Brought:
        """What was brought since this was asked last: a visit may be entered in several pieces."""
        before, self.entered = self.entered, Brought(new=self.new, kept=self.kept, lost=self.lost)
        return Brought(
            new=self.new - before.new, kept=self.kept - before.kept, lost=self.lost - before.lost
        )

    async def read(
        self, capture: Capture, *, attempts: int = 0, carried: bool = False, again: bool = False
    ) -> None:
        """
        Take this document and store its outcome. Raises one of FATAL, or StoppedError.

        `carried`: it came inside the listing, and cannot be fetched by itself.
        That it was begun is stored before: a document that takes the service
        with it goes to the end of its queue, and in the end is given up. `again`:
        it was read before; what came now is read if it differs.
        """
        if by_tor(self.table) and not capture.via:
            capture = replace(capture, via="tor")  # what a listing or a stream carried
        if again and await self._is_unchanged(capture):
            return
        self.documents += 1
        self.size += capture.body.size
        begun = await self.road.store.do(
            Book.begin, capture.ref, carried=carried, now=self.road.now()
        )
        if begun > LIVES:
            reason = f"the service ended {LIVES} times while it was being read"
            await self.fail(capture.ref, reason, attempts=attempts, retry=False)
            return
        try:
            taken = await finished(
                self.stop,
                take(
                    self.road,
                    capture,
                    leak_listing=await self._lists_leaks(capture.ref),
                    accumulate=True,
                    followers=() if self.by else self._followers(),
                    by=self.by,
                ),
            )
        except (*FATAL, StoppedError):
            await self.road.store.do(Book.leave, capture.ref)
            raise
        except (ReadError, PluginError) as problem:
            await self.fail(capture.ref, str(problem), attempts=attempts, carried=carried)
        except Exception as problem:  # noqa: BLE001  # or one document would blind its source for ever
            reason = fault(problem, self.table.name)
            await self.fail(capture.ref, reason, attempts=attempts, carried=carried)
        else:
            self.missed += [
                Missed(document=capture.url, where=part.where, why=part.why)
                for part in taken.unread
            ]
            await self._settle(capture, taken)

    async def _is_unchanged(self, capture: Capture) -> bool:
        """Whether it is what was read before. A file behind it may have changed all the same."""
        settled = await self.road.store.do(
            Book.unchanged,
            capture.ref,
            sha256=capture.body.sha256,
            now=self.road.now(),
            files=fetched(capture),
        )
        if settled is None:
            return False
        self.kept += 1
        self.files += settled.files
        _log.debug("document.unchanged", source=capture.ref.source, key=capture.ref.mark)
        return True

    async def fail(
        self,
        ref: Ref,
        reason: str,
        *,
        attempts: int,
        retry: bool = True,
        after: float | None = None,
        carried: bool = False,
    ) -> None:
        """Store that there is no document, and when it is tried again, if it is."""
        now = self.road.now()
        retry_at = (
            schedule.retry_ref(attempts=attempts + 1, after=after, now=now, random=self.road.random)
            if retry
            else None
        )
        failed = Failed(ref=ref, reason=reason, retry_at=retry_at, carried=carried)
        await self.road.store.do(Book.settle, failed, now=now)
        self.lost += 1
        self.missed.append(Missed(document=ref.url, problem=reason))
        _log.info("document.failed", source=ref.source, reason=reason, retry_at=retry_at)

    async def _lists_leaks(self, ref: Ref) -> bool:
        """Whether the source names victims of leaks, or the one that named what is followed here."""
        if self.table.leak_listing or self.table.name not in self.road.followers:
            return self.table.leak_listing
        whence = await self.road.store.do(Book.named_by, ref)
        listing = None if whence is None else self.road.config.sources.get(whence)
        return listing is not None and listing.leak_listing

    def _followers(self) -> Iterable[Follower]:
        """Who looks for what a document names: nobody, if it was followed itself."""
        known = self.road.followers
        return () if self.table.name in known else known.values()

    async def _settle(self, capture: Capture, taken: Taken) -> None:
        own = is_canary(taken.finding, self.road.known.canary)
        settled = await self.road.store.do(
            Book.settle,
            taken.outcome,
            now=self.road.now(),
            left=taken.left,
            targets=self.road.severities,
            sha256=capture.body.sha256,
            size=capture.body.size,
            telling=self.telling,
            named=taken.named,
            files=fetched(capture),
            canary=own,
        )
        self.kept += 1
        self.files += settled.files
        if settled.left_out:
            _log.warning("follow.left_out", source=capture.ref.source, count=settled.left_out)
        if settled.named:
            _log.debug("follow.named", source=capture.ref.source, new=settled.named)
            self.named()
        _log.debug("document.settled", source=capture.ref.source, key=capture.ref.mark)
        if own:
            _log.info("canary.returned", source=capture.ref.source)
        elif settled.alert_id and not settled.known:
            self.alerts.append(settled.alert_id)
            self.raised()
            _log.info(
                "alert.raised",
                source=capture.ref.source,
                alert=settled.alert_id,
                incident=settled.incident,
            )


def fault(problem: Exception, source: str) -> str:
    """A fault of code, told by its class: its message may quote what was found."""
    _log.error("source.fault", source=source, exc_info=problem)
    return f"code failed with {type(problem).__name__}; the log says where"
