"""What a document that is no list by itself leaves behind, to be weighed with others like it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from watcher.model.matching import Family

# Matches of one document that are kept; more of them would be a list by themselves.
KEPT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """
    The rows of one family in one document, equal ones once.

    Of each row that matched: `keys` ('Q'), a keyed hash by which equal rows are
    found; `chance` ('d'), the probability that an innocent row matches; whom it
    means, `officers[starts[i]:starts[i + 1]]` ('I', positions in the roster).
    `misses`: rows that did not match. `expected`: the sum of all chances.
    """

    family: Family
    keys: array[int] = field(repr=False)
    chance: array[float] = field(repr=False)
    starts: array[int] = field(repr=False)
    officers: array[int] = field(repr=False)
    misses: int
    expected: float

    @property
    def hits(self) -> int:
        """Distinct rows that matched."""
        return len(self.keys)
