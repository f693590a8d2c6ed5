"""
How one source does.

    ok        it answers, its markers are there, and it brings what it usually does
    quiet     it answers, and has brought less for longer than accident explains
    degraded  a third of its visits fail, or most of its documents cannot be had or are all one
              page, or it keeps us away for much longer than we would stay, or lists more than is read
    blocked   it refuses us, visit after visit
    blind     nothing comes: no answer, or not the page that we know

A state is entered later than it could be and left later still, so that a place
which stumbles is not told of again and again. What met only this machine's own
trouble says nothing of the place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from watcher.errors import LOCAL, REFUSED, WELL
from watcher.health.facts import BLIND, BLOCKED, DEGRADED, QUIET, Facts, Judged
from watcher.health.silence import silence, span
from watcher.health.usual import HOUR
from watcher.model import OK, Severity

IN_A_ROW = 3  # failed visits until a source is blind
MARKERS = 2  # the same where a page came and was not the one that we know
AGAIN = 6  # the same for a source that saw again less than RELAPSE ago
RELAPSE = timedelta(days=1)
RECOVERED = 2  # good visits in a row that end blindness
LOOKED = 12  # visits by which it is judged whether a source stumbles
UNREACHED = timedelta(hours=1)  # for which this machine's own trouble is told as that only
OVERDUE = timedelta(hours=3)  # beyond its time, or of failing, and beyond three times its interval

LASTING = timedelta(days=5)  # longer than Easter, the longest row of days without offices
LOST = 10  # documents in a day
ALIKE = 12  # documents in a day that were the same page: a login, a challenge in its own words
BEHIND = timedelta(hours=6)  # for which what was listed has waited for its first look
AWAY = timedelta(hours=12)  # to the next visit, and so many times the interval
TIMES = 12


def judge(facts: Facts, *, was: str, since: datetime | None, now: datetime) -> Judged:
    """How a source is now. `was`: how it was judged last, `since` then."""
    said = [each for each in facts.ends if each != LOCAL]
    row = _failed_in_a_row(said)
    late = _overdue(facts, now)
    if late is not None:
        reason = "its visit does not end, or nobody visits it"
        return Judged(state=BLIND, severity=Severity.MEDIUM, since=late, reasons=(reason,))
    if _is_blind(said, row, was=was, since=since, now=now) or (row and _is_lasting(facts, now)):
        return _blind(facts, said, was=was, now=now)
    if _is_unreached(facts, now):
        since = facts.last_ok or facts.failing_since or now
        return Judged(state=BLIND, severity=Severity.MEDIUM, since=since, reasons=_trouble(facts))
    begun = since if since is not None else now
    if reasons := _stumbles(facts, said, was=was):
        severity = Severity.MEDIUM if facts.lost >= LOST else Severity.LOW
        start = begun if was == DEGRADED else now
        return Judged(state=DEGRADED, severity=severity, since=start, reasons=reasons)
    if not row and (quiet := silence(facts, was=was, since=since, now=now)):
        start, reason = quiet
        lasts = now - (begun if was == QUIET else now) > LASTING
        severity = Severity.MEDIUM if lasts else Severity.LOW
        return Judged(state=QUIET, severity=severity, since=start, reasons=(reason,))
    if row and was == QUIET:  # a visit that failed says nothing of what there is
        return Judged(state=QUIET, severity=Severity.LOW, since=begun)
    if reasons := _hampered(facts, was=was, now=now):
        start = begun if was == DEGRADED else now
        return Judged(state=DEGRADED, severity=Severity.LOW, since=start, reasons=reasons)
    return Judged(state=OK, severity=Severity.INFO, since=begun if was == OK else now)


def _failed_in_a_row(said: Sequence[str]) -> int:
    row = 0
    while row < len(said) and said[-1 - row] != WELL:
        row += 1
    return row


def _overdue(facts: Facts, now: datetime) -> datetime | None:
    """The last visit's end, where the next should long have ended."""
    if facts.tried_at is None or facts.next_due is None:
        return None
    wait = max(OVERDUE, 3 * facts.every)
    late = now > max(facts.next_due, facts.tried_at) + wait
    return facts.tried_at if late else None


def _is_blind(
    said: Sequence[str], row: int, *, was: str, since: datetime | None, now: datetime
) -> bool:
    if was in (BLIND, BLOCKED):
        return row > 0 or len(said) < RECOVERED or any(e != WELL for e in said[-RECOVERED:])
    need = MARKERS if row and said[-1] == "listing" else IN_A_ROW
    if since is not None and now - since < RELAPSE and was in (OK, DEGRADED):
        need = AGAIN
    return row >= need


def _is_lasting(facts: Facts, now: datetime) -> bool:
    """
    Whether it has failed for long, however seldom it was asked.

    A place that says "come back tomorrow" would be silent for days otherwise.
    """
    wait = max(OVERDUE, 3 * facts.every)
    return facts.failing_since is not None and now - facts.failing_since > wait


def _is_unreached(facts: Facts, now: datetime) -> bool:
    """Whether nothing has come for long though only this machine is at fault: it is blind all the same."""
    since = facts.last_ok or facts.failing_since  # one that never saw may never have had a way
    return (
        len(facts.ends) >= IN_A_ROW
        and all(each == LOCAL for each in facts.ends[-IN_A_ROW:])
        and since is not None
        and now - since > max(UNREACHED, 3 * facts.every)
    )


def _blind(facts: Facts, said: Sequence[str], *, was: str, now: datetime) -> Judged:
    row = said[-IN_A_ROW:]
    refused = [each == REFUSED for each in row if each != WELL]
    state = BLOCKED if refused and (all(refused) or (was == BLOCKED and any(refused))) else BLIND
    since = facts.last_ok or facts.failing_since or now
    return Judged(state=state, severity=Severity.MEDIUM, since=since, reasons=_trouble(facts))


def _trouble(facts: Facts) -> tuple[str, ...]:
    return (facts.error,) if facts.error else ()


def _stumbles(facts: Facts, said: Sequence[str], *, was: str) -> tuple[str, ...]:
    looked = said[-LOOKED:]
    failed = sum(each != WELL for each in looked)
    enough = len(looked) >= LOOKED // 2
    # Whoever sees again is not told of for what is over: forty that come back are no forty cards.
    enough = enough and (was == DEGRADED or said[-1] != WELL)
    if enough and failed >= (2 if was == DEGRADED else max(3, math.ceil(len(looked) / 3))):
        return (f"{failed} of its last {len(looked)} visits failed", *_trouble(facts))
    if facts.lost >= LOST and facts.lost > (1 if was == DEGRADED else 2) * facts.kept:
        lost, all_ = facts.lost, facts.lost + facts.kept
        return (f"{lost:,} of {all_:,} tries for its documents failed in the last day",)
    return ()


def _hampered(facts: Facts, *, was: str, now: datetime) -> tuple[str, ...]:
    """What keeps a place that answers well from being read in time, or at all."""
    reasons = []
    still = was == DEGRADED
    share = (1 if still else 2) * facts.compared
    if facts.far and facts.alike >= ALIKE and 3 * facts.alike > share:
        reasons.append(
            f"{facts.alike:,} of the last day's {facts.compared:,} documents without a finding were "
            "the same page: a login or a challenge may stand in their place; open one in a browser"
        )
    if facts.waits_since is not None and now - facts.waits_since > BEHIND / (2 if still else 1):
        reasons.append(
            f"{facts.waiting:,} items wait to be read, the first for {span(facts.waits_since, now)}: "
            "it lists more than may be asked for, or their host keeps us away"
        )
    away = _away(facts, now)
    if away is not None:
        reasons.append(
            f"it wants to be visited every {away / HOUR:.0f} hours, and what it lists meanwhile is seen "
            "that late; a longer `every` says that this is meant"
        )
    return tuple(reasons)


def _away(facts: Facts, now: datetime) -> timedelta | None:
    """For how long a place that answered well keeps us away, where that is much longer than we would stay."""
    if facts.tried_at is None or facts.next_due is None or facts.ends[-1:] != (WELL,):
        return None
    if facts.next_due <= now:
        return None  # it is we who are late, or begin
    away = facts.next_due - facts.tried_at
    return away if away > max(AWAY, TIMES * facts.every) else None
