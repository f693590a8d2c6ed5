"""
One thing that a document shows, with the severity it would have alone.

A finding is the strongest signal, with what the others add.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from watcher.model import Family, Severity

# Of two signals equally severe the finding is named after the earlier rule.
LISTS = ("list", "numbers")
PUBLICATION = "publication"
RULES = (
    "list",
    "numbers",
    "person",
    "secret",
    "structure",
    PUBLICATION,
    "supplier",
    "unread",
    "mention",
)


class Topic(IntEnum):
    """What a reason is about, in the order in which a list is explained."""

    SHARE = 0  # how much of a list is ours
    BESIDE = 1  # identifiers that agree with the person beside them
    SHAPE = 2  # ranks, headings
    HIDDEN = 3
    DATA = 4  # what else is shown of the people
    OTHER = 5
    CONTEXT = 6  # why a shape or an agreement matters where no list is ours


class Reason(NamedTuple):
    """One line of plain words. `families`: the identifiers whose number it tells."""

    topic: Topic
    text: str
    families: frozenset[Family] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """
    `people`: groups of positions, a group of one is a person told apart; of them
    `doubtful` may be there by accident. The rest as in Finding.

    `echo`: it was met in a second reading of the same bytes. `improbable`:
    chance would not bring so many of a high-risk group. `home`: home data or a
    threat stands beside a name. `suppliers`: marks of those that are meant,
    `called` the operator's names for them.
    """

    severity: Severity
    rule: str
    title: str
    reasons: tuple[Reason, ...] = ()
    people: frozenset[frozenset[int]] = frozenset()
    doubtful: frozenset[frozenset[int]] = frozenset()
    rows: int = 0
    expected: float = 0.0
    bits: float = 0.0
    fields: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    echo: bool = False
    improbable: bool = False
    home: bool = False
    suppliers: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()

    @property
    def listed(self) -> bool:
        """Whether it is a list of ours, wherever it is published."""
        return self.rule in LISTS or any(each.topic == Topic.SHARE for each in self.reasons)

    def strength(self) -> tuple[int, bool, int, float, int, tuple[str, ...]]:
        """What signals are ordered by, the strongest greatest."""
        return (
            self.severity,
            not self.echo,
            -RULES.index(self.rule),
            self.bits,
            self.rows,
            self.places,
        )


def raised(severity: Severity, *, hidden: bool) -> Severity:
    """A hidden people-table counts one step higher than an open one."""
    return Severity(min(severity + 1, Severity.CRITICAL)) if hidden else severity
