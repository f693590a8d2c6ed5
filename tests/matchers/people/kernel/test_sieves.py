"""A filter before the tags."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.kernel.sieves import may, sieve


@pytest.mark.parametrize("count", [0, 1, 50, 5000])
def test_what_is_there_always_passes(count: int) -> None:
    """And of what is not, hardly anything: less than one in ten."""
    dice = np.random.default_rng(1)
    both = dice.integers(0, 1 << 63, size=2 * count + 2000, dtype=np.uint64) * np.uint64(2)
    tags, others = np.sort(both[:count]), both[count:]
    found = sieve(tags)
    assert all(may(found, tag) for tag in tags)
    assert sum(may(found, tag) for tag in others) < len(others) / 10
