"""Whether two public words are one edit apart, on their packed letters."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import inner


@inner
def _letter(a: np.uint64, b: np.uint64, i: int) -> np.uint64:
    word = a if i < 8 else b
    return (word >> np.uint64(8 * (i & 7))) & np.uint64(0xFF)


@inner
def _letters(a: np.uint64, b: np.uint64) -> int:
    count = 0
    while count < 16 and _letter(a, b, count):
        count += 1
    return count


@inner
def one_edit(a: np.uint64, b: np.uint64, c: np.uint64, d: np.uint64) -> bool:
    """Whether two words of at most 16 letters are one edit apart (optimal string alignment)."""
    n, m = _letters(a, b), _letters(c, d)
    if abs(n - m) > 1:
        return False
    i = 0
    while i < min(n, m) and _letter(a, b, i) == _letter(c, d, i):
        i += 1
    p, q = i, i
    if n == m:
        if (
            i + 1 < n
            and _letter(a, b, i) == _letter(c, d, i + 1)
            and _letter(a, b, i + 1) == _letter(c, d, i)
            and _letter(a, b, i) != _letter(a, b, i + 1)
        ):
            swapped = True
            for j in range(i + 2, n):
                swapped = swapped and _letter(a, b, j) == _letter(c, d, j)
            if swapped:
                return True
        p, q = i + 1, i + 1
    elif n > m:
        p = i + 1
    else:
        q = i + 1
    while p < n and q < m:
        if _letter(a, b, p) != _letter(c, d, q):
            return False
        p += 1
        q += 1
    return True
