"""Rows of one list, counted before any look-up, with the chance of each."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from matchers.people.siphash import Kind, tags
from watcher.api import Family, Part, Roll


@dataclass(slots=True)
class Count:
    """A roll being counted: one entry for each name-, number- or address-shaped row."""

    family: Family
    spelled: list[bytes] = field(default_factory=list, repr=False)
    chance: list[float] = field(default_factory=list)
    hit: list[bool] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, spelled: bytes, chance: float, number: int, *, hit: bool) -> None:
        self.spelled.append(spelled)
        self.chance.append(chance)
        self.hit.append(hit)
        self.numbers.append(number)

    def roll(self, part: Part, key: tuple[int, int], columns: Sequence[str] = ()) -> Roll | None:
        """The finished roll, or None if nothing was counted."""
        if not self.spelled:
            return None
        distinct = list(dict.fromkeys(self.spelled))
        tag = dict(zip(distinct, tags(Kind.TEXT, distinct, key).tolist(), strict=True))
        return Roll(
            where=part.where,
            family=self.family,
            keys=array("Q", [tag[each] for each in self.spelled]),
            chance=array("d", self.chance),
            hit=array("B", self.hit),
            numbers=array("Q", self.numbers),
            columns=tuple(columns),
            cells=part.cells,
            hidden=part.hidden,
            echo=part.echo,
        )
