"""The pairs of names that somebody has."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.pairs import home, may, paired, place, row, sieve, slots, word_of


def keys(pairs: set[tuple[int, int]]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array(sorted(one << 32 | two for one, two in pairs), dtype=np.uint64)


_ids = st.integers(min_value=0, max_value=2**31 - 2)
_pairs = st.sets(st.tuples(_ids | st.integers(0, 40), _ids | st.integers(0, 40)), max_size=60)


@settings(max_examples=100, deadline=None)
@given(_pairs, _pairs)
def test_every_pair_and_no_other(
    enrolled: set[tuple[int, int]], others: set[tuple[int, int]]
) -> None:
    """The table finds what is enrolled, and the sieve never keeps it out."""
    key = keys(enrolled)
    slot = slots(key)
    bits = sieve(key)
    for forename, surname in enrolled | others:
        begin = np.uint64(row(surname))
        found = paired(bits, slot, key, begin, forename, surname)
        assert found == place(slot, key, forename, surname)
        if (forename, surname) in enrolled:
            assert may(bits, begin, forename)
            assert key[found] == forename << 32 | surname
        else:
            assert found == -1


def test_the_sieve_lets_through_at_most_one_in_eight() -> None:
    dice = np.random.default_rng(1)
    forename, surname = dice.integers(0, 3_000, 80_000), dice.integers(0, 11_000, 80_000)
    key = np.unique((forename[:40_000] << 32 | surname[:40_000]).astype(np.uint64))
    bits = sieve(key)
    through = sum(
        may(bits, np.uint64(row(int(two))), int(one))
        for one, two in zip(forename[40_000:44_000], surname[40_000:44_000], strict=True)
    )
    assert through < 4_000 / 8


def test_without_a_forename_there_is_no_pair() -> None:
    key = keys({(0, 0)})
    assert paired(sieve(key), slots(key), key, np.uint64(row(0)), -1, 0) == -1


def test_what_is_fetched_is_what_is_looked_at() -> None:
    """A pair stands in its first slot, unless another took it; its bit in the word of the sieve."""
    key = keys({(one, two) for one in range(20) for two in range(20)})
    slot, bits = slots(key), sieve(key)
    first = sum(
        int(slot[home(slot, pair >> 32, pair & 0xFFFFFFFF)]) & (slot.size - 1) == at + 1
        for at, pair in enumerate(key.tolist())
    )
    assert first > key.size / 2
    for one, two in ((3, 4), (19, 0)):
        assert bits[word_of(bits, np.uint64(row(two)), one)]
