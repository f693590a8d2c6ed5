"""
Pay, warrant and collar numbers: how they are filed, and how rare they are.

A number is filed in full (letters and digits, without spaces, dashes and
leading zeros) and by its core of digits alone. Its *shape* (letters before,
digits, letters after) says how likely an accident is: how many numbers of that
shape are enrolled, over which span. Spans are rounded outwards to two digits:
the tables must not hold anybody's number, not even the first and the last.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.people.fold import fold
from matchers.people.words import bare

ROLES = ("pay_number", "warrant_number", "collar_number")
MOST_DIGITS = 15
ENOUGH = 100  # enrolled numbers of a shape, below which its span is not trusted
WEAK_BITS = 1.0  # a year, date, time or price in open text: more than half of four-digit tokens

_ALIKE = re.compile(rb"([a-z]{0,6})0*(\d{1,%d})([a-z]{0,4})" % MOST_DIGITS)
_NOT_IN_NUMBERS = re.compile(rb"[^a-z0-9]+")


class Number(NamedTuple):
    """A number as it is filed: `full` (b"" if it has no digits) and its digits alone."""

    full: bytes
    core: bytes
    shape: int


NONE = Number(b"", b"", 0)


def shape_of(before: int, digits: int, after: int) -> int:
    """A shape as one number: letters before, digits, letters after."""
    return before << 16 | digits << 8 | after


def parse(folded: bytes) -> Number:
    """The number that folded text spells, NONE if it spells none."""
    if folded.endswith(b".0") and folded[:-2].isdigit():
        folded = folded[:-2]  # a spreadsheet's column of numbers with gaps, exported
    if folded.isdigit() and len(folded) <= MOST_DIGITS:
        core = folded.lstrip(b"0") or b"0"
        return Number(core, core, shape_of(0, len(core), 0))
    compact = _NOT_IN_NUMBERS.sub(b"", bare(folded))
    match = _ALIKE.fullmatch(compact)
    if match is None:
        if any(char in b"0123456789" for char in compact) and len(compact) <= 24:
            digits = sum(char in b"0123456789" for char in compact)
            return Number(compact, b"", shape_of(len(compact) - digits, digits, 0xFF))
        return NONE
    before, core, after = match.groups()
    core = core.lstrip(b"0") or b"0"
    return Number(before + core + after, core, shape_of(len(before), len(core), len(after)))


def number(text: str) -> Number:
    """The number that a plain value spells."""
    return parse(fold(text))


class Shapes:
    """How many enrolled numbers have each shape, and over which span."""

    def __init__(self, table: npt.NDArray[np.int64]) -> None:
        self._shapes = {int(row[0]): tuple(int(value) for value in row[1:]) for row in table}
        self._spans = {shape: self._span(shape) for shape in self._shapes}
        self._bits = {shape: math.log2(span) for shape, span in self._spans.items()}

    def span(self, shape: int) -> int:
        """How many numbers of this shape there could be: the enrolled span, or the whole shape."""
        known = self._spans.get(shape)
        return self._span(shape) if known is None else known

    def _span(self, shape: int) -> int:
        digits = shape >> 8 & 0xFF
        whole = 9 * 10 ** (digits - 1) if digits > 1 else 10
        count, low, high = self._shapes.get(shape, (0, 0, 0))
        return max(high - low + 1, count) if count >= ENOUGH else max(whole, count)

    def bits(self, shape: int) -> float:
        """−log2 of the chance that somebody's number of this shape is a given one."""
        known = self._bits.get(shape)
        return math.log2(self.span(shape)) if known is None else known


def learn(enrolled: Iterable[Number]) -> npt.NDArray[np.int64]:
    """Rows of (shape, count, low, high) for distinct enrolled numbers, in full and by their core."""
    seen: dict[int, set[bytes]] = {}
    for each in enrolled:
        seen.setdefault(each.shape, set()).add(each.full)
        if each.core and each.core != each.full:
            seen.setdefault(shape_of(0, len(each.core), 0), set()).add(each.core)
    rows = []
    for shape, values in sorted(seen.items()):
        digits = shape >> 8 & 0xFF
        cores = [int(re.sub(rb"\D", b"", value)) for value in values]
        unit = 10 ** max(0, digits - 2)
        low, high = min(cores) // unit * unit, (max(cores) // unit + 1) * unit - 1
        if shape & 0xFF == 0xFF or digits > 17:
            low, high = 0, 10 ** min(digits, 17)
        rows.append((shape, len(values), low, high))
    return np.array(rows, dtype=np.int64).reshape(len(rows), 4)
