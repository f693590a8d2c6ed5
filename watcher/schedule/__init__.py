"""When something is due (`plan`, pure), the clock that says so (`clock`), and when that was set (`jumps`)."""

from __future__ import annotations

from watcher.schedule.clock import Clock
from watcher.schedule.jumps import Jumps
from watcher.schedule.plan import LONGEST, grace, latest, next_visit, retry_ref

__all__ = ["LONGEST", "Clock", "Jumps", "grace", "latest", "next_visit", "retry_ref"]
