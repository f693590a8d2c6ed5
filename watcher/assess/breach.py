"""
What a service knows of our addresses: in which breaches they are, and whose they are.

That is no document that leaked, and is not weighed: a hash of an address agrees
or it does not. An old breach is worth a note, and so is one of addresses only;
passwords or home data beside them are worth an afternoon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from watcher.assess import words
from watcher.model import BREACH, Finding, Officer, Severity, Sign, Tally
from watcher.vocabulary import Field

NAMED = 5  # breaches that are told by name
GRAVE = frozenset({Sign.SECRET, Sign.ADDRESS, Sign.PHONE, Sign.BIRTH, Sign.VEHICLE, Sign.KIN})


def breached(tally: Tally, officers: Sequence[Officer]) -> Finding | None:
    """
    The finding, None where nobody of ours is in any.

    `where` of each record is the breach, as the service calls it.
    """
    records = tally.records
    if not records:
        return None
    groups = {match.officers for each in records for match in each.matches}
    single = sorted({at for group in groups if len(group) == 1 for at in group})
    shared = {group for group in groups if len(group) > 1}
    people = len(single) + len(shared)
    pairs = {(each.where, match.officers) for each in records for match in each.matches}
    many = Counter(where for where, _ in pairs)
    signs = frozenset[Sign]().union(*(each.signs for each in records))
    grave = signs & GRAVE
    risky = sum(all(officers[at].high_risk for at in group) for group in groups)
    reasons = [words.at_risk(risky, improbable=False)] if risky else []
    order = sorted(many, key=lambda where: (-many[where], where))
    reasons += [f"{where}: {many[where]:,} of ours" for where in order[:NAMED]]
    if order[NAMED:]:
        reasons.append(words.several(len(order) - NAMED, "more breach"))
    if Sign.SECRET in signs:
        reasons.append("passwords were among what was taken")
    if tally.dropped:
        reasons.append("there are more than are counted here")
    (name,) = many if len(many) == 1 else ("",)
    return Finding(
        severity=Severity.MEDIUM if grave else Severity.LOW,
        rule=BREACH,
        title=(
            f"E-mail addresses of ours in the data breach {name}"
            if name
            else f"E-mail addresses of ours in {words.several(len(many), 'data breach')}"
        ),
        count=people,
        rows=people,
        officers=tuple(officers[at].ref for at in single),
        possible=tuple(sorted(tuple(sorted(officers[at].ref for at in group)) for group in shared)),
        fields=words.told(
            {Field.EMAIL, *(words.KINDS[sign] for sign in grave if sign in words.KINDS)}
        ),
        reasons=tuple(reasons),
    )
