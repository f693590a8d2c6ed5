"""
Rows of one list that share a value of a column: our people among another customer's.

Each value with enough rows is a list of its own. It is paid for with the
logarithm of how many values were tried, whether anybody of theirs is ours or
not. Never is a value told, nor what kind of thing it is unless a heading says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from watcher.assess.counted import Counted
from watcher.assess.weight import Floats, Integers, weigh_groups
from watcher.model import Group

# Rows of one value below which they are no list: five of them are worth what
# the thousand values of a column cost.
LEAST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """
    The rows that share one value of `column` (0-based): which `hits` of the roll, and their score.

    `rows` are those of the value, `expected` the hits that chance would bring.
    """

    column: int
    hits: Integers
    rows: int
    expected: float
    bits: float


def groupings(counted: Counted) -> bool:
    """Whether this list has a column by which its rows are grouped."""
    return bool(counted.values)


def sharing(counted: Counted, *, least: float) -> tuple[Sharing, ...]:
    """
    The groups of the column that says most, those of at least `least` bits, the strongest first.

    What is paid for: the values tried in all columns, and the coverages.
    """
    tables = [_table(counted, column) for column in sorted(counted.values)]
    tried = sum(table.tried for table in tables)
    if not tried:
        return ()
    price = log2(tried)
    best: tuple[float, Sequence[Sharing]] = (0.0, ())
    for table in tables:
        found = table.found(counted, price, least)
        total = sum(each.bits for each in found)
        if total > best[0]:
            best = (total, found)
    return tuple(sorted(best[1], key=lambda each: -each.bits))


@dataclass(frozen=True, slots=True)
class _Table:
    """One column's values that have a hit: `place` of each of `hits`, and `misses` of each value."""

    column: int
    hits: Integers
    place: Integers
    misses: Integers
    tried: int

    def found(self, counted: Counted, price: float, least: float) -> list[Sharing]:
        chance: Floats = counted.chance[self.hits]
        rows = np.bincount(self.place, minlength=len(self.misses)) + self.misses
        bits = weigh_groups(chance, self.place, self.misses) - price
        bits[rows < LEAST] = -np.inf
        # Nobody knows the chance of a single row that did not match.
        missing = self.misses * (counted.expected / max(1, counted.misses))
        expected = missing + np.bincount(self.place, weights=chance, minlength=len(self.misses))
        return [
            Sharing(
                column=self.column,
                hits=self.hits[self.place == at],
                rows=int(rows[at]),
                expected=float(expected[at]),
                bits=float(bits[at]),
            )
            for at in np.flatnonzero(bits >= least).tolist()
        ]


def _table(counted: Counted, column: int) -> _Table:
    values = counted.values[column]
    hits = np.flatnonzero(values)
    with_hits, place = np.unique(values[hits], return_inverse=True)
    groups = _groups(counted, column)
    missed = np.concatenate([np.array(each.missed) for each in groups])
    counts = np.concatenate([np.array(each.misses, dtype=np.int64) for each in groups])
    distinct, where = np.unique(missed, return_inverse=True)
    misses = np.bincount(where, weights=counts, minlength=len(distinct)).astype(np.int64)
    at = np.searchsorted(distinct, with_hits)
    known = np.zeros(len(with_hits), dtype=np.bool_)
    inside = at < len(distinct)
    known[inside] = distinct[at[inside]] == with_hits[inside]
    own = np.zeros(len(with_hits), dtype=np.int64)
    own[known] = misses[at[known]]
    rows = np.bincount(place, minlength=len(with_hits)) + own
    alone = np.ones(len(distinct), dtype=np.bool_)
    alone[at[known]] = False
    tried = int((rows >= LEAST).sum()) + int((misses[alone] >= LEAST).sum())
    return _Table(column, hits, place, own, tried)


def _groups(counted: Counted, column: int) -> list[Group]:
    return [
        group
        for segment in counted.roll.segments
        for group in segment.groups
        if group.column == column
    ]
