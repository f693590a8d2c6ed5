"""Every check in its turn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from watcher.config.settings import Config
from watcher.doctor import installation, itself, machine, manners, reading, tor, watching
from watcher.doctor.check import Check, Looks
from watcher.errors import WatcherError

CHECKS: tuple[Looks, ...] = (
    installation.key,
    installation.custody,
    installation.directory,
    installation.enrolled,
    installation.store,
    reading.ocr,
    watching.sources,
    watching.way_out,
    manners.robots,
    manners.holds,
    tor.tor,
    watching.targets,
    itself.canary,
    itself.heartbeat,
    itself.troubles,
    machine.clock,
    machine.unit,
)


def examine(config: Config, *, now: datetime | None = None) -> Iterator[Check]:
    """Every check in turn. A check that cannot be made is an error of its own."""
    moment = now or datetime.now(UTC)
    yield Check(level="ok", what=f"configuration {config.path}")
    for check in CHECKS:
        try:
            yield from check(config, moment)
        except WatcherError as problem:
            what = "; ".join(str(problem).splitlines())
            yield Check(level="error", what=what, code=problem.exit_code)
        except OSError as problem:
            place = f"{problem.filename}: " if problem.filename else ""
            yield Check(level="error", what=f"{place}{problem.strerror}", code=3)
