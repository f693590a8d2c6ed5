"""
Watching with one configuration, until told to stop.

One task to a source and one to a target, so that one slow place or one slow
chat holds up nobody else; one that feeds the watchdog while the store answers.
The clock only puts a name on a source's queue. A stop lets each source finish
the document in hand, and what is left stays pending.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from watcher import log, registry, systemd
from watcher.api import Source
from watcher.config.load import loopback
from watcher.config.settings import Config, SourceTable
from watcher.daemon import watchdog
from watcher.daemon.canary import Keeper
from watcher.daemon.figures import figures
from watcher.daemon.mind import MINUTE, Mind
from watcher.daemon.turn import turn
from watcher.errors import StoreError
from watcher.metrics import Page
from watcher.pipeline import Road, deliver_to
from watcher.pipeline.patience import StoppedError, unless
from watcher.schedule import Clock, Jumps, grace, latest
from watcher.store import Book, visiting

_log = log.get(__name__)

LOOK = 15.0  # seconds between two looks at the clocks
IDLE = 30.0  # seconds: the outbox is looked at at least this often


class Daemon:
    """
    The service for one configuration. `run` returns when `stop` is set and all is put away.

    `ready`: whether it got as far as watching; `gives_way`: whether another one
    follows it, so that its end is not the service's; `look`: how often it looks
    at itself; `refused`: why a configuration that came later was not taken up,
    which it tells. Raises ConfigError, PluginError, CustodyError or StoreError
    where it cannot start.
    """

    def __init__(
        self,
        config: Config,
        *,
        environ: Mapping[str, str] | None = None,
        look: timedelta = MINUTE,
    ) -> None:
        self.ready = self.gives_way = False
        self.refused = ""
        self._look = look
        self._config = config
        self._environ = environ or {}
        self._due: dict[str, asyncio.Event] = {}
        self._owed = {name: asyncio.Event() for name in config.notify.targets}

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until `stop` is set."""
        asyncio.get_running_loop().set_exception_handler(log.loop_handler)
        sources = registry.enabled(self._config)
        with visiting(self._config.lock):
            async with Road(self._config) as road:
                await self._watch(road, sources, stop)
        _log.info("daemon.stopped")

    async def _watch(
        self,
        road: Road,
        sources: Mapping[str, tuple[SourceTable, Source]],
        stop: asyncio.Event,
    ) -> None:
        clock = Clock(lambda name: self._due[name].set())
        clock.start()
        stack = AsyncExitStack()
        try:
            keeper = Keeper(road)
            loop = asyncio.get_running_loop()
            mind = Mind(
                road,
                sources,
                keeper,
                raised=self._raised,
                refused=lambda: self.refused,
                armed=clock.armed,
                monotonic=loop.time,
            )
            await mind.begin()
            if listen := loopback(self._config.metrics.listen):
                await stack.enter_async_context(
                    Page(*listen, lambda: figures(road, mind.histories))
                )
            watched, sources = sources, {**sources, **keeper.source()}
            self._due = {name: asyncio.Event() for name in sources}
            for name, (_, source) in sources.items():
                state = await road.store.do(Book.source, name)
                clock.arm(name, _sane(state.next_due, source.every, road.now()))
            # Before there are tasks: what raises here must not leave any behind.
            for name in await road.store.do(Book.owed_targets):
                if name not in self._owed:
                    await deliver_to(road, name)  # gone from the configuration: a dead letter
            tasks = [
                asyncio.create_task(self._source(road, clock, table, source, stop), name=name)
                for name, (table, source) in sources.items()
            ]
            tasks += [
                asyncio.create_task(self._tell(road, name, stop), name=f"to {name}")
                for name in self._owed
            ]
            tasks.append(
                asyncio.create_task(watchdog.feed(road.store, self._environ, stop), name="watchdog")
            )
            tasks.append(asyncio.create_task(_mind_the_clock(road, clock, stop), name="clock"))
            tasks.append(asyncio.create_task(self._mind(mind, stop), name="mind"))
            systemd.ready(self._environ)
            self.ready = True
            _log.info("daemon.ready", sources=len(watched), people=road.known.people)
            if not watched:
                _log.warning("daemon.idle", reason="no source is enabled in the configuration")
            await self._until(stop, tasks)
        finally:
            # Whoever hears this takes the whole service for one that ends, and
            # kills it when its time is over (sd_notify(3)).
            if self.ready and not self.gives_way:
                systemd.stopping(self._environ)
            clock.stop()
            await stack.aclose()

    async def _until(self, stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
        """Wait for the stop, or for a task that should not have ended; then for all to finish."""
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([stopped, *tasks], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            for event in (*self._due.values(), *self._owed.values()):
                event.set()
            stopped.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def _source(
        self,
        road: Road,
        clock: Clock,
        table: SourceTable,
        source: Source,
        stop: asyncio.Event,
    ) -> None:
        """Visit one source whenever its event is set."""
        due = self._due[table.name]
        while True:
            await due.wait()
            due.clear()
            if stop.is_set():
                return
            late = clock.late(table.name)
            if late > grace(source.every):
                _log.warning("visit.late", source=table.name, late=late)
            next_due = await turn(
                road,
                table,
                source,
                stop,
                late=late,
                raised=self._raised,
                named=lambda: self._named(road),
            )
            clock.arm(table.name, next_due)

    def _raised(self) -> None:
        """Something is owed to the targets."""
        for event in self._owed.values():
            event.set()

    def _named(self, road: Road) -> None:
        """Something is owed that a document named."""
        for name in road.followers:
            self._due[name].set()

    async def _mind(self, mind: Mind, stop: asyncio.Event) -> None:
        """Look at everything now and then; our own fault there ends one look, not the watch."""
        while not stop.is_set():
            try:
                await unless(stop, mind.look())  # it may be waiting for somebody's answer
            except StoppedError:
                return
            except Exception:  # noqa: BLE001  # or a fault of the looking would end the watch
                _log.exception("look.crashed")
            try:
                await asyncio.wait_for(stop.wait(), self._look.total_seconds())
            except TimeoutError:
                continue

    async def _tell(self, road: Road, target: str, stop: asyncio.Event) -> None:
        """Deliver what is due to one target, then sleep until something is."""
        owed = self._owed[target]
        while not stop.is_set():
            wait = IDLE
            owed.clear()  # before looking, so that what comes meanwhile is seen next time
            try:
                await deliver_to(road, target, stop=stop)
                due_at = await road.store.do(Book.next_delivery, target=target)
                if due_at is not None:
                    wait = min(IDLE, max(0.05, (due_at - road.now()).total_seconds()))
            except StoreError as problem:
                _log.error("store.failed", target=target, reason=str(problem))
            try:
                await asyncio.wait_for(owed.wait(), wait)
            except TimeoutError:
                continue


async def _mind_the_clock(road: Road, clock: Clock, stop: asyncio.Event) -> None:
    """When the time of day is set, what is armed stays as far away as it was."""
    loop = asyncio.get_running_loop()
    jumps = Jumps(road.now(), loop.time())
    while not stop.is_set():
        try:
            await asyncio.wait_for(stop.wait(), LOOK)
        except TimeoutError:
            jump = jumps.since(road.now(), loop.time())
            if jump:
                _log.warning("clock.jumped", seconds=jump)
                clock.reset()


def _sane(due: datetime | None, every: timedelta, now: datetime) -> datetime:
    """
    When a source is visited first: as stored, but for a time that a wrong clock must have set.

    At once where it was due while nobody watched: it is we who begin now, not the visit that is late.
    """
    return now if due is None or due > latest(every, now) else max(due, now)
