"""What a source is judged by, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watcher.health.usual import HourLike, Usual
from watcher.model import Severity

QUIET, DEGRADED, BLOCKED, BLIND = "quiet", "degraded", "blocked", "blind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What is known of a source. `ends` of its last visits, oldest first: `ok` or an error's kind.

    `tried_at`: the end of the last visit; `asked_at`: of the last that asked somebody: a place that
    is gone, or wants to be left alone, is visited and not asked.
    `far`: it is asked over the network. `hours`: its history, oldest first, at least of the last week. `lost` and
    `kept`: documents of the last day that could not be had, and that were. `waiting`: items that
    have not been looked at yet, the first of them since `waits_since`. `alike`: documents of the
    last day in which nothing was found and which were the same page, of so many `compared`.
    """

    every: timedelta
    far: bool = True
    tried_at: datetime | None = None
    asked_at: datetime | None = None
    next_due: datetime | None = None
    last_ok: datetime | None = None
    error: str = ""
    ends: tuple[str, ...] = ()
    failing_since: datetime | None = None
    new_at: datetime | None = None
    watched_since: datetime | None = None
    kept: int = 0
    lost: int = 0
    hours: Sequence[HourLike] = field(default=(), repr=False)
    usual: Usual | None = None
    waiting: int = 0
    waits_since: datetime | None = None
    alike: int = 0
    compared: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How a source is, and since when; `reasons` in plain words, with no address in them."""

    state: str
    severity: Severity
    since: datetime
    reasons: tuple[str, ...] = ()
