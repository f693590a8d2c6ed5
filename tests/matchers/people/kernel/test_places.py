"""Tags in a sorted table."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.opening import buckets
from matchers.people.kernel.places import LATER, place_in, settle, shift_of

_TAGS = st.integers(0, 2**64 - 1) | st.integers(0, 3) | st.just(2**64 - 1)


@settings(deadline=None)  # the first call compiles
@given(st.sets(_TAGS, max_size=40), st.lists(_TAGS, max_size=5))
def test_each_tag_is_found_where_it_stands_and_no_other(held: set[int], others: list[int]) -> None:
    tags = np.array(sorted(held), dtype=np.uint64)
    bucket = buckets(tags)
    shift = np.uint64(shift_of(bucket))
    for at, tag in enumerate(tags):
        assert place_in(bucket, tags, shift, tag) == at
    for other in others:
        found = place_in(bucket, tags, shift, np.uint64(other))
        assert found == (sorted(held).index(other) if other in held else -1)


@settings(deadline=None)
@given(st.sets(_TAGS, max_size=40), st.lists(st.tuples(_TAGS, st.booleans()), max_size=60))
def test_many_are_settled_as_one_by_one(held: set[int], others: list[tuple[int, bool]]) -> None:
    """Those that wait for it, and no other."""
    tags = np.array(sorted(held), dtype=np.uint64)
    asked = np.array([*sorted(held), *(tag for tag, _ in others)], dtype=np.uint64)
    waits = [True] * len(held) + [wait for _, wait in others]
    place = np.array([LATER if wait else 7 for wait in waits], dtype=np.int32)
    bucket = buckets(tags)
    settle(bucket, tags, asked, place, asked.size)
    shift = np.uint64(shift_of(bucket))
    assert place.tolist() == [
        place_in(bucket, tags, shift, tag) if wait else 7
        for tag, wait in zip(asked, waits, strict=True)
    ]
