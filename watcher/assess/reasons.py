"""
Why: a few lines that a reader takes in at once, none of them said by another.

High risk first, then what the finding is named after. Beside a list of ours
the lines come in one order whatever said them: how much of it is ours, what
agrees beside, its shape, that it is hidden, what else it shows; and at last
what could not be read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from watcher.assess import words
from watcher.assess.case import Case
from watcher.assess.signal import Reason, Signal, Topic
from watcher.model import Family, Unread

TOLD = 3  # lists whose share is told; the others are counted
# Lines; beyond them only the strongest list's share is told, and what concerns
# one thing stands in one line.
ENOUGH = 7


def reasons_of(
    told: Sequence[Signal],
    case: Case,
    people: Collection[frozenset[int]],
    unread: Sequence[Unread],
) -> tuple[str, ...]:
    """The reasons of these signals, the strongest first; `people` are those of the finding."""
    first = []
    risky = sum(all(case.officers[at].high_risk for at in group) for group in people)
    if risky:
        improbable = any(each.improbable for each in told)
        first.append(words.at_risk(risky, improbable=improbable))
    last = []
    if case.hushed:
        last.append(f"{words.several(case.hushed, 'mention')} of public officers left out")
    if unread:
        last.append(words.unread_parts(unread))
    lines = [text for _, text in _lines(told, TOLD)]
    if len(first) + len(lines) + len(last) > ENOUGH:
        lines = [
            "; ".join(text for _, text in each)
            for _, each in groupby(_lines(told, 1), key=lambda line: line[0])
        ]
    return tuple(dict.fromkeys((*first, *lines, *last)))


def _lines(told: Sequence[Signal], shares: int) -> list[tuple[Topic, str]]:
    main = told[0]
    lists = [each for each in told if each.listed]
    shown = [each for each in lists if each is main or not _implied(each, lists)]
    listed = frozenset[frozenset[int]]().union(*(each.people for each in shown))
    families: set[Family] = set()
    reasons: list[Reason] = []
    for each in told:
        for reason in each.reasons:
            if reason.topic == Topic.SHARE and each not in shown[:shares]:
                continue
            if reason.topic == Topic.CONTEXT and each is not main:
                continue
            if reason.topic == Topic.BESIDE:
                if reason.families <= families and (each.listed or each.people <= listed):
                    continue
                families |= reason.families
            reasons.append(reason)
    if shown[shares:]:
        text = f"{words.several(len(shown[shares:]), 'more list')} of ours"
        reasons.append(Reason(Topic.SHARE, text))
    own = () if main.listed else main.reasons
    reasons.sort(key=lambda reason: (reason not in own, 0 if reason in own else reason.topic))
    return list({reason.text: (reason.topic, reason.text) for reason in reasons}.values())


def _implied(one: Signal, lists: Sequence[Signal]) -> bool:
    """Whether a list of names says of all these numbers or addresses whose they are."""
    families = {f for reason in one.reasons if reason.topic == Topic.SHARE for f in reason.families}
    return Family.NAME not in families and any(
        one.people <= other.people and families <= reason.families
        for other in lists
        if other is not one
        for reason in other.reasons
        if reason.topic == Topic.BESIDE
    )
