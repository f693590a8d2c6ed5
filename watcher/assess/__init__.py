"""
What a document's tally means, judged: pure functions, no I/O.

    Tally → Case → Signals → Finding

`case` puts the tally in order, `lists` and `persons` weigh the people in it,
`severity`, `context` and `publication` say how much each signal matters,
`shown` gathers them, and `assess` makes one finding of them: named after the
strongest, with what the others add. `accident` says how many agreements chance
would bring, `reasons` puts in a few lines why. What is no list by itself leaves
`traces`, and may be one `together` with others of its source. What a service
knows of our addresses is no document, and is judged by `breached`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from watcher.assess import words
from watcher.assess.breach import breached
from watcher.assess.case import Case
from watcher.assess.pause import collector_paused
from watcher.assess.places import distinct, overlapping
from watcher.assess.reasons import reasons_of
from watcher.assess.shown import signals
from watcher.assess.signal import Signal
from watcher.assess.together import together
from watcher.assess.traces import Leaving, leaving
from watcher.config.settings import Matching
from watcher.model import Finding, Officer, Severity, Tally, Unread

__all__ = ["Judged", "Leaving", "assess", "breached", "judged", "together"]


def assess(
    tally: Tally,
    *,
    officers: Sequence[Officer],
    settings: Matching,
    unread: Sequence[Unread] = (),
    leak_listing: bool = False,
    published: Collection[str] = (),
    name: str = "",
) -> Finding | None:
    """
    The finding of one document, or None where not even `info` is due.

    `tally` is the sum over its parts, in any order; `officers` the enrolled
    roster, by position; `unread` what could not be read. `leak_listing`: the
    source lists what thieves have published. `published`: the pieces (`where`)
    that are the visible page of an own publisher (see `publication`). `name`:
    what the document's file is called, which may promise a staff list.
    """
    return judged(
        tally,
        officers=officers,
        settings=settings,
        unread=unread,
        leak_listing=leak_listing,
        published=published,
        name=name,
    ).finding


class Judged(NamedTuple):
    """The finding of a document, and what it leaves to be weighed with others (see `together`)."""

    finding: Finding | None
    leaving: Leaving


def judged(
    tally: Tally,
    *,
    officers: Sequence[Officer],
    settings: Matching,
    unread: Sequence[Unread] = (),
    leak_listing: bool = False,
    published: Collection[str] = (),
    name: str = "",
) -> Judged:
    """As `assess`, with what the document leaves if it is no more than `info`."""
    with collector_paused():
        case = Case.of(tally, officers)
        found = signals(
            case,
            settings=settings,
            unread=unread,
            leak_listing=leak_listing,
            published=published,
            name=name,
        )
        finding = _finding(case, found, unread) if found else None
        weak = finding is None or finding.severity <= Severity.INFO
        return Judged(finding, leaving(case) if weak else Leaving())


def _finding(case: Case, found: Sequence[Signal], unread: Sequence[Unread]) -> Finding:
    officers = case.officers
    main = found[0]
    told = [each for each in found if each.severity >= min(main.severity, Severity.MEDIUM)]
    people = {group for each in told for group in each.people}
    sure = frozenset[frozenset[int]]().union(*(each.people - each.doubtful for each in told))
    single = sorted({at for group in sure if len(group) == 1 for at in group})
    named = frozenset(single)
    groups = {
        tuple(sorted(officers[at].ref for at in group))
        for group in people
        if len(group) > 1 or not group <= named
    }
    return Finding(
        severity=main.severity,
        rule=main.rule,
        title=main.title,
        count=len(single) + len(groups),
        rows=_rows(told),
        expected=main.expected,
        bits=main.bits,
        officers=tuple(officers[at].ref for at in single),
        possible=tuple(sorted(groups)),
        fields=words.told(field for each in told for field in each.fields),
        places=distinct(place for each in told for place in each.places),
        reasons=reasons_of(told, case, people, unread),
        suppliers=tuple(sorted({mark for each in told for mark in each.suppliers})),
        called=tuple(sorted({name for each in told for name in each.called})),
    )


def _rows(told: Sequence[Signal]) -> int:
    """The rows of the signal that has most, and of those that speak of other places."""
    rows = 0
    known: tuple[str, ...] = ()
    for each in sorted(told, key=lambda each: each.rows, reverse=True):
        if each.people and not overlapping(each.places, known):
            rows += each.rows
            known += each.places
    return rows or told[0].rows
