"""
What is told of all sources together: each change once, and one trouble of many as one.

A source that goes blind is held back for some minutes, to see whether others
follow. Where most of those that were visited since then failed as well the
trouble is one: of this host, its network, or its proxy. While that is told the
sources that it stands for are not; those that stay blind when it is over are
told then. One that follows later is told by itself, or with others as that the
trouble of all has grown: what lasts for weeks must not hide it.

Whether a visit failed for a cause on this side stands in how it ended (`LOCAL`,
entered by the visit: see `pipeline.whose`). Sources that failed before that
could be known, and those that fail for many reasons at once, are seen here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from watcher.errors import BROKEN, LOCAL, UNREACHABLE
from watcher.health.facts import BLIND, BLOCKED, DEGRADED, QUIET, Facts, Judged
from watcher.health.state import LASTING
from watcher.model import OK, Notice, Severity

SOURCE, SOURCES = "source", "sources"  # kinds of notices
CUT_OFF = "cut off"  # no source can be reached, for a cause on this side

LEAST = 3  # sources that make a trouble one of many
MOST = 0.6  # of those that could have it
FEWER = 0.3  # below this it is one of few again
HOLD: Mapping[str, timedelta] = {
    BLIND: timedelta(minutes=10),
    BLOCKED: timedelta(minutes=10),
    QUIET: timedelta(hours=3),
    DEGRADED: timedelta(0),
}
HOLIDAY = timedelta(days=1)  # that a source which is quiet is held back while most are
LONGEST = timedelta(hours=1)  # that a blind source is held back while others fail as well
LATELY = timedelta(minutes=20)
_UNHEARD = frozenset({LOCAL, UNREACHABLE, BROKEN, "silent", "fault"})
NAMED = 10  # sources that a notice names


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    What is to be told now, each with the time since when it is so.

    `held`: sources that are not what was told of them, and since when that was
    seen; to be handed back at the next look. `covers`: the sources that the
    trouble of all stands for, which are not told of by themselves.
    """

    notices: tuple[tuple[Notice, datetime], ...]
    held: Mapping[str, datetime] = field(default_factory=dict)
    covers: frozenset[str] = frozenset()


def told(
    judged: Mapping[str, Judged],
    facts: Mapping[str, Facts],
    *,
    before: Mapping[str, str],
    all_before: str,
    held: Mapping[str, datetime],
    now: datetime,
    covered: Collection[str] = (),
) -> Told:
    """
    What of these judgements is told.

    `before`: the state that was told last of a source (none: `OK`), and
    `all_before` of all together, which stood for those `covered`; `held`: see
    `Told`.
    """
    of_all = _of_all(judged, facts, all_before, now)
    alike = _alike(of_all.state, judged, facts)
    covers = alike
    if of_all.state == all_before != CUT_OFF:
        covers = alike & frozenset(covered)
        new = [
            name
            for name in alike - covers
            if judged[name].state != before.get(name, OK)
            and now - held.get(name, now) >= HOLD[judged[name].state]
        ]
        if len(new) >= max(LEAST, FEWER * len(covers)):
            covers = alike
            of_all = replace(of_all, reasons=(*of_all.reasons, f"new among them: {_names(new)}"))
    notices = [] if of_all.state == all_before == OK else [(of_all, _since(of_all, judged, now))]
    waiting: dict[str, datetime] = {}
    for name, each in judged.items():
        if each.state == before.get(name, OK) and each.state == OK:
            continue
        if each.state != before.get(name, OK):
            waiting[name] = held.get(name, now)
            holiday = each.state == of_all.state == QUIET and now - waiting[name] < HOLIDAY
            if name in covers or holiday or _waits(name, each, facts, waiting[name], now):
                continue
            del waiting[name]
        notices.append((_notice(name, each, now), each.since))
    kept = frozenset() if of_all.state == CUT_OFF else covers  # whoever it is: nobody can be seen
    return Told(notices=tuple(notices), held=waiting, covers=kept)


def _alike(state: str, judged: Mapping[str, Judged], facts: Mapping[str, Facts]) -> frozenset[str]:
    """The sources whose trouble is that of all, where all are in this state."""
    states = {BLIND: (BLIND, BLOCKED), QUIET: (QUIET,), CUT_OFF: (BLIND, BLOCKED, QUIET)}
    return frozenset(
        name
        for name, each in judged.items()
        if each.state in states.get(state, ()) and (state != CUT_OFF or facts[name].far)
    )


def _waits(
    name: str, judged: Judged, facts: Mapping[str, Facts], seen: datetime, now: datetime
) -> bool:
    """Whether a source's trouble may yet turn out to be that of many."""
    if judged.state == OK or len(facts) < LEAST:
        return False
    if now - seen < HOLD.get(judged.state, timedelta(0)):
        return True
    if judged.state not in (BLIND, BLOCKED) or now - seen >= LONGEST:
        return False
    tried = _tried(facts, facts[name].failing_since)
    failing = [each for each in tried if facts[each].ends[-1:] != ("ok",)]
    return len(failing) >= LEAST and len(failing) >= MOST * len(tried)


def _of_all(
    judged: Mapping[str, Judged], facts: Mapping[str, Facts], before: str, now: datetime
) -> Notice:
    cause = _cut_off(facts, before, now)
    if cause is not None:
        title = "no source can be reached: this host's way out is down"
        return _of(CUT_OFF, Severity.HIGH, title, (cause,), now)
    blind = sorted(_alike(BLIND, judged, facts))
    since = min((at for name in blind if (at := facts[name].failing_since)), default=None)
    tried = set(_tried(facts, since)) | set(blind)
    if _many(blind, len(tried), still=before == BLIND):
        title = f"{_share(blind, judged)} sources are blind at once: {_cause(blind, facts)}"
        reasons = (f"{_share(blind, judged)}: {_names(blind)}", *_errors(blind, facts))
        return _of(BLIND, Severity.HIGH, title, reasons, now)
    quiet = sorted(_alike(QUIET, judged, facts))
    known = sum(each.usual is not None for each in facts.values())
    if _many(quiet, known, still=before == QUIET):
        title = f"{_share(quiet, judged)} sources are quiet at once: a holiday, or this host"
        begun = min(judged[name].since for name in quiet)
        severity = Severity.MEDIUM if now - begun > LASTING else Severity.LOW
        reasons = (f"{_share(quiet, judged)}: {_names(quiet)}",)
        return _of(QUIET, severity, title, reasons, now)
    return _of(OK, Severity.INFO, "sources are no longer in trouble all together", (), now)


def _of(
    state: str, severity: Severity, title: str, reasons: tuple[str, ...], now: datetime
) -> Notice:
    return Notice(
        kind=SOURCES, state=state, severity=severity, title=title, reasons=reasons, at=now
    )


def _since(notice: Notice, judged: Mapping[str, Judged], now: datetime) -> datetime:
    if notice.state not in (BLIND, QUIET):
        return now
    states = (BLIND, BLOCKED) if notice.state == BLIND else (QUIET,)
    return max((each.since for each in judged.values() if each.state in states), default=now)


def _cut_off(facts: Mapping[str, Facts], before: str, now: datetime) -> str | None:
    """What keeps this host from reaching anybody, where that is so."""
    far = [each for each in facts.values() if each.far]
    lately = [each for each in far if each.asked_at and now - each.asked_at <= LATELY]
    if not lately and before == CUT_OFF:  # nobody was asked since: it is as it was
        lately = [each for each in far if each.ends[-1:] == (LOCAL,)]
    local = [each for each in lately if each.ends[-1:] == (LOCAL,)]
    if not local or len(local) < len(lately):
        return None
    twice = any(each.ends[-2:] == (LOCAL, LOCAL) for each in local)
    return local[0].error if twice or len(local) >= LEAST or before == CUT_OFF else None


def _tried(facts: Mapping[str, Facts], since: datetime | None) -> list[str]:
    """Sources that were asked over the network since then."""
    if since is None:
        return []
    return [
        name
        for name, each in facts.items()
        if each.far and each.asked_at and each.asked_at >= since
    ]


def _many(names: list[str], of: int, *, still: bool) -> bool:
    if still:
        return bool(names) and len(names) > FEWER * of
    return len(names) >= LEAST and len(names) >= MOST * of


def _cause(names: list[str], facts: Mapping[str, Facts]) -> str:
    """What to look at first: whoever has answers has a way out."""
    ends = [facts[name].ends[-1] for name in names if facts[name].ends]
    unheard = sum(each in _UNHEARD for each in ends)
    return "the network, or this host" if 2 * unheard >= len(ends) else "most of them answer"


def _share(names: list[str], judged: Mapping[str, Judged]) -> str:
    return f"{len(names)} of {len(judged)}"


def _names(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(sorted(names)[:NAMED]) + more


def _errors(names: list[str], facts: Mapping[str, Facts]) -> tuple[str, ...]:
    """One of each kind of trouble."""
    found = {facts[name].ends[-1]: facts[name].error for name in names if facts[name].ends}
    return tuple(each for each in found.values() if each)[:3]


def _notice(name: str, judged: Judged, now: datetime) -> Notice:
    since = f"{judged.since:%Y-%m-%d %H:%M} UTC"
    title = {
        OK: f"source {name} is well again",
        QUIET: f"source {name} brings less than usual",
        DEGRADED: f"source {name} is degraded",
        BLOCKED: f"source {name} refuses us since {since}",
        BLIND: f"source {name} is blind since {since}",
    }[judged.state]
    return Notice(
        kind=SOURCE,
        subject=name,
        state=judged.state,
        severity=judged.severity,
        title=title,
        reasons=judged.reasons,
        at=now,
    )
