"""
How the segments of a list are kept small, however many windows it has.

Nothing that is dropped can raise a score, and what is kept does not depend on
the order in which windows are added up. numpy is loaded only where something
has to go.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from watcher.model.segments import Group, Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Matches of one list that are kept one by one; the rest count as rows without
# a match. Half a million are 20 MB, and more than any force has people.
HITS = 500_000
# Different values of one column; a column that has more groups nobody.
VALUES = 500_000


def bounded(segments: Sequence[Segment], limit: int = HITS) -> tuple[Segment, ...]:
    """
    The same rows with at most `limit` hits: the likeliest by chance become rows without a match.

    That never raises a score. Which hits stay depends on the hits alone, so
    that windows may be added up in any order: of the least chance, then of the
    least key, then the first in the document.
    """
    if sum(len(each.keys) for each in segments) <= limit:
        return tuple(segments)
    import numpy as np

    ordered = sorted(segments, key=lambda each: (each.first, each.last, each.entries))
    chance = np.concatenate([np.array(each.chance) for each in ordered])
    key = np.concatenate([np.array(each.keys) for each in ordered])
    most = np.partition(chance, limit - 1)[limit - 1] if limit else -np.inf
    keep = chance < most
    equal = np.flatnonzero(chance == most)
    keep[equal[np.argsort(key[equal], kind="stable")][: limit - int(keep.sum())]] = True
    ends = np.cumsum([len(each.keys) for each in ordered])
    parts = np.split(keep, ends[:-1])
    return tuple(_without(each, part) for each, part in zip(ordered, parts, strict=True))


def grouped(
    segments: Sequence[Segment], ungrouped: Collection[int], limit: int = VALUES
) -> tuple[tuple[Segment, ...], frozenset[int]]:
    """
    The segments without the groups of columns that have more than `limit` values, and which those are.

    Where there are many values they are counted once for all segments, in the
    first that has such a group: where in a list a value was missed says nothing.
    """
    found: dict[int, list[tuple[int, Group]]] = {}
    for at, segment in enumerate(segments):
        for group in segment.groups:
            found.setdefault(group.column, []).append((at, group))
    gone = {column for column in found if column in ungrouped}
    changed: dict[tuple[int, int], Group] = {}
    for column, places in found.items():
        if column in gone or sum(len(group.missed) for _, group in places) <= limit:
            continue
        missed, misses = merged([group for _, group in places])
        if len(missed) > limit:
            gone.add(column)
            continue
        for index, (at, group) in enumerate(places):
            changed[at, column] = Group(
                column=column,
                values=group.values,
                missed=array("Q") if index else _array("Q", missed),
                misses=array("I") if index else _array("I", misses),
            )
    if not gone and not changed:
        return tuple(segments), frozenset()
    return tuple(
        replace(
            segment,
            groups=tuple(
                changed.get((at, group.column), group)
                for group in segment.groups
                if group.column not in gone
            ),
        )
        for at, segment in enumerate(segments)
    ), frozenset(gone)


def _without(segment: Segment, keep: NDArray[np.bool_]) -> Segment:
    """The segment, its other hits counted as rows that did not match."""
    import numpy as np

    if keep.all():
        return segment
    gaps = np.array(segment.gaps, dtype=np.int64)
    # What did not match before each hit, those included that now do not.
    before = np.cumsum(gaps) + np.cumsum(~keep) - ~keep
    total = int(gaps.sum()) + segment.tail + int((~keep).sum())
    left = before[keep]
    ends = np.array(segment.starts, dtype=np.int64)
    held = ends[1:] - ends[:-1]
    starts = np.concatenate(([0], np.cumsum(held[keep])))
    return Segment(
        first=segment.first,
        last=segment.last,
        entries=segment.entries,
        keys=_array("Q", np.array(segment.keys)[keep]),
        chance=_array("d", np.array(segment.chance)[keep]),
        numbers=_array("Q", np.array(segment.numbers)[keep]),
        gaps=_array("I", np.diff(left, prepend=0)),
        tail=total - (int(left[-1]) if len(left) else 0),
        expected=segment.expected + float(np.array(segment.chance)[~keep].sum()),
        starts=_array("I", starts),
        officers=_array("I", np.array(segment.officers)[np.repeat(keep, held)]),
        groups=tuple(_regrouped(each, keep) for each in segment.groups),
    )


def _regrouped(group: Group, keep: NDArray[np.bool_]) -> Group:
    import numpy as np

    values = np.array(group.values)
    gone = values[~keep]
    missed, misses = merged([group], gone[gone != 0])
    return Group(
        column=group.column,
        values=_array("Q", values[keep]),
        missed=_array("Q", missed),
        misses=_array("I", misses),
    )


def merged(
    groups: Sequence[Group], more: NDArray[np.uint64] | None = None
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The distinct missed values of these groups and of `more`, each of whose items is a row, with counts."""
    import numpy as np

    extra = np.array([], dtype=np.uint64) if more is None else more
    values = np.concatenate([*(np.array(each.missed) for each in groups), extra])
    counts = np.concatenate(
        [*(np.array(each.misses) for each in groups), np.ones(len(extra), dtype=np.int64)]
    )
    distinct, place = np.unique(values, return_inverse=True)
    weights = np.bincount(place, weights=counts, minlength=len(distinct))
    return distinct.astype(np.uint64), weights.astype(np.int64)


def _array(code: str, values: NDArray[Any]) -> array[Any]:
    """A numpy array as a plain one."""
    import numpy as np

    kinds = {"Q": np.uint64, "I": np.uint32, "d": np.float64}
    plain: array[Any] = array(code)
    plain.frombytes(np.ascontiguousarray(values, dtype=kinds[code]).tobytes())
    return plain
