"""
Minding the watch: once a minute everything is looked at, and what changed is told.

Judging is in `health`, what is told of it in the store's outbox. When the time
of day was set nothing is judged by ages for a while: every one of them is wrong.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from watcher import health, log
from watcher.api import Source
from watcher.config.settings import SourceTable
from watcher.daemon import around
from watcher.daemon.canary import Keeper
from watcher.daemon.heartbeat import Heartbeat
from watcher.daemon.outage import Outage
from watcher.errors import StoreError
from watcher.histories import BEGUN, Histories
from watcher.model import OK, Notice, Severity
from watcher.pipeline import Road
from watcher.schedule.jumps import LEAST, Jumps
from watcher.store import Book

_log = log.get(__name__)

MINUTE = timedelta(minutes=1)
CLOCK = "clock"  # a kind of notices; its end is not told
SETTLING = 900.0  # seconds after the time of day was set


class Mind:
    """
    Looks after one road and its sources.

    `raised` is called when something new is owed to the targets; `refused` says
    why a new configuration was not taken up, "" if none was refused; `armed`
    says when each source is visited next; `monotonic` gives seconds that nobody
    can set, by which `armed` goes as well.
    """

    def __init__(
        self,
        road: Road,
        sources: Mapping[str, tuple[SourceTable, Source]],
        keeper: Keeper,
        *,
        raised: Callable[[], None] = lambda: None,
        refused: Callable[[], str] = str,
        armed: Callable[[], Mapping[str, datetime]] = dict,
        monotonic: Callable[[], float],
    ) -> None:
        self._road = road
        self._keeper = keeper
        self._heartbeat = Heartbeat(road, keeper)
        self._outage = Outage(road)
        self._raised = raised
        self._refused = refused
        self._armed = armed
        self._monotonic = monotonic
        self._names = tuple(sources)
        self.histories = Histories.of(sources)
        self._held: Mapping[str, datetime] = {}
        self._jumps = Jumps(road.now(), monotonic())
        self._settled = monotonic()
        self._begun: datetime | None = road.now()  # until it is stored

    async def begin(self) -> None:
        """Publish the canary; forget what was told of sources that are no longer watched."""
        try:
            await self._begin()
        except StoreError as problem:  # it watches as well as it can, and looks again
            _log.error("store.failed", reason=str(problem))

    async def _begin(self) -> None:
        now = self._road.now()
        looked = await self._road.store.do(Book.marked, "look")
        # Set back while nobody looked; by whatever else wrote meanwhile, nothing has happened yet to come.
        back = now - looked if looked is not None and looked - now >= LEAST else timedelta(0)
        await self._road.store.do(Book.clock_set, back, now=now)
        await self._road.store.do(Book.forget_conditions, health.SOURCE, kept=self._names)
        await self._road.store.do(
            Book.forget_conditions, "target", kept=tuple(self._road.config.notify.targets)
        )
        await self._keeper.begin()

    async def look(self) -> None:
        """Look at everything once. A store that fails is told of, and looked at again next time."""
        try:
            await self._road.store.do(Book.mark, "look", now=self._road.now())
            if self._begun is not None:
                await self._road.store.do(Book.mark, BEGUN, now=self._begun)
                self._begun = None
            await self._outage.works()
            await self._look()
        except StoreError as problem:
            _log.error("store.failed", reason=str(problem))
            await self._outage.failed(str(problem))
        else:
            await self._heartbeat.beat()

    async def _look(self) -> None:
        if jump := self._jumps.since(self._road.now(), self._monotonic()):
            await self._clock_set(jump)
        if self._monotonic() >= self._settled:
            await self._road.store.do(Book.forget_conditions, CLOCK, kept=())
            await self._look_at_sources()
        await self._report(await self._keeper.tend())
        await self._report(self._heartbeat.state())
        now, config = self._road.now(), self._road.config
        await self._report(around.configuration(self._refused(), now))
        await self._report(around.index(self._road.index_refused, now))
        await self._report(await asyncio.to_thread(around.evidence, config.evidence_directory, now))
        await self._report(await asyncio.to_thread(around.room, config.data, now))
        names = tuple(config.notify.targets)
        for notice in around.targets(await self._road.store.do(Book.targets, names, now=now), now):
            await self._report(notice)

    async def _clock_set(self, by: timedelta) -> None:
        """What is remembered moves with the clock; nobody was late, and nothing came in between."""
        now = self._road.now()
        self._settled = self._monotonic() + SETTLING
        self._begun = now
        self._held = {name: at + by for name, at in self._held.items()}
        await self._road.store.do(Book.clock_set, by, now=now)
        # What was stored between two settings of the clock moved by both.
        await self._road.store.do(Book.rearm, self._armed())
        await self._report(_of_clock(by, now))
        await self._keeper.begin()

    async def _look_at_sources(self) -> None:
        store, now = self._road.store, self._road.now()
        known = await store.do(self.histories.judged, now)
        all_before = await store.do(Book.condition, health.SOURCES, "")
        told = health.told(
            {name: each.judged for name, each in known.items()},
            {name: each.facts for name, each in known.items()},
            before={name: each.before for name, each in known.items()},
            all_before=OK if all_before is None else all_before.state,
            covered=() if all_before is None else all_before.covers,
            held=self._held,
            now=now,
        )
        self._held = told.held
        for notice, since in told.notices:
            covers = told.covers if notice.kind == health.SOURCES else ()
            await self._report(notice, since, covers=covers)

    async def _report(
        self, notice: Notice | None, since: datetime | None = None, *, covers: Collection[str] = ()
    ) -> None:
        if notice is None:
            return
        # Of a target that takes nothing the others are told.
        targets = {
            name: severity
            for name, severity in self._road.severities.items()
            if (notice.kind, notice.subject) != ("target", name)
        }
        told = await self._road.store.do(
            Book.report, notice, targets=targets, since=since, covers=covers
        )
        if told is not None:
            facts = {"kind": notice.kind, "why": notice.state, "reason": notice.title}
            say = _log.info if notice.state == OK else _log.warning
            say("notice.told", **facts)
            self._raised()


def _of_clock(by: timedelta, now: datetime) -> Notice:
    way = "forward" if by > timedelta(0) else "back"
    return Notice(
        kind=CLOCK,
        state="set",
        severity=Severity.LOW,
        title=f"this machine's clock was set {way} by {timedelta(seconds=round(abs(by).total_seconds()))}",
        reasons=("for a quarter of an hour no source is judged; see that the time is right now",),
        at=now,
    )
