"""Tag → its place in a sorted table, by a table of the places at which its top bits begin."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import i8, inner
from matchers.people.kernel.fetching import fetch
from matchers.people.tables import Array

LATER = -2  # the place of a tag that `settle` is to find
AHEAD = i8(12)  # tags whose places are fetched while one is looked at


@inner
def shift_of(bucket: Array) -> np.uint64:
    """How far tags are shifted for the top bits that `bucket` (u4[2^b + 1]) is asked with."""
    size = np.uint64(bucket.size - 1)
    bits = np.uint64(0)
    while size >> bits > np.uint64(1):
        bits += np.uint64(1)
    return np.uint64(64) - bits


@inner
def place_in(bucket: Array, tags: Array, shift: np.uint64, tag: np.uint64) -> int:
    """Where the tag stands among sorted tags, −1 if it is not there. `bucket` has more than one."""
    top = i8(tag >> shift)
    for at in range(i8(bucket[top]), i8(bucket[top + 1])):
        if tags[at] == tag:
            return at
    return -1


@inner
def settle(bucket: Array, tags: Array, asked: Array, place: Array, count: int) -> None:
    """Put the places of the first `asked` tags into `place`, of those that say LATER there."""
    shift = shift_of(bucket)
    for at in range(count + 2 * AHEAD):
        if at < count:
            fetch(bucket, i8(asked[at] >> shift))
        middle = at - AHEAD
        if 0 <= middle < count:
            fetch(tags, i8(bucket[i8(asked[middle] >> shift)]))
        last = middle - AHEAD
        if last >= 0 and place[last] == LATER:
            place[last] = place_in(bucket, tags, shift, asked[last])
