"""The tables, asked."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.tables import COLUMNS, check, group, spread


def test_grouping() -> None:
    """Each key has the values filed under it, in their order."""
    keys = np.array([7, 3, 7, 1 << 63], dtype=np.uint64)
    values = np.array([10, 20, 30, 40], dtype=np.uint32)
    distinct, start, order = group(keys)
    filed = values[order]
    found = {int(key): filed[start[at] : start[at + 1]].tolist() for at, key in enumerate(distinct)}
    assert found == {3: [20], 7: [10, 30], 1 << 63: [40]}


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
