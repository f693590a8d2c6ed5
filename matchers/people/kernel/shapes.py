"""
How likely a number of some shape is: compiled `numbers.Shapes`.

A shape is that of `numbers.shape_of`: letters before, digits, letters after.
"""

from __future__ import annotations

from matchers.people.kernel.compile import inner
from matchers.people.numbers import ENOUGH
from matchers.people.tables import Array

MIXED = 0xFF  # letters after, of a number that is not letters, digits, letters
DIGITS_ALONE = 0xFF00  # of a shape, what is left without its letters


@inner
def shape_of(before: int, digits: int, after: int) -> int:
    """As `numbers.shape_of`."""
    return before << 16 | digits << 8 | after


@inner
def row_of(shapes: Array, shape: int) -> int:
    """The row of this shape in `Index.shape`, −1 if no number of it is enrolled."""
    low, high = 0, shapes.shape[0]
    while low < high:
        middle = (low + high) >> 1
        if shapes[middle, 0] < shape:
            low = middle + 1
        else:
            high = middle
    return low if low < shapes.shape[0] and shapes[low, 0] == shape else -1


@inner
def whole_span(shape: int) -> float:
    """How many numbers of this shape there are."""
    digits = shape >> 8 & 0xFF
    whole = 9.0 if digits > 1 else 10.0
    for _ in range(1, digits):
        whole *= 10.0
    return whole


@inner
def density_in(shapes: Array, spans: Array, row: int, core: int) -> float:
    """The chance that a number of the shape in this row is enrolled; `row` may be −1, and `core`."""
    if row < 0 or shapes[row, 1] <= 0:
        return 0.0
    if core < 0:
        return float(shapes[row, 1] / spans[row])
    if shapes[row, 1] >= ENOUGH and not shapes[row, 2] <= core <= shapes[row, 3]:
        return 0.0
    return float(min(1.0, shapes[row, 1] / spans[row]))
