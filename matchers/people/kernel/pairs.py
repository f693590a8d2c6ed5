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
def _home(key: np.uint64, mask: np.uint64) -> np.uint64:
    turned = key * np.uint64(_ODD)
    return (turned ^ (turned >> np.uint64(32))) & mask


@inlined
def row(surname: int) -> np.uint64:
    """Where the sieve's bits of this surname begin: those of its forenames lie side by side."""
    return (np.uint64(surname + 1) * np.uint64(_ODD)) >> np.uint64(24)


@inlined
def may(sieve: Array, begin: np.uint64, forename: int) -> bool:
    """Whether the pair may be enrolled; `begin`: the `row` of its surname."""
    at = begin + np.uint64(forename)
    word = sieve[i8((at >> np.uint64(6)) & np.uint64(sieve.size - 1))]
    return bool((word >> (at & np.uint64(63))) & np.uint64(1))


@inlined
def paired(
    sieve: Array, slot: Array, at: Array, begin: np.uint64, forename: int, surname: int
) -> int:
    """Where the pair stands in `pair_start`, −1: nobody has it. `begin`: the `row` of the surname."""
    if forename < 0 or not may(sieve, begin, forename):
        return i8(-1)
    return place(slot, at, forename, surname)


@inlined
def place(slot: Array, at: Array, forename: int, surname: int) -> int:
    """Where the pair stands in `pair_start`, −1: nobody has it."""
    key = (np.uint64(forename) << np.uint64(32) | np.uint64(surname)) + np.uint64(1)
    mask = np.uint64(slot.size - 1)
    here = _home(key, mask)
    while True:
        held = slot[i8(here)]
        if held == key:
            return i8(at[i8(here)])
        if held == np.uint64(0):
            return i8(-1)
        here = (here + np.uint64(1)) & mask


def _power(least: int) -> int:
    return 1 << max(4, (least - 1).bit_length())


def slots(pair_key: Array) -> tuple[Array, Array]:
    """`pair_slot` and `pair_at` of an index, at most half full."""
    slot = np.zeros(_power(2 * pair_key.size), dtype=np.uint64)
    at = np.zeros(slot.size, dtype=np.uint32)
    _fill(pair_key, slot, at)
    return slot, at


@compiled
def _fill(pair_key: Array, slot: Array, at: Array) -> None:
    mask = np.uint64(slot.size - 1)
    for which in range(pair_key.size):
        key = pair_key[which] + np.uint64(1)
        here = _home(key, mask)
        while slot[i8(here)] != np.uint64(0):
            here = (here + np.uint64(1)) & mask
        slot[i8(here)] = key
        at[i8(here)] = which


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
