"""
What a document's tally means, judged: pure functions, no I/O.

    Tally → Case → Signals → Finding

`case` puts the tally in order, `lists` and `persons` weigh the people in it,
`severity` and `context` say how much each signal matters, and `assess` makes
one finding of them: named after the strongest, with what the others add.
"""

from __future__ import annotations

from collections.abc import Sequence

from watcher.assess import words
from watcher.assess.case import Case
from watcher.assess.context import context_signals
from watcher.assess.persons import person_signals
from watcher.assess.places import distinct
from watcher.assess.severity import list_signals
from watcher.assess.signal import Signal
from watcher.config.settings import Matching
from watcher.model import Finding, Officer, Severity, Tally, Unread

__all__ = ["assess"]

TOLD = 3  # lists whose reasons are given; the others are counted


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
        rows=main.rows,
        expected=main.expected,
        bits=main.bits,
        officers=tuple(officers[at].ref for at in single),
        possible=tuple(sorted(groups)),
        fields=words.ordered(field for each in told for field in each.fields),
        places=distinct(place for each in told for place in each.places),
        reasons=_reasons(told, case, unread),
    )


def _reasons(told: Sequence[Signal], case: Case, unread: Sequence[Unread]) -> tuple[str, ...]:
    lists = [each for each in told if each.rule in ("list", "numbers")]
    silent = lists[TOLD:]
    reasons = [reason for each in told if each not in silent for reason in each.reasons]
    if silent:
        reasons.append(f"{words.several(len(silent), 'more list')} of ours")
    if case.hushed:
        reasons.append(f"{words.several(case.hushed, 'mention')} of public officers left out")
    if unread:
        reasons.append(words.unread_parts(unread))
    return tuple(dict.fromkeys(reasons))
