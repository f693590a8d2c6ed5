"""
How dense the enrolled numbers are around a number.

Numbers are given out in runs: inside one the chance of an accident is higher
than over the whole span. Around the numbers of a list the same ones are asked
for again and again, so each is asked for once, a block of them side by side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchers.people.kernel.arrays import Index
from matchers.people.kernel.blocks import how_many
from matchers.people.kernel.compile import apart, i8, inner
from matchers.people.kernel.fetching import fetch
from matchers.people.kernel.hashing import PACKED, side_by_side
from matchers.people.kernel.places import place_in, shift_of
from matchers.people.kernel.seeking import NUMBER, tag_of
from matchers.people.tables import Array

NEIGHBOURS = 16  # numbers on each side that are asked for
BLOCK = 32
_BLOCKS = 1 << 12  # that are remembered
_ZERO = ord("0")


class Crowd(NamedTuple):
    """Blocks of numbers that were asked for. `block`: which, −1: none; `held`: the enrolled, as bits."""

    block: Array  # i8[2^k]
    held: Array  # i8[2^k]
    spelled: Array  # u1[32]: a number's digits
    work: Array  # u8[3, BLOCK]: a block of them packed, and their tags


def crowd() -> Crowd:
    """Nothing is remembered yet."""
    return Crowd(
        np.full(_BLOCKS, -1, dtype=np.int64),
        np.zeros(_BLOCKS, dtype=np.int64),
        np.zeros(32, dtype=np.uint8),
        np.zeros((3, BLOCK), dtype=np.uint64),
    )


@inner
def crowded(index: Index, crowd: Crowd, core: int) -> float:
    """The share of a number's neighbours that are enrolled, those below 0 being 0; 0 where `core` is −1."""
    if core < 0:
        return 0.0
    low, high = max(i8(0), core - NEIGHBOURS), core + NEIGHBOURS
    begin, end = low // BLOCK, high // BLOCK
    held = _held(index, crowd, begin)
    if end > begin:
        held |= _held(index, crowd, end) << BLOCK
    others = held & ~(i8(1) << (core - begin * BLOCK))
    others = others >> (low - begin * BLOCK) & ((i8(1) << (high - low + 1)) - 1)
    known = how_many(others)
    if core < NEIGHBOURS:
        known += (NEIGHBOURS - core) * (held & 1)
    return known / (2 * NEIGHBOURS)


@inner
def _held(index: Index, crowd: Crowd, block: int) -> int:
    """Which numbers of a block are enrolled."""
    apart()
    at = block & (crowd.block.size - 1)
    if crowd.block[at] != block:
        _spell(index.key, block * BLOCK, crowd.spelled, crowd.work)
        crowd.held[at] = _among(index.number_bucket, index.number_tag, crowd.work[2])
        crowd.block[at] = block
    return i8(crowd.held[at])


@inner
def _among(bucket: Array, tags: Array, asked: Array) -> int:
    """Which of these tags are there."""
    shift = shift_of(bucket)
    for each in range(BLOCK):
        fetch(bucket, i8(asked[each] >> shift))
    for each in range(BLOCK):
        fetch(tags, i8(bucket[i8(asked[each] >> shift)]))
    held = i8(0)
    for each in range(BLOCK):
        if place_in(bucket, tags, shift, asked[each]) >= 0:
            held |= i8(1) << each
    return held


@inner
def _digits(value: int, spelled: Array) -> int:
    """Spell a number out; how many digits it has."""
    size = i8(1)
    rest = value // 10
    while rest:
        size += 1
        rest //= 10
    for place in range(size - 1, -1, -1):
        spelled[place] = _ZERO + value % 10
        value //= 10
    return size


@inner
def _spell(key: Array, begin: int, spelled: Array, work: Array) -> None:
    """Leave the tags of BLOCK numbers from this one on in the last row of `work`."""
    size, last = _digits(begin, spelled), _digits(begin + BLOCK - 1, spelled)
    if size != last or size > PACKED:
        for each in range(BLOCK):
            size = _digits(begin + each, spelled)
            work[2, each] = tag_of(spelled, i8(0), size, key[0], key[1])
        return
    first = second = np.uint64(0)
    for each in range(BLOCK):
        if each == 0 or (begin + each) % 10 == 0:
            _digits(begin + each, spelled)
            first = second = np.uint64(0)
            for place in range(min(size, 8)):
                first |= np.uint64(spelled[place]) << np.uint64(8 * place)
            for place in range(8, size):
                second |= np.uint64(spelled[place]) << np.uint64(8 * (place - 8))
        elif size <= 8:
            first += np.uint64(1) << np.uint64(8 * (size - 1))
        else:
            second += np.uint64(1) << np.uint64(8 * (size - 9))
        work[0, each], work[1, each] = first, second
    side_by_side(i8(BLOCK), size, NUMBER, key, work)
