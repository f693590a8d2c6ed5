"""
What the cells of one table spell, each distinct one taken apart once.

Ranks, units and names repeat themselves down a column. The memory lives as
long as one part is read.
"""

from __future__ import annotations

from matchers.people import mail, numbers
from matchers.people.lines import Line, parse
from matchers.people.order import Unit, units

_NO_TITLES: frozenset[bytes] = frozenset()


class Cells:
    """Asked with clean cells: text and fold, offset by offset."""

    def __init__(self, shapes: numbers.Shapes) -> None:
        self._shapes = shapes
        self._units: dict[str, list[Unit]] = {}
        self._lines: dict[str, Line] = {}
        self._numbers: dict[bytes, numbers.Number] = {}

    def units(self, folded: bytes, text: str) -> list[Unit]:
        """The names in a cell of names alone: `MS` is a title beside a name, and initials there."""
        found = self._units.get(text)
        if found is None:
            found = self._units[text] = units(folded, text, _NO_TITLES)
        return found

    def line(self, folded: bytes, text: str) -> Line:
        """All that a cell holds which may hold more than a name."""
        found = self._lines.get(text)
        if found is None:
            found = self._lines[text] = parse(folded, text, self._shapes)
        return found

    def number(self, folded: bytes) -> numbers.Number:
        """The number that a whole cell spells, NONE if it spells none."""
        found = self._numbers.get(folded)
        if found is None:
            found = self._numbers[folded] = numbers.parse(folded)
        return found

    @staticmethod
    def addresses(folded: bytes) -> list[mail.Address]:
        """The addresses in a cell."""
        return mail.find(folded)
