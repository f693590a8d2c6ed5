"""When something is due (`plan`, pure), and the clock that says so (`clock`)."""

from __future__ import annotations

from watcher.schedule.clock import Clock
from watcher.schedule.plan import FAR, latest, next_visit, retry_ref

__all__ = ["FAR", "Clock", "latest", "next_visit", "retry_ref"]
