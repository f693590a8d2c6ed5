"""
The service: sources visited when they are due, deliveries made when they are due.

One task to a source, so that one slow place holds up nobody else; one task
that tells; one that feeds the watchdog while the store answers. The clock only
puts a name on a source's queue. A stop lets each source finish the document in
hand, and what is left stays pending.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from watcher import log, registry, systemd
from watcher.api import Source
from watcher.config.settings import Config, SourceTable
from watcher.errors import StoreError, WatcherError
from watcher.pipeline import Road, deliver, visit
from watcher.schedule import Clock
from watcher.store import Book, visiting

_log = log.get(__name__)

PAUSE = timedelta(minutes=1)  # between two tries of a store that is full, locked or read-only
IDLE = 30.0  # seconds: the teller looks at the outbox at least this often


async def serve(
    config: Config,
    *,
    again: Callable[[], Config],
    stop: asyncio.Event,
    reload: asyncio.Event,
    environ: Mapping[str, str],
) -> None:
    """
    Run until `stop`; at each `reload`, run on with what `again` reads.

    A configuration that cannot be read, or whose sources do not decode, is
    told of and not taken up. The first one raises as `Daemon.run` does.
    """
    while not stop.is_set():
        ended = asyncio.Event()
        daemon = asyncio.create_task(Daemon(config, environ=environ).run(ended))
        stopped = asyncio.create_task(stop.wait())
        try:
            while not (stop.is_set() or daemon.done() or ended.is_set()):
                asked = asyncio.create_task(reload.wait())
                await asyncio.wait({daemon, stopped, asked}, return_when=asyncio.FIRST_COMPLETED)
                asked.cancel()
                if reload.is_set():
                    reload.clear()
                    fresh = _read(again, environ)
                    if fresh is not None:
                        config = fresh
                        ended.set()
        finally:
            stopped.cancel()
            ended.set()
            await daemon


def _read(again: Callable[[], Config], environ: Mapping[str, str]) -> Config | None:
    """The new configuration, if a daemon could run with it."""
    try:
        config = again()
        for table in config.sources.values():
            if table.enabled:
                registry.source(table, config.path)
    except WatcherError as problem:
        _log.error("config.refused", reason=str(problem))
        return None
    systemd.reloading(environ)
    _log.info("config.reloaded", sources=len(config.sources))
    return config


class Daemon:
    """
    The service for one configuration. `run` returns when `stop` is set and all is put away.

    Raises ConfigError, PluginError, CustodyError or StoreError where it cannot start.
    """

    def __init__(self, config: Config, *, environ: Mapping[str, str] | None = None) -> None:
        self._config = config
        self._environ = environ or {}
        self._due = {
            name: asyncio.Event() for name, table in config.sources.items() if table.enabled
        }
        self._owed = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until `stop` is set."""
        asyncio.get_running_loop().set_exception_handler(log.loop_handler)
        sources: dict[str, tuple[SourceTable, Source]] = {
            name: (
                self._config.sources[name],
                registry.source(self._config.sources[name], self._config.path),
            )
            for name in self._due
        }
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
        try:
            for name in sources:
                state = await road.store.do(Book.source, name)
                clock.arm(name, state.next_due or road.now())
            tasks = [
                asyncio.create_task(self._source(road, clock, table, source, stop), name=name)
                for name, (table, source) in sources.items()
            ]
            tasks.append(asyncio.create_task(self._tell(road, stop), name="deliveries"))
            tasks.append(asyncio.create_task(self._feed_watchdog(road, stop), name="watchdog"))
            systemd.ready(self._environ)
            _log.info("daemon.ready", sources=len(sources), people=len(road.known.officers))
            if not sources:
                _log.warning("daemon.idle", reason="no source is enabled in the configuration")
            await self._until(stop, tasks)
        finally:
            systemd.stopping(self._environ)
            clock.stop()

    async def _until(self, stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
        """Wait for the stop, or for a task that should not have ended; then for all to finish."""
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([stopped, *tasks], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            for event in (*self._due.values(), self._owed):
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
            clock.arm(table.name, await self._visit(road, table, source, stop))

    async def _visit(
        self, road: Road, table: SourceTable, source: Source, stop: asyncio.Event
    ) -> datetime:
        """One visit; when the next is due. Nothing but a stop gets past this."""
        try:
            visited = await visit(road, table, source, stopping=stop.is_set)
        except StoreError as problem:
            _log.error("store.failed", source=table.name, reason=str(problem))
        except WatcherError as problem:
            _log.error("visit.failed", source=table.name, reason=str(problem))
        else:
            if visited.alerts:
                self._owed.set()
            _log.info(
                "source.visited",
                source=table.name,
                listed=visited.listed,
                new=visited.new,
                documents=visited.documents,
                alerts=len(visited.alerts),
            )
            return visited.next_due
        return road.now() + max(PAUSE, source.every)

    async def _tell(self, road: Road, stop: asyncio.Event) -> None:
        """Deliver what is due, then sleep until something is."""
        while not stop.is_set():
            wait = IDLE
            self._owed.clear()  # before looking, so that what comes meanwhile is seen next time
            try:
                await deliver(road)
                due_at = await road.store.do(Book.next_delivery)
                if due_at is not None:
                    wait = min(IDLE, max(0.05, (due_at - road.now()).total_seconds()))
            except StoreError as problem:
                _log.error("store.failed", reason=str(problem))
            except Exception as problem:  # noqa: BLE001  # one delivery's fault must not end telling
                _log.error("delivery.crashed", error=type(problem).__name__)
            try:
                await asyncio.wait_for(self._owed.wait(), wait)
            except TimeoutError:
                continue

    async def _feed_watchdog(self, road: Road, stop: asyncio.Event) -> None:
        """Tell systemd that we live, as often as it asks, but only while the store answers."""
        interval = systemd.watchdog_interval(self._environ)
        if interval is None:
            await stop.wait()
            return
        while not stop.is_set():
            try:
                await road.store.do(Book.owed)
                systemd.watchdog(self._environ)
            except StoreError as problem:
                _log.error("store.failed", reason=str(problem))
            try:
                await asyncio.wait_for(stop.wait(), interval.total_seconds() / 2)
            except TimeoutError:
                continue
