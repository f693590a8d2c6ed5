"""How likely a number of a shape is."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people import numbers
from matchers.people.kernel.shapes import density_in, row_of, shape_of, whole_span
from tests.matchers.people.kernel.windows import numbered
from tests.matchers.people.oracles import Known

KNOWN = numbered(*(str(value) for value in range(4000, 4999, 3)), "C123456", "A12B34", "7", "12CN")
SHAPES = Known(KNOWN.shape)


@settings(deadline=None)  # the first call compiles
@given(st.from_regex(r"[a-c]{0,2}[0-9]{1,7}([a-c][0-9])?[a-c]{0,2}", fullmatch=True))
def test_as_the_table_of_shapes_says(text: str) -> None:
    """Of enrolled shapes and others, inside the enrolled span and outside it."""
    each = numbers.number(text)
    core = int(each.core) if each.core else -1
    row = row_of(KNOWN.shape, each.shape)
    density = density_in(KNOWN.shape, KNOWN.shape_span, row, core)
    assert density == pytest.approx(SHAPES.density(each))
    bits = math.log2(whole_span(each.shape)) if row < 0 else KNOWN.shape_bits[row]
    assert bits == pytest.approx(SHAPES.bits(each.shape))


def test_a_shape_is_three_numbers() -> None:
    assert shape_of(1, 6, 2) == numbers.shape_of(1, 6, 2)
    assert row_of(KNOWN.shape, shape_of(1, 6, 2)) == -1
    assert KNOWN.shape[row_of(KNOWN.shape, shape_of(0, 4, 0)), 0] == shape_of(0, 4, 0)
