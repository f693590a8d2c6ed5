"""What is fetched ahead."""

from __future__ import annotations

import random

import numpy as np

from matchers.people.kernel.compile import compiled
from matchers.people.kernel.fetching import fetch
from matchers.people.tables import Array
from tests.matchers.people.kernel.windows import otherwise


@compiled
def _fetched(whole: Array, spread: Array, at: int) -> int:
    fetch(whole, at)
    fetch(spread, at)
    return at


def agree(count: int, dice: random.Random) -> None:
    """Nothing happens, wherever it lies: in the array, whose elements may be apart, or beyond it."""
    whole = np.arange(60, dtype=np.int32)
    spread = whole.reshape(20, 3)[:, 1]
    for _ in range(count):
        at = dice.choice((0, 19, 20, 1 << 40, dice.randrange(1 << 20)))
        assert _fetched(whole, spread, at) == at
    assert whole.tolist() == list(range(60))


def test_fetching_changes_nothing() -> None:
    agree(100, random.Random(1))


def test_the_same_interpreted() -> None:
    otherwise(__name__, 10, NUMBA_DISABLE_JIT="1")


def test_within_bounds() -> None:
    otherwise(__name__, 10, NUMBA_BOUNDSCHECK="1")
