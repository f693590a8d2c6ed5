"""
One thing that a document shows, with the severity it would have alone.

A finding is the strongest signal, with what the others add.
"""

from __future__ import annotations

from dataclasses import dataclass

from watcher.model import Severity

# Of two signals equally severe the finding is named after the earlier rule.
RULES = ("list", "numbers", "person", "secret", "structure", "supplier", "unread", "mention")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """
    `people`: groups of positions, a group of one is a person told apart. The rest as in Finding.

    `echo`: it was met in a second reading of the same bytes.
    """

    severity: Severity
    rule: str
    title: str
    reasons: tuple[str, ...] = ()
    people: frozenset[frozenset[int]] = frozenset()
    rows: int = 0
    expected: float = 0.0
    bits: float = 0.0
    fields: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    echo: bool = False

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
