"""
Whose trouble an unreachable place is: its own, or this machine's.

One failure does not tell. What the other sources met in the same minutes does:
where nobody is reached the way out is down, which is no fault of forty places;
where others are reached a missing route is the place's alone.

This decides, at the end of one visit and once for all, what that visit counts
as. What is told of it is decided later, of all sources as they then are, in
`health.together`: that believes what is entered here, and asks no more than
whether it is one trouble or many.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from watcher.errors import LOCAL, UNREACHABLE
from watcher.store import SourceState

LATELY = timedelta(minutes=10)
OTHERS = 2  # that must have failed alike before the way out is blamed


def whose(kind: str, name: str, states: Iterable[SourceState], now: datetime) -> str:
    """
    The kind of this source's error (`errors.KINDS`) in the light of all sources' last visits.

    Only `local` and `unreachable` are judged, by the visits of the last ten
    minutes that asked somebody.
    """
    if kind not in (LOCAL, UNREACHABLE):
        return kind
    lately = [
        each.error_kind
        for each in states
        if each.name != name and each.tried_at is not None and abs(now - each.tried_at) <= LATELY
    ]
    reached = [each for each in lately if each not in (LOCAL, UNREACHABLE)]
    if reached:
        return UNREACHABLE
    return LOCAL if len(lately) >= OTHERS else kind
