"""Looking a number up: its tag, the officers who have it, the chance of an accident."""

from __future__ import annotations

import math

import numpy as np

from matchers.people.kernel.compile import i8, inlined, inner
from matchers.people.kernel.hashing import NONE, PACKED, packed, sip
from matchers.people.kernel.places import LATER, place_in
from matchers.people.kernel.shapes import DIGITS_ALONE, density_in, row_of, whole_span
from matchers.people.tables import Array

NUMBER = 2  # siphash.Kind


@inlined
def is_known(shapes: Array, shape: int, core: int) -> bool:
    """Whether a number like this one, in full or by its digits, is enrolled at all."""
    if shape == 0:
        return False
    return row_of(shapes, shape) >= 0 or (core >= 0 and row_of(shapes, shape & DIGITS_ALONE) >= 0)


@inner
def tag_of(work: Array, start: int, size: int, k0: np.uint64, k1: np.uint64) -> np.uint64:
    """The tag of the number that is spelled out in `work[start:start + size]`."""
    if size > PACKED:
        return sip(work, start, size, NONE, NUMBER, k0, k1)
    first = second = np.uint64(0)
    for place in range(min(size, 8)):
        first |= np.uint64(work[start + place]) << np.uint64(8 * place)
    for place in range(8, size):
        second |= np.uint64(work[start + place]) << np.uint64(8 * (place - 8))
    return packed(first, second, size, NUMBER, k0, k1)


@inlined
def sought(
    keys: Array,
    bucket: Array,
    tags: Array,
    shift: np.uint64,
    shapes: Array,
    spans: Array,
    bits: Array,
    work: Array,
    shape: int,
    core: int,
    size: int,
) -> tuple[np.uint64, int, float, float]:
    """
    What is known of the number that is spelled out in `work[:size]`: (tag, group, chance, bits).

    In full, else by its digits alone. The tag of one that is enrolled is that of its digits.
    """
    key = tag_of(work, i8(0), size, keys[0], keys[1])
    group = place_in(bucket, tags, shift, key)
    row = row_of(shapes, shape)
    chance = density_in(shapes, spans, row, core)
    plain = shape & DIGITS_ALONE
    if core >= 0 and plain != shape:
        other = row_of(shapes, plain)
        if group >= 0 or other >= 0:
            tag = tag_of(work, shape >> 16, plain >> 8, keys[0], keys[1])
            if group >= 0:
                key = tag  # with its letters or without, it is the same number that is ours
            else:
                group = place_in(bucket, tags, shift, tag)
                if group >= 0:
                    key = tag
                    if chance == 0.0:
                        chance = density_in(shapes, spans, other, core)
                    row = other
    return key, group, chance, math.log2(whole_span(shape)) if row < 0 else bits[row]


@inlined
def sought_later(
    keys: Array, shapes: Array, spans: Array, bits: Array, work: Array, shape: int, core: int,
    size: int,
) -> tuple[np.uint64, int, float, float]:  # fmt: skip
    """As `sought`, of digits alone; its group is LATER: `places.settle` finds those of many at once."""
    key = tag_of(work, i8(0), size, keys[0], keys[1])
    row = row_of(shapes, shape)
    chance = density_in(shapes, spans, row, core)
    return key, i8(LATER), chance, math.log2(whole_span(shape)) if row < 0 else bits[row]
