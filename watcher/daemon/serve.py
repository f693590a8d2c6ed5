"""
A daemon that goes on: reloaded with another configuration, or kept on the old one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from watcher import log, registry, systemd
from watcher.config.settings import Config
from watcher.daemon.watch import Daemon
from watcher.errors import WatcherError

_log = log.get(__name__)


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

    A configuration that cannot be read, whose sources do not decode, or that a
    daemon cannot start with is told of, and the one before is kept. The first
    one raises as `Daemon.run` does.
    """
    before: Config | None = None
    refused = ""
    while not stop.is_set():
        ended = asyncio.Event()
        daemon = Daemon(config, environ=environ)
        daemon.refused, refused = refused, ""
        running = asyncio.create_task(daemon.run(ended))
        fresh = await _until(
            daemon, running, again=again, stop=stop, reload=reload, environ=environ
        )
        daemon.gives_way = fresh is not None
        ended.set()
        try:
            await running
        except WatcherError as problem:
            if before is None or daemon.ready:
                raise
            _log.error("config.refused", reason=str(problem))
            refused = str(problem)
            config, before = before, None
            continue
        if fresh is None:
            return
        config, before = fresh, config
    systemd.stopping(environ)  # told to stop while one was giving way


async def _until(
    daemon: Daemon,
    running: asyncio.Task[None],
    *,
    again: Callable[[], Config],
    stop: asyncio.Event,
    reload: asyncio.Event,
    environ: Mapping[str, str],
) -> Config | None:
    """The configuration to go on with; None when the daemon ended or is to end."""
    stopped = asyncio.create_task(stop.wait())
    try:
        while True:
            asked = asyncio.create_task(reload.wait())
            await asyncio.wait({running, stopped, asked}, return_when=asyncio.FIRST_COMPLETED)
            asked.cancel()
            if running.done() or stop.is_set():
                return None
            reload.clear()
            try:
                return _read(again, environ)
            except WatcherError as problem:
                daemon.refused = str(problem)
                _log.error("config.refused", reason=daemon.refused)
    finally:
        stopped.cancel()


def _read(again: Callable[[], Config], environ: Mapping[str, str]) -> Config:
    """The new configuration. Raises WatcherError if it is bad as it stands."""
    config = again()
    sources = registry.enabled(config)
    registry.matchers(config.matching.matchers, config.watch)
    systemd.reloading(environ)
    _log.info("config.reloaded", sources=len(sources))
    return config
