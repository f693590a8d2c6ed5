"""Tag → its place in a sorted table, by a table of the places at which its top bits begin."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import i8, inner
from matchers.people.tables import Array


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
