"""What the service last said of itself: its canary, its heartbeat, and what it told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from watcher import canary as canaries
from watcher import index, keys
from watcher.config.settings import Config
from watcher.doctor.check import Check
from watcher.model import OK, Severity
from watcher.store import Book

_ELSEWHERE = frozenset({"source", "canary"})  # told by checks of their own


def canary(config: Config, now: datetime) -> Iterator[Check]:
    """Whether a leak would be found, as far as the canary tells."""
    if not config.canary.enabled:
        yield Check(
            level="warn",
            what="canary: off, so nobody knows whether a leak would be found",
            mend="set [canary] enabled = true and enrol again",
        )
        return
    opened = index.open(config.index, keys.load(config.key, config.data))
    if not any(canaries.is_ref(each.ref) for each in opened.officers):
        yield Check(
            level="warn",
            what="canary: not enrolled yet",
            mend="enrol the roster of today: watcher enrol ROSTER",
        )
        return
    back = told = None
    if config.store.exists():
        with Book.open(config.store, readonly=True) as book:
            back, told = book.returned(), book.condition("canary", "")
    came = back is not None and told is not None and back.at > told.since
    if told is not None and told.state == "late" and not came:
        yield Check(
            level="error",
            what=f"canary: late since {told.since:%Y-%m-%d %H:%M} UTC; {told.reasons[0]}",
            mend="; ".join(told.reasons[1:]),
            code=3,
        )
        return
    if back is None:
        yield Check(level="ok", what="canary: enrolled, and not expected back yet")
        return
    what = f"canary: came back {back.at:%Y-%m-%d %H:%M} UTC from {back.source}"
    if now - back.at > config.canary.every + config.canary.within:
        mend = "is the daemon running? `systemctl status watcher`, then its log"
        yield Check(level="error", what=f"{what}, and not since", mend=mend, code=3)
    else:
        yield Check(level="ok", what=what)


def heartbeat(config: Config, _: datetime) -> Iterator[Check]:
    """Whether anybody would notice if this machine died."""
    if config.heartbeat.url:
        yield Check(
            level="ok", what="heartbeat: an address elsewhere is asked for while all is well"
        )
    else:
        yield Check(
            level="warn",
            what="heartbeat: none, so nobody notices if this machine dies",
            mend="give [heartbeat] url an address that somebody else keeps",
        )


def troubles(config: Config, _: datetime) -> Iterator[Check]:
    """What was told of the watcher and has not ended; single sources are told by their own check."""
    if not config.store.exists():
        return
    with Book.open(config.store, readonly=True) as book:
        found = [
            each for each in book.conditions() if each.state != OK and each.kind not in _ELSEWHERE
        ]
    for each in found:
        about = f"{each.kind} {each.subject}".strip()
        reasons = "".join(f"; {reason}" for reason in each.reasons)
        yield Check(
            level="error" if each.severity >= Severity.HIGH else "warn",
            what=f"{about}: {each.state} since {each.since:%Y-%m-%d %H:%M} UTC{reasons}",
            mend="docs/operating.md says what each means, under Health",
            code=3,
        )
