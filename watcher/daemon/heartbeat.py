"""
The heartbeat: an address on another machine, asked for only while all is well here.

A dead host sends nothing, least of all an alert. Whoever keeps that address
misses the request, and that is the alert. So it is left out as well while the
store cannot be written, the canary is late, or what is owed does not arrive.
"""

from __future__ import annotations

from watcher import log
from watcher.config.load import CANARY
from watcher.daemon.canary import Keeper
from watcher.errors import FetchError, StoreError
from watcher.model import OK, Notice, Severity
from watcher.pipeline import Road
from watcher.store import Book

_log = log.get(__name__)

FAILURES = 5  # requests in a row that failed, until that is told
NAME = "heartbeat"  # it shares the way out, and the hosts' budgets, with the sources


class Heartbeat:
    """Asks for the address of one road's configuration, if it has one. Call `beat` every minute."""

    def __init__(self, road: Road, keeper: Keeper) -> None:
        self._road = road
        self._keeper = keeper
        self._failed = 0
        self._reason = ""

    async def beat(self) -> str:
        """Ask once, unless something is wrong here; what it is then, "" if all is well."""
        url = self._road.config.heartbeat.url
        if not url:
            return ""
        wrong = await self._wrong()
        if wrong:
            _log.warning("heartbeat.withheld", reason=wrong)
            return wrong
        try:
            await self._road.fetcher.web(NAME).get(url)
        except FetchError as problem:
            self._failed += 1
            self._reason = str(problem)
            _log.warning("heartbeat.failed", failures=self._failed, reason=self._reason)
        else:
            self._failed = 0
        return ""

    def state(self) -> Notice | None:
        """Whether the address answers; None where there is none."""
        if not self._road.config.heartbeat.url:
            return None
        now = self._road.now()
        if self._failed < FAILURES:
            if self._failed:
                return None  # neither well nor failing yet
            return Notice(
                kind=NAME, state=OK, severity=Severity.INFO, title="the heartbeat arrives", at=now
            )
        return Notice(
            kind=NAME,
            state="failing",
            severity=Severity.MEDIUM,
            title="the heartbeat does not arrive: nobody would notice if this host died",
            reasons=(self._reason,),
            at=now,
        )

    async def _wrong(self) -> str:
        road, now = self._road, self._road.now()
        names = tuple(road.config.notify.targets)
        try:
            await road.store.do(Book.mark, NAME, now=now)
            if road.config.canary.enabled:
                state = (await self._keeper.state()).state
                if road.known.canary is None or state != OK:
                    return f"the {CANARY} is {'not enrolled' if state == OK else state}"
            targets = await road.store.do(Book.targets, names, now=now)
        except StoreError as problem:
            return str(problem)
        for each in targets:
            if each.oldest is not None and now - each.oldest > road.config.heartbeat.patience:
                return f"target {each.name} has not taken what is owed to it"
        if targets and all(each.failing_since is not None for each in targets):
            return "no target takes what is owed to it"
        return ""
