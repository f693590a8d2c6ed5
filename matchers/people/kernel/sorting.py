"""Few values put in order where they stand."""

from __future__ import annotations

from matchers.people.kernel.compile import inner
from matchers.people.tables import Array


@inner
def sort(values: Array, begin: int, end: int) -> None:
    """
    Put `values[begin:end]` in rising order.

    Shell's sort (1959): most lists have fewer than ten values, or a few rising
    stretches one after another; some have hundreds.
    """
    gap = 1
    while gap * 3 < end - begin:
        gap = gap * 3 + 1
    while gap > 0:
        for i in range(begin + gap, end):
            value = values[i]
            j = i
            while j >= begin + gap and values[j - gap] > value:
                values[j] = values[j - gap]
                j -= gap
            values[j] = value
        gap //= 3
