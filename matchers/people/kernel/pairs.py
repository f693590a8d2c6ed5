"""
The pairs of names that somebody has: found by their two ids, and ruled out without a look.

A name that is near many others asks for many pairs, hardly any of which is
enrolled. The sieve (Bloom, 1970, with one bit a pair) stays in the cache and
answers most of them; the table is asked for what is left.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import compiled, i8, inlined
from matchers.people.tables import Array

BITS = 8  # of the sieve, for each pair: at most one in eight is let through in vain

_ODD = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio


@inlined
def _turned(key: np.uint64) -> np.uint64:
    turned = key * np.uint64(_ODD)
    return turned ^ (turned >> np.uint64(32))


@inlined
def row(surname: int) -> np.uint64:
    """Where the sieve's bits of this surname begin: those of its forenames lie side by side."""
    return (np.uint64(surname + 1) * np.uint64(_ODD)) >> np.uint64(24)


@inlined
def word_of(sieve: Array, begin: np.uint64, forename: int) -> int:
    """The place in the sieve that tells of a pair; `begin`: the `row` of its surname."""
    return i8(((begin + np.uint64(forename)) >> np.uint64(6)) & np.uint64(sieve.size - 1))


@inlined
def may(sieve: Array, begin: np.uint64, forename: int) -> bool:
    """Whether the pair may be enrolled; `begin`: the `row` of its surname."""
    at = begin + np.uint64(forename)
    word = sieve[word_of(sieve, begin, forename)]
    return bool((word >> (at & np.uint64(63))) & np.uint64(1))


@inlined
def paired(
    sieve: Array, slot: Array, keys: Array, begin: np.uint64, forename: int, surname: int
) -> int:
    """Where the pair stands in `pair_start`, −1: nobody has it. `begin`: the `row` of the surname."""
    if forename < 0 or not may(sieve, begin, forename):
        return i8(-1)
    return place(slot, keys, forename, surname)


@inlined
def home(slot: Array, forename: int, surname: int) -> int:
    """The slot in which this pair is looked for first."""
    return i8(_turned(_key(forename, surname)) & np.uint64(slot.size - 1))


@inlined
def _key(forename: int, surname: int) -> np.uint64:
    return np.uint64(forename) << np.uint64(32) | np.uint64(surname)


@inlined
def place(slot: Array, keys: Array, forename: int, surname: int) -> int:
    """Where the pair stands in `pair_start`, −1: nobody has it."""
    key = _key(forename, surname)
    turned = _turned(key)
    mask = np.uint64(slot.size - 1)
    here = turned & mask
    sign = _sign(turned, mask)
    while True:
        held = np.uint64(slot[i8(here)])
        if held == np.uint64(0):
            return i8(-1)
        if held & ~mask == sign:
            at = i8(held & mask) - 1
            if keys[at] == key:
                return i8(at)
        here = (here + np.uint64(1)) & mask


@inlined
def _sign(turned: np.uint64, mask: np.uint64) -> np.uint64:
    """What stands in a slot above the place of a pair: another pair is told by it, and not fetched."""
    return (turned >> np.uint64(32)) & ~mask


def _power(least: int) -> int:
    return 1 << max(4, (least - 1).bit_length())


def slots(pair_key: Array) -> Array:
    """`pair_slot` of an index, at most half full."""
    slot = np.zeros(_power(2 * pair_key.size), dtype=np.uint32)
    _fill(pair_key, slot)
    return slot


@compiled
def _fill(pair_key: Array, slot: Array) -> None:
    mask = np.uint64(slot.size - 1)
    for which in range(pair_key.size):
        turned = _turned(pair_key[which])
        here = turned & mask
        while slot[i8(here)] != 0:
            here = (here + np.uint64(1)) & mask
        slot[i8(here)] = _sign(turned, mask) | np.uint64(which + 1)


def sieve(pair_key: Array) -> Array:
    """`pair_sieve` of an index."""
    bits = np.zeros(_power(BITS * pair_key.size // 64), dtype=np.uint64)
    _mark(pair_key, bits)
    return bits


@compiled
def _mark(pair_key: Array, bits: Array) -> None:
    for which in range(pair_key.size):
        key = pair_key[which]
        at = row(i8(key & np.uint64(0xFFFFFFFF))) + (key >> np.uint64(32))
        word = i8((at >> np.uint64(6)) & np.uint64(bits.size - 1))
        bits[word] |= np.uint64(1) << (at & np.uint64(63))
