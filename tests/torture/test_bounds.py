"""No compiled function of the matcher reads or writes outside its arrays."""

from __future__ import annotations

import os

import pytest

from tests.matchers.people.mixture import elsewhere, here

SHARE = float(os.environ.get("WATCHER_TORTURE", "0"))
CASES = int(20_000 * SHARE)

pytestmark = [
    pytest.mark.skipif(
        not SHARE, reason="long: `make torture`, or a share of it in WATCHER_TORTURE"
    ),
    pytest.mark.timeout(3600),
]


def test_with_bounds_checks_the_matcher_says_the_same() -> None:
    """In every kind of text; everything is compiled once more for it, which takes minutes."""
    checked = elsewhere(CASES, 2, 3000, NUMBA_BOUNDSCHECK="1")
    for (said, floats), (other, others) in zip(here(CASES, 2), checked, strict=True):
        assert said == other
        assert floats == pytest.approx(others)


def test_interpreted_the_matcher_says_the_same() -> None:
    """As the quick test has it, of more texts."""
    cases = CASES // 10
    interpreted = elsewhere(cases, 3, 3000, NUMBA_DISABLE_JIT="1")
    for (said, floats), (other, others) in zip(here(cases, 3), interpreted, strict=True):
        assert said == other
        assert floats == pytest.approx(others, rel=1e-5)
