"""A few values put in order."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.sorting import sort


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.integers(min_value=0, max_value=99)), st.integers(0, 9), st.integers(0, 9))
def test_the_stretch_rises_and_nothing_else_moves(
    held: list[int], before: int, behind: int
) -> None:
    """However long it is, and whatever stands on both sides."""
    values = np.array(held, dtype=np.uint32)
    begin = min(before, len(held))
    end = max(begin, len(held) - behind)
    sort(values, begin, end)
    assert values.tolist() == held[:begin] + sorted(held[begin:end]) + held[end:]
