"""How functions become machine code."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import apart, compiled, i8, inlined, inner
from matchers.people.kernel.sieves import may, sieve


@inner
def _double(values: np.ndarray[tuple[int], np.dtype[np.int64]], at: int) -> int:
    apart()
    return i8(values[at] * 2)


@inlined
def _more(values: np.ndarray[tuple[int], np.dtype[np.int64]], at: int) -> int:
    return _double(values, at) + 1


@compiled
def _sum(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    total = i8(0)
    for at in range(values.size):
        total += _more(values, i8(at))
    return total


@compiled
def _twice(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    return _sum(values) + _sum(values[1:])


def test_what_compiled_code_calls_python_can_call_too() -> None:
    """Functions without a door for Python get one when a test asks."""
    values = np.arange(5)
    assert _sum(values) == 25
    assert _more(values, 3) == 7
    assert _double(values, 3) == 6


def test_what_python_calls_compiled_code_can_call_too() -> None:
    """It is then a part of that as well."""
    assert _twice(np.arange(5)) == 25 + 24


def test_compiled_code_takes_the_place_of_python() -> None:
    assert may(sieve(np.array([5], dtype=np.uint64)), np.uint64(5))
