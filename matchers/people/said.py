"""Identifiers of one row that are ours, before they are weighed together."""

from __future__ import annotations

from typing import NamedTuple

from watcher.api import Family

FORCE_BITS = 2.0  # added to a name by standing at the force's own domain


class Named(NamedTuple):
    """Whom a name means (positions in the roster), by how many edits, by which rule (chance.Rule)."""

    officers: tuple[int, ...]
    edits: int = 0
    rule: int = 0


class NumberHit(NamedTuple):
    """Officers by role. `bits`: of the number's shape."""

    officers: dict[str, tuple[int, ...]]
    bits: float

    @property
    def everybody(self) -> tuple[int, ...]:
        """All whom it means, in any role."""
        return tuple(sorted({officer for each in self.officers.values() for officer in each}))

    def among(self, known: set[int]) -> dict[str, tuple[int, ...]]:
        """The roles in which it means somebody of these."""
        return {role: each for role, each in self.officers.items() if known.intersection(each)}


class MailHit(NamedTuple):
    """
    `force`: at a watched, enrolled or police domain. `field`: the roster's column that says so.

    `numeric`: the local part is a number (`4471@`): it is that number once
    more, and no second kind of identifier. `own`: at a watched or enrolled
    domain itself, where a number is the address of whoever has it.
    """

    officers: tuple[int, ...]
    bits: float
    force: bool
    numeric: bool = False
    field: str = "email"
    own: bool = False

    @property
    def family(self) -> Family:
        """Which evidence it is; two of one family never multiply."""
        return Family.NUMBER if self.numeric else Family.MAIL
