"""
A store that fails, told without it.

What is told is stored first; a store that is full, locked or read-only cannot
keep even that it is. So this one thing is told from memory, once to each
target, and stored when there is room again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from watcher import log
from watcher.config.settings import Target
from watcher.model import OK, Delivery, Notice, Severity
from watcher.pipeline import Road
from watcher.store import Book, NoticeRow

_log = log.get(__name__)

PATIENCE = timedelta(minutes=1)  # for which a store may be busy
KIND = "store"


class Outage:
    """One road's store: `failed` and `works` are called as it does."""

    def __init__(self, road: Road) -> None:
        self._road = road
        self._since: datetime | None = None
        self._reason = ""
        self._told: set[str] = set()
        self._id = ""

    async def failed(self, reason: str) -> None:
        """The store failed just now. Tells every target once, if it has for a while. Never raises."""
        now = self._road.now()
        if self._since is None:
            self._since, self._id = now, f"msg_{uuid.uuid4().hex}"
        self._reason = reason
        if now - self._since < PATIENCE:
            return
        row = NoticeRow(id="N-0", notice=self._notice(now))
        for target in self._untold():
            delivery = Delivery(
                id=f"{self._id}_{target.name}", alert=row.id, target=target.name, attempts=0, due_at=now
            )  # fmt: skip
            sent = await self._road.teller.notify(target, row, delivery=delivery, now=now)
            if sent.ok:
                self._told.add(target.name)
            else:
                _log.warning("notice.untold", target=target.name, reason=sent.said)

    async def works(self) -> None:
        """The store could be written just now. Raises StoreError if it could not after all."""
        road, now = self._road, self._road.now()
        if self._since is not None and now - self._since >= PATIENCE:
            rest = {target.name: target.severity for target in self._untold()}
            notice, since = self._notice(now), self._since
            await road.store.do(Book.report, notice, targets=rest, since=since)
        self._since = None
        self._told.clear()
        title = "the store can be written again; visits go on"
        notice = Notice(kind=KIND, state=OK, severity=Severity.INFO, title=title, at=now)
        await road.store.do(Book.report, notice, targets=road.severities)

    def _untold(self) -> Iterator[Target]:
        for target in self._road.config.notify.targets.values():
            if target.name not in self._told and target.severity <= Severity.HIGH:
                yield target

    def _notice(self, now: datetime) -> Notice:
        assert self._since is not None
        return Notice(
            kind=KIND,
            state="failing",
            severity=Severity.HIGH,
            title=f"the store cannot be written since {self._since:%Y-%m-%d %H:%M} UTC: nothing is visited",
            reasons=(self._reason,),
            at=now,
        )
