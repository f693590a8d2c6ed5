"""
A filter before the tags of names: most words are no names, and are told apart without a look.

It is small enough for the processor's cache, where the tags are not.
"""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import compiled, i8, inner
from matchers.people.tables import Array

SIEVE_BITS = 16  # for each tag, at least: half of it lets seven times as many through


def sieve(tag: Array) -> Array:
    """
    Four bits for each tag, in one word: a blocked Bloom filter (Putze, Sanders and Singler, 2007).

    Of 250 tags that are not there one gets beyond it, and it stays in the cache.
    """
    bits = max(6, (SIEVE_BITS * tag.size - 1).bit_length())
    found = np.zeros(1 << (bits - 6), dtype=np.uint64)
    _mark(np.ascontiguousarray(tag), found)
    return found


@inner
def sieved(tag: np.uint64) -> np.uint64:
    """The bits of a tag in its word of the sieve."""
    one, six = np.uint64(1), np.uint64(0x3F)
    return (
        one << (tag & six)
        | one << ((tag >> np.uint64(6)) & six)
        | one << ((tag >> np.uint64(12)) & six)
        | one << ((tag >> np.uint64(18)) & six)
    )


@compiled
def _mark(tag: Array, found: Array) -> None:
    last = np.uint64(found.size - 1)
    for i in range(tag.size):
        found[i8((tag[i] >> np.uint64(24)) & last)] |= sieved(tag[i])


@inner
def may(sieve: Array, tag: np.uint64) -> bool:
    """Whether the tag may be there."""
    bits = sieved(tag)
    word = sieve[i8((tag >> np.uint64(24)) & np.uint64(sieve.size - 1))]
    return bool(word & bits == bits)
