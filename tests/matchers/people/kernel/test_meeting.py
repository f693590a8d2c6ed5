"""Whom several pairs of names mean together."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel import arrays
from matchers.people.kernel.meeting import gather, holds, narrow, settle

_lists = st.lists(
    st.sets(st.integers(min_value=0, max_value=60), min_size=1).map(sorted), min_size=1, max_size=6
)


def filed(lists: list[list[int]]) -> tuple[arrays.Array, arrays.Array]:
    """Start and officers of lists, one for each pair."""
    start = np.cumsum([0, *map(len, lists)]).astype(np.uint32)
    return start, np.array([each for one in lists for each in one], dtype=np.uint32)


@settings(max_examples=100, deadline=None)
@given(_lists, st.sets(st.integers(min_value=0, max_value=60), min_size=1).map(sorted))
def test_together_and_in_common(lists: list[list[int]], other: list[int]) -> None:
    """The union, rising, each once; and of it whom another list means as well, if anybody."""
    start, officer = filed([*lists, other])
    names = arrays.names(4, 1024, 61)
    names.count[1] = 7  # what others gathered
    for at in range(len(lists)):
        gather(start, officer, at, names)
    settle(names, 7, len(lists))
    union = {each for one in lists for each in one}
    assert names.officer[7 : names.count[1]].tolist() == sorted(union)
    narrow(start, officer, len(lists), names, 7)
    common = union.intersection(other) or union
    assert names.officer[7 : names.count[1]].tolist() == sorted(common)


def test_long_lists_are_sorted_too() -> None:
    dice = np.random.default_rng(1)
    lists = [sorted(set(dice.integers(0, 5_000, 900).tolist())) for _ in range(4)]
    start, officer = filed(lists)
    names = arrays.names(4, 8192, 5_000)
    for at in range(len(lists)):
        gather(start, officer, at, names)
    settle(names, 0, len(lists))
    assert names.officer[: names.count[1]].tolist() == sorted(set().union(*lists))


def test_without_room_it_says_so() -> None:
    """Nobody is dropped in silence."""
    start, officer = filed([[1, 2, 3]])
    names = arrays.names(4, 2, 9)
    gather(start, officer, 0, names)
    assert names.full[0]
    assert names.count[1] == 0


@settings(max_examples=100, deadline=None)
@given(_lists)
def test_held_in_its_own_list(lists: list[list[int]]) -> None:
    """Never in the one that follows it."""
    start, officer = filed(lists)
    for at, one in enumerate(lists):
        for each in range(61):
            assert holds(officer, int(start[at]), int(start[at + 1]), each) == (each in one)
