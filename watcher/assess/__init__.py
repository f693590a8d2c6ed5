"""
What a document's tally means, judged: pure functions, no I/O.

    Tally → Case → Signals → Finding

`case` puts the tally in order, `lists` and `persons` weigh the people in it,
`severity` and `context` say how much each signal matters, and `assess` makes
one finding of them: named after the strongest, with what the others add.
`accident` says how many agreements chance would bring, `reasons` puts in a few
lines why.
"""

from __future__ import annotations

from collections.abc import Sequence

from watcher.assess import words
from watcher.assess.case import Case
from watcher.assess.context import context_signals
from watcher.assess.persons import person_signals
from watcher.assess.places import distinct, overlapping
from watcher.assess.reasons import reasons_of
from watcher.assess.severity import list_signals
from watcher.assess.signal import Signal
from watcher.config.settings import Matching
from watcher.model import Finding, Officer, Severity, Tally, Unread

__all__ = ["assess"]


def assess(
    tally: Tally,
    *,
    officers: Sequence[Officer],
    settings: Matching,
    unread: Sequence[Unread] = (),
    leak_listing: bool = False,
) -> Finding | None:
    """
    The finding of one document, or None where not even `info` is due.

    `tally` is the sum over its parts, in any order; `officers` the enrolled
    roster, by position; `unread` what could not be read. `leak_listing`: the
    source lists what thieves have published.
    """
    case = Case.of(tally, officers)
    signals = [
        *list_signals(case, settings),
        *person_signals(case, settings),
        *context_signals(case, unread, leak_listing=leak_listing),
    ]
    if not signals:
        return None
    signals.sort(key=Signal.strength, reverse=True)
    main = signals[0]
    told = [each for each in signals if each.severity >= min(main.severity, Severity.MEDIUM)]
    people = {group for each in told for group in each.people}
    single = sorted({at for group in people if len(group) == 1 for at in group})
    groups = {tuple(sorted(officers[at].ref for at in group)) for group in people if len(group) > 1}
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
