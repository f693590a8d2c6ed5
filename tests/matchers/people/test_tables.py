"""The tables, asked."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.tables import COLUMNS, Finder, check, group, spread


def test_grouping_and_finding() -> None:
    """Each key has the values filed under it, in their order; others have none."""
    keys = np.array([7, 3, 7, 1 << 63], dtype=np.uint64)
    values = np.array([10, 20, 30, 40], dtype=np.uint32)
    distinct, start, order = group(keys)
    finder = Finder(distinct, start, values[order])
    assert [list(finder.get(key)) for key in (3, 7, 1 << 63, 5)] == [[20], [10, 30], [40], []]
    assert finder.places(np.array([7, 8], dtype=np.uint64)).tolist() == [1, -1]


def test_nothing_filed() -> None:
    empty = np.zeros(0, dtype=np.uint64)
    finder = Finder(empty, np.zeros(1, dtype=np.uint32), empty)
    assert list(finder.get(5)) == []
    assert finder.places(np.array([1], dtype=np.uint64)).tolist() == [-1]


def test_spread_is_two_nested_loops() -> None:
    start, count = np.array([5, 0, 9]), np.array([2, 0, 3])
    which, member = spread(start, count)
    loops = [
        (i, s + k) for i, (s, c) in enumerate(zip(start, count, strict=True)) for k in range(c)
    ]
    assert list(zip(which.tolist(), member.tolist(), strict=True)) == loops


def test_tables_that_are_not_ours_are_named() -> None:
    ours = {
        name: np.zeros((0,) * dimensions, dtype=dtype)
        for name, (dtype, dimensions) in COLUMNS.items()
    }
    assert list(check(ours)) == list(COLUMNS)
    with pytest.raises(ValueError, match="no table 'pair_key'; enrol again"):
        check({name: array for name, array in ours.items() if name != "pair_key"})
    with pytest.raises(ValueError, match="'pair_key' is float64"):
        check({**ours, "pair_key": np.zeros(3)})
