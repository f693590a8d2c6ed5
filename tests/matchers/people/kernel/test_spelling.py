"""Numbers in one spelling."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people import numbers
from matchers.people.kernel.folding import fold
from matchers.people.kernel.spelling import spell


@settings(deadline=None)  # the first call compiles
@given(
    st.text("ab019 -/.'\u00ad", max_size=30)
    | st.from_regex(r"[A-Z]{0,7}[ -]?0{0,20}[0-9]{0,17}/?[a-z]{0,5}", fullmatch=True)
)
def test_as_a_number_is_filed(text: str) -> None:
    """Letters, digits and what joins them, in any order and of any length."""
    cls = fold(text)
    work = np.zeros(128, dtype=np.uint8)
    shape, core, size = spell(cls, 0, cls.size, work)
    filed = numbers.parse((cls & 0x7F).tobytes())
    if filed.shape and text.endswith(".0"):
        return  # a whole cell's decimals are left out before
    assert shape == filed.shape
    assert core == (int(filed.core) if filed.core else -1)
    assert work[:size].tobytes() == filed.full
