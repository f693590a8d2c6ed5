"""The kernel is Python: interpreted it says what it says compiled."""

from __future__ import annotations

import pytest

from tests.matchers.people.mixture import elsewhere, here

CASES = 300


def test_interpreted_and_compiled_it_says_the_same() -> None:
    """Of every kind of text: the same records, rolls and signs, and the same chances but for rounding."""
    compiled, interpreted = here(CASES, 1), elsewhere(CASES, 1, 280, NUMBA_DISABLE_JIT="1")
    assert sum(bool(said[2:]) for said, _ in compiled) > CASES // 2
    for (said, floats), (other, others) in zip(compiled, interpreted, strict=True):
        assert said == other
        assert floats == pytest.approx(others, rel=1e-5)
