"""Tags of long words, whole and without each letter."""

from __future__ import annotations

import random

import numpy as np

from matchers.people import siphash
from matchers.people.kernel.deletions import SIDE_BY_SIDE, longer
from matchers.people.kernel.hashing import PACKED
from matchers.people.siphash import Kind
from tests.matchers.people.kernel.windows import otherwise

KEY = siphash.halves(bytes(range(16)))
K = np.array(KEY, dtype=np.uint64)


def agree(count: int, dice: random.Random) -> None:
    """As the enrolling side has them, wherever the word stands."""
    work = np.zeros((3, 32), dtype=np.uint64)
    for turn in range(count):
        size = PACKED + 1 + turn % (SIDE_BY_SIDE - PACKED)
        word = bytes(dice.choice(b"abcdefgh01") for _ in range(size))
        begin = dice.randrange(4)
        row = np.frombuffer(b"zzzz"[:begin] + word, dtype=np.uint8)
        less = [word[:i] + word[i + 1 :] for i in range(size)]
        longer(row, begin, size, int(Kind.NAME), K, work)
        wanted = siphash.tags(Kind.NAME, [word, *less], KEY).tolist()
        assert work[2, : size + 1].tolist() == wanted, word


def test_equal_to_the_enrolling_side() -> None:
    agree(600, random.Random(1))


def test_the_same_interpreted() -> None:
    otherwise(__name__, 18, NUMBA_DISABLE_JIT="1")


def test_the_same_with_bounds_checks() -> None:
    otherwise(__name__, 90, NUMBA_BOUNDSCHECK="1")
