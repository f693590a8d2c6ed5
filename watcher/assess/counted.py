"""
The hits of a roll in the order of its rows, as arrays that can be weighed.

Public officers who are met in public are left out here: such a row is neither
a hit nor a miss.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from watcher.model import Family, Roll, Segment

_T = TypeVar("_T", bound=np.generic)
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hush:
    """
    Whom one piece shows in public only. `public`: positions of public officers.

    `kept`: by row, those who count there all the same.
    """

    public: frozenset[int]
    kept: Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """
    One roll. Parallel arrays over its hits: `key`, `chance`, `number` of the row.

    `before` counts the rows without a match before each hit, `missing` sums
    their chances; `misses` and `expected` are the same of the whole roll.
    `starts` and `officers` as in a Segment; `values`: by column, the value that
    each hit has in it (see Group), 0 where it is not grouped. `hushed`: numbers
    of the rows left out for a public officer.
    """

    roll: Roll
    key: NDArray[np.uint64]
    chance: Floats
    number: Integers
    before: Integers
    missing: Floats
    misses: int
    expected: float
    first: int
    last: int
    entries: int
    starts: Integers
    officers: Integers
    values: Mapping[int, NDArray[np.uint64]]
    hushed: tuple[int, ...] = ()

    @classmethod
    def of(cls, roll: Roll, hush: Hush | None = None) -> Counted:
        """The roll, its segments in the order of the document."""
        segments = sorted(roll.segments, key=_place)
        misses = np.array([each.misses for each in segments], dtype=np.int64)
        expected = np.array([each.expected for each in segments], dtype=np.float64)
        counts = np.array([len(each.keys) for each in segments], dtype=np.int64)
        segment = np.repeat(np.arange(len(segments)), counts)
        gaps = _concatenated([np.array(each.gaps, dtype=np.int64) for each in segments], np.int64)
        within = np.cumsum(gaps)
        ends = np.cumsum(counts)
        offset = np.append(0, within)[ends - counts]
        within -= offset[segment]
        rate = expected / np.maximum(misses, 1)
        starts = [np.array(each.starts, dtype=np.int64) for each in segments]
        held = [each[1:] - each[:-1] for each in starts]
        officers = [np.array(each.officers, dtype=np.int64) for each in segments]
        chance = _concatenated([np.array(each.chance) for each in segments], np.float64)
        counted = cls(
            roll=roll,
            key=_concatenated([np.array(each.keys) for each in segments], np.uint64),
            chance=np.clip(chance, 0.0, 1.0),
            number=_concatenated(
                [np.array(each.numbers, dtype=np.int64) for each in segments], np.int64
            ),
            before=(np.cumsum(misses) - misses)[segment] + within,
            missing=(np.cumsum(expected) - expected)[segment] + rate[segment] * within,
            misses=int(misses.sum()),
            expected=float(expected.sum()),
            first=min((each.first for each in segments), default=0),
            last=max((each.last for each in segments), default=0),
            entries=roll.entries,
            starts=np.append(0, np.cumsum(_concatenated(held, np.int64))),
            officers=_concatenated(officers, np.int64),
            values=_values(segments),
        )
        return counted if hush is None else counted._hushed(hush)

    @property
    def family(self) -> Family:
        return self.roll.family

    @property
    def hits(self) -> int:
        """Distinct rows that matched."""
        return len(self.key)

    @property
    def rows(self) -> int:
        """Distinct rows."""
        return self.hits + self.misses

    def within(self, first: int, last: int) -> Integers:
        """Which hits stand in rows `first` to `last`."""
        return np.flatnonzero((self.number >= first) & (self.number <= last))

    def people(self, hits: Integers) -> Iterator[tuple[int, list[int]]]:
        """Row number and officers of each of these hits, as far as it is known who they are."""
        officers = self.officers.tolist()
        for number, start, stop in zip(
            self.number[hits].tolist(),
            self.starts[hits].tolist(),
            self.starts[hits + 1].tolist(),
            strict=True,
        ):
            if start < stop:
                yield number, officers[start:stop]

    def _hushed(self, hush: Hush) -> Counted:
        """Without the public officers who are met here in public, and the hits that mean nobody else."""
        public = np.isin(self.officers, list(hush.public))
        if not public.any():
            return self
        owner = np.repeat(np.arange(self.hits), np.diff(self.starts))
        numbers = self.number[owner]
        for at in np.flatnonzero(public).tolist():
            if int(self.officers[at]) in hush.kept.get(int(numbers[at]), ()):
                public[at] = False
        left = np.bincount(owner[~public], minlength=self.hits)
        had = np.diff(self.starts)
        keep = (left > 0) | (had == 0)
        staying = ~public & keep[owner]
        return replace(
            self,
            key=self.key[keep],
            chance=self.chance[keep],
            number=self.number[keep],
            before=self.before[keep],
            missing=self.missing[keep],
            entries=self.entries - int((~keep).sum()),
            starts=np.append(0, np.cumsum(left[keep])),
            officers=self.officers[staying],
            values={column: each[keep] for column, each in self.values.items()},
            hushed=tuple(self.number[~keep].tolist()),
        )


def _place(segment: Segment) -> tuple[int, int, int, bytes]:
    return (segment.first, segment.last, segment.entries, segment.keys.tobytes())


def _values(segments: list[Segment]) -> dict[int, NDArray[np.uint64]]:
    columns = sorted({group.column for segment in segments for group in segment.groups})
    found = {}
    for column in columns:
        parts = []
        for segment in segments:
            group = next((each for each in segment.groups if each.column == column), None)
            parts.append(
                np.zeros(len(segment.keys), dtype=np.uint64)
                if group is None
                else np.array(group.values)
            )
        found[column] = _concatenated(parts, np.uint64)
    return found


def _concatenated(parts: list[NDArray[_T]], kind: type[_T]) -> NDArray[_T]:
    return np.concatenate(parts) if parts else np.array([], dtype=kind)
