"""
The rows of a list in one window, counted: arrays as long as what matched, never as the rows.

A segment is what a matcher hands in, and `segment_of` builds one from plain
rows. Which list it belongs to is in `matching`, how the sum of many is kept
small in `bounds`; what it says is judged in `assess`.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# A row: its key, the chance that it matches, whom it means (or merely whether
# it matched), its number.
PlainRow = tuple[int, float, "tuple[int, ...] | bool", int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    Rows of a segment that share a value of one column: our people among another customer's.

    `column` is 0-based. `values` ('Q') holds for each hit of the segment the
    keyed hash of its value in that column, 0 for an empty cell; `missed` ('Q')
    the distinct values of the rows that did not match, and `misses` ('I') how
    many distinct rows without a match had each. Whether a column is given must
    not depend on which rows match.
    """

    column: int
    values: array[int]
    missed: array[int]
    misses: array[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """
    The rows of a list in one window, counted before any look-up.

    Rows that are equal count once per segment, and a hit if any of them is
    one. `first` and `last` are the numbers of the first and last counted row,
    `entries` the rows counted, repeats included. Of each hit, in the order of
    the rows: `keys` ('Q', a keyed hash by which equal rows are found), `chance`
    ('d', the probability that an innocent row like it matches), `numbers` ('Q',
    its row's number in the piece), `gaps` ('I', the distinct rows without a
    match between the hit before, or the segment's start, and this one). `tail`:
    the same after the last hit. `expected`: sum of the chances of the rows that
    did not match. `starts` ('I', one more than hits) and `officers` ('I',
    positions in the roster): hit i means `officers[starts[i]:starts[i + 1]]`.
    """

    first: int
    last: int
    entries: int
    keys: array[int]
    chance: array[float]
    numbers: array[int]
    gaps: array[int]
    tail: int
    expected: float
    starts: array[int]
    officers: array[int]
    groups: tuple[Group, ...] = ()

    @property
    def misses(self) -> int:
        """Distinct rows without a match."""
        return sum(self.gaps) + self.tail

    @property
    def rows(self) -> int:
        """Distinct rows."""
        return len(self.keys) + self.misses


def segment_of(
    rows: Iterable[PlainRow], values: Mapping[int, Sequence[int]] | None = None
) -> Segment | None:
    """
    The segment of these rows, None if there are none.

    A row is (key, chance, officers, number); the officers may be a bool where
    it is known only whether it matched. `values`: by column, the value of each
    row (see `Group`).
    """
    told = list(rows)
    if not told:
        return None
    order = sorted(range(len(told)), key=lambda at: told[at][3])
    chance: dict[int, float] = {}
    place: dict[int, int] = {}  # key → the row that stands for it
    hit: set[int] = set()
    for at in order:
        key, p, officers, _ = told[at]
        chance[key] = max(chance.get(key, 0.0), p)
        if officers and key not in hit:
            hit.add(key)
            place[key] = at
        place.setdefault(key, at)
    gap, gaps, kept, missed = 0, array("I"), [], []
    for at in order:
        key = told[at][0]
        if place[key] != at:
            continue
        if key in hit:
            kept.append(at)
            gaps.append(gap)
            gap = 0
        else:
            missed.append(at)
            gap += 1
    starts, meant = array("I", [0]), array("I")
    for at in kept:
        officers = told[at][2]
        if not isinstance(officers, bool):
            meant.extend(officers)
        starts.append(len(meant))
    return Segment(
        first=told[order[0]][3],
        last=told[order[-1]][3],
        entries=len({(key, number) for key, _, _, number in told}),
        keys=array("Q", [told[at][0] for at in kept]),
        chance=array("d", [chance[told[at][0]] for at in kept]),
        numbers=array("Q", [told[at][3] for at in kept]),
        gaps=gaps,
        tail=gap,
        expected=sum(chance[told[at][0]] for at in missed),
        starts=starts,
        officers=meant,
        groups=tuple(
            _group(column, each, kept, missed) for column, each in sorted((values or {}).items())
        ),
    )


def _group(column: int, values: Sequence[int], kept: Sequence[int], missed: Sequence[int]) -> Group:
    counted = Counter(values[at] for at in missed if values[at])
    return Group(
        column=column,
        values=array("Q", [values[at] for at in kept]),
        missed=array("Q", counted),
        misses=array("I", counted.values()),
    )
