"""
The canary's keeper: publishes its page, waits for its return, and says if it does not come.

Where it is late it stays late until a page published since has come back;
publishing again and again does not put the time off.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from watcher import canary, log, registry
from watcher.api import Source
from watcher.config.load import CANARY
from watcher.config.private import sync_directory
from watcher.config.settings import SourceTable
from watcher.model import OK, Notice, Severity
from watcher.pipeline import Road
from watcher.store import Book

_log = log.get(__name__)

LOCAL = "local"
KEPT = timedelta(days=2)  # evidence of a return: a made-up person, of use while one looks at it
PUBLISHED, WAITING = "canary published", "canary waiting"


class Keeper:
    """Publishes and expects the canary of one road, if it is enabled."""

    def __init__(self, road: Road) -> None:
        self._road = road
        self._settings = road.config.canary
        self._folder = road.config.data / "canary"
        # What anybody may copy to another place is no return.
        self._by = CANARY if self._settings.place == LOCAL else self._settings.source

    def source(self) -> Mapping[str, tuple[SourceTable, Source]]:
        """Where the local canary is found: a source like any other. Raises PluginError."""
        if not self._settings.enabled or self._settings.place != LOCAL:
            return {}
        self._folder.mkdir(mode=0o700, exist_ok=True)
        seconds = int(min(max(self._settings.within.total_seconds() / 5, 1), 300))
        options = {"path": str(self._folder), "every": f"{seconds}s", "pattern": "*.txt"}
        table = SourceTable(name=CANARY, kind="folder", enabled=True, options=options)
        return {CANARY: (table, registry.source(table, self._road.config.path))}

    async def begin(self) -> None:
        """What was published before the service was last stopped, or the clock set, is not waited for."""
        if self._settings.enabled and self._road.known.canary is not None:
            await self._publish(anew=True)

    async def tend(self) -> Notice | None:
        """Publish if it is time. How the canary is; None where there is none."""
        if not self._settings.enabled:
            return None
        now, store = self._road.now(), self._road.store
        if self._road.known.canary is None:
            title = "the canary is not enrolled, so nobody knows whether watching works"
            mend = "enrol the roster once more: watcher enrol ROSTER"
            return _notice("not enrolled", Severity.MEDIUM, title, (mend,), now)
        published = await store.do(Book.marked, PUBLISHED)
        if published is None or not timedelta(0) <= now - published < self._settings.every:
            await self._publish(anew=published is None)
        return await self.state()

    async def state(self) -> Notice:
        """How the canary is, as far as it is known here."""
        now, store = self._road.now(), self._road.store
        waiting = await store.do(Book.marked, WAITING)
        back = await store.do(Book.returned, source=self._by)
        if waiting is None or (back is not None and back.at >= waiting):
            return _notice(OK, Severity.INFO, "the canary has come back", (), now)
        if now - waiting <= self._settings.within:
            before = await store.do(Book.condition, "canary", "")
            state = OK if before is None else before.state
            title = "the canary is on its way"
            return _notice(state, Severity.INFO, title, (), now)
        since = "never" if back is None else f"last {back.at:%Y-%m-%d %H:%M} UTC"
        minutes = round(self._settings.within.total_seconds() / 60)
        within = f"{minutes} minute{'' if minutes == 1 else 's'}"
        reasons: tuple[str, ...] = (
            f"published {waiting:%Y-%m-%d %H:%M} UTC, and not found within {within}; {since}",
            "a leak would not be found either: look at the log of the service",
        )
        if self._settings.place != LOCAL:
            reasons += (
                "does a source find the page at `place` in [canary], each time that it changes?",
            )
        title = "the canary is late: watching does not work"
        return _notice("late", Severity.HIGH, title, reasons, now)

    async def _publish(self, *, anew: bool) -> None:
        who = self._road.known.canary
        assert who is not None
        now, store = self._road.now(), self._road.store
        waiting = await store.do(Book.marked, WAITING)
        back = await store.do(Book.returned, source=self._by)
        if anew or waiting is None or (back is not None and back.at >= waiting):
            await store.do(Book.mark, WAITING, now=now)
        try:
            await asyncio.to_thread(self._write, canary.page(who, now=now), now)
        except OSError as problem:  # it will be late, and say so
            _log.error("canary.unpublished", reason=problem.strerror or "cannot be written")
        await store.do(Book.mark, PUBLISHED, now=now)
        await self._prune(now)

    def _write(self, text: str, now: datetime) -> None:
        """A file is there whole or not at all; of the local ones only the newest stays."""
        local = self._settings.place == LOCAL
        if local:
            self._folder.mkdir(mode=0o700, exist_ok=True)
        path = self._folder / f"{now:%Y%m%dT%H%M%S.%f}.txt" if local else Path(self._settings.place)
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.chmod(0o600 if local else 0o644)  # elsewhere a web server reads it
        fresh.replace(path)
        sync_directory(path.parent)
        if local:
            for each in self._folder.glob("*.txt"):
                if each != path:
                    each.unlink(missing_ok=True)

    async def _prune(self, now: datetime) -> None:
        store, before = self._road.store, now - KEPT
        found = await store.do(Book.old_canaries, before=before)
        folder = self._road.config.evidence_directory
        await asyncio.to_thread(_remove, [folder / file for _, file in found])
        await store.do(
            Book.prune_canaries, [alert for alert, _ in found], source=CANARY, before=before
        )


def _remove(files: list[Path]) -> None:
    for each in files:
        with contextlib.suppress(OSError):
            each.unlink()


def _notice(
    state: str, severity: Severity, title: str, reasons: tuple[str, ...], now: datetime
) -> Notice:
    return Notice(
        kind="canary", state=state, severity=severity, title=title, reasons=reasons, at=now
    )
