"""
How often one host may be asked, whoever asks.

All sources share one budget, and so do robots.txt and links that are followed:
between the starts of two requests to a host lies at least `per_host`, what any
source or its robots.txt asks for, and about as long as it takes to answer, so
that one request at a time is on its way. Errors double that and never shorten
it. A host that answers "too many", or keeps us out, is left alone for as long
as it says, or for a minute, then two, up to an hour; one that fails again and
again for up to five minutes.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from watcher.errors import REFUSED, UNREACHABLE, FetchError
from watcher.outward import DAY

ROUNDED = 0.001  # seconds
PATIENCE = 10.0  # seconds; a longer hold is the schedule's business, not a waiting task's
FIRST_HOLD = 60.0  # seconds, where the host does not say
LONGEST_HOLD = 3600.0  # seconds, where the host does not say
LONGEST_DELAY = 30.0  # seconds that slowness and errors add up to
LONGEST_PACE = 120.0  # seconds; a Crawl-delay beyond it is an interval, and the source has one
FAILURES = 5  # in a row, and it is left alone
LONGEST_REST = 300.0  # seconds for which it then is: the trouble may be our own way out
_ASKED = "asked to be left alone"
_LEFT = "is left alone"
REMEMBERED = 1024  # hosts; beyond it those that owe us nothing are forgotten


class Clock(Protocol):
    """What fetching needs of time. Tests bring their own."""

    def now(self) -> datetime:
        """The time of day, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        ...

    async def wait(self, seconds: float) -> None:
        """Come back after so many seconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(slots=True)
class _Host:
    started: float = -math.inf  # the last request
    pace: float = 0.0  # the longest that anybody asks for
    delay: float = 0.0  # what its answers show it can bear
    held_until: float = 0.0  # to be left alone
    why: str = ""
    kind: str = ""  # of the error meanwhile
    refusals: int = 0  # in a row
    failures: int = 0  # in a row
    line: asyncio.Lock = field(default_factory=asyncio.Lock)  # first come, first served


class Budget:
    """
    The budgets of all hosts. `random` gives 0 ≤ x < 1.

    `per_host` in seconds; with 0 answers slow nothing down either.
    """

    def __init__(self, per_host: float, *, clock: Clock, random: Callable[[], float]) -> None:
        self._per_host = per_host
        self._clock = clock
        self._random = random
        self._hosts: dict[str, _Host] = {}
        self._asked: dict[str, tuple[float, str]] = {}  # holds that nobody remembers yet

    async def turn(self, host: str, *, pace: float = 0.0) -> None:
        """
        Return when a request to this host may start; it counts as started.

        `pace`: seconds between two requests to it, from now on for all who ask.
        Raises FetchError (`retry`, `after` in seconds) at once while the host
        is to be left alone for more than ten seconds.
        """
        entry = self._entry(host)
        entry.pace = max(entry.pace, pace)
        self._refuse_if_held(host, entry)
        async with entry.line:
            while True:
                self._refuse_if_held(host, entry)
                now = self._clock.monotonic()
                wait = max(self._free_at(entry), entry.held_until) - now
                if wait <= 0:
                    break
                await self._clock.wait(wait)
            entry.started = now

    def sent(self, host: str) -> None:
        """The request whose turn it was leaves only now: making its connection took time."""
        entry = self._entry(host)
        entry.started = max(entry.started, self._clock.monotonic())

    def slow(self, host: str, pace: float) -> None:
        """The host wants `pace` seconds between two requests; heeded up to LONGEST_PACE."""
        entry = self._entry(host)
        entry.pace = max(entry.pace, min(pace, LONGEST_PACE))

    def answered(self, host: str, seconds: float = 0.0) -> None:
        """
        The host serves us, and took so many seconds to begin.

        Its delay goes half the way to that, as Scrapy's AutoThrottle has it
        for one request at a time.
        """
        entry = self._entry(host)
        entry.refusals = entry.failures = 0
        if self._per_host:
            entry.delay = min(max(seconds, (entry.delay + seconds) / 2), LONGEST_DELAY)

    def declined(self, host: str) -> None:
        """The host answers, though not with what was asked for: it is alive, and no quicker for it."""
        self._entry(host).failures = 0

    def failed(self, host: str) -> None:
        """The host did not answer, or with trouble of its own."""
        entry = self._entry(host)
        entry.failures += 1
        entry.delay = min(2 * max(entry.delay, self._per_host), max(entry.delay, LONGEST_DELAY))
        if entry.failures >= FAILURES:
            rest = min(FIRST_HOLD * 2 ** min(entry.failures - FAILURES, 10), LONGEST_REST)
            why = f"failed {entry.failures} times in a row, and rests"
            self._until(entry, rest, why, UNREACHABLE)

    def hold(self, host: str, after: float | None, *, kind: str = REFUSED, why: str = "") -> float:
        """
        Stay away from this host for `after` seconds, or for our own time if it did not say.

        `kind`: of the error that whoever asks meanwhile gets (`errors.KINDS`);
        `why`: what the host did, as in `answered 429`, which that error says.
        Returns the seconds from now until it may be asked again.
        """
        entry = self._entry(host)
        if after is None:
            after = min(LONGEST_HOLD, FIRST_HOLD * 2 ** min(entry.refusals, 10))
            # Jitter, so that what was refused together does not return together.
            after *= 1 + self._random() / 4
        entry.refusals += 1
        left = self._until(entry, after, f"{why} and {_LEFT}" if why else _ASKED, kind)
        self._asked[host] = (entry.held_until, entry.kind)
        return left

    def asked(self) -> dict[str, tuple[float, str]]:
        """The hosts that have asked to be left alone and are not `remembered` yet: seconds left, kind."""
        now = self._clock.monotonic()
        self._asked = {host: each for host, each in self._asked.items() if each[0] - now > PATIENCE}
        return {host: (until - now, kind) for host, (until, kind) in self._asked.items()}

    def remembered(self, asked: Mapping[str, tuple[float, str]]) -> None:
        """What these hosts `asked` is kept by now; what one of them has asked since is not."""
        now = self._clock.monotonic()
        for host, (left, _) in asked.items():
            if host in self._asked and self._asked[host][0] <= now + left + ROUNDED:
                del self._asked[host]

    def restore(self, host: str, left: float, kind: str) -> None:
        """Leave this host alone: it asked for that before we were here."""
        self._until(self._entry(host), left, _ASKED, kind)

    def _until(self, entry: _Host, seconds: float, why: str, kind: str) -> float:
        now = self._clock.monotonic()
        until = now + min(seconds, DAY)
        if until > entry.held_until:
            entry.held_until, entry.why, entry.kind = until, why, kind
        return entry.held_until - now

    def _free_at(self, entry: _Host) -> float:
        return entry.started + max(self._per_host, entry.pace, entry.delay)

    def _refuse_if_held(self, host: str, entry: _Host) -> None:
        left = entry.held_until - self._clock.monotonic()
        if left > PATIENCE:
            raise FetchError(
                f"{host} {entry.why} for another {left:.0f} s",
                retry=True,
                after=left,
                kind=entry.kind,
            )

    def _entry(self, host: str) -> _Host:
        entry = self._hosts.get(host)
        if entry is None:
            if len(self._hosts) >= REMEMBERED:
                self._forget()
            entry = self._hosts[host] = _Host()
        return entry

    def _forget(self) -> None:
        now = self._clock.monotonic()
        self._hosts = {
            name: entry
            for name, entry in self._hosts.items()
            if entry.line.locked()
            or max(self._free_at(entry), entry.held_until) > now
            or ((entry.refusals or entry.failures) and entry.held_until + DAY > now)
        }
