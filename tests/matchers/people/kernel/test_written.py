"""What a number is by itself."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.kernel.folding import fold
from matchers.people.kernel.written import (
    MOST_WRITTEN,
    WRITTEN,
    digits_of,
    is_long,
    is_other,
    written,
)


def read(text: str) -> tuple[bool, bool]:
    """(Whether it is another thing than a number of ours, whether it is too long.)"""
    cls = fold(text)
    work = np.zeros(128, dtype=np.uint8)
    size = written(cls, 0, cls.size, work)
    return bool(is_other(work, size)), bool(is_long(work, size))


@pytest.mark.parametrize(
    "text",
    ["1900", "1999", "2000", "2099", "2100", "1990s", "12/05/1999", "1-2-99", "1999-12", "2001/1/31",
     "1st", "22ND", "5pm", "70mph", "10gb", "01632960123", "0163296012", "447700900123"],
)  # fmt: skip
def test_years_dates_ordinals_and_telephone_numbers(text: str) -> None:
    assert read(text)[0]


@pytest.mark.parametrize(
    "text",
    ["1899", "2101", "2110", "199", "19990", "1990x", "12/05/199", "12/5", "123/05/1999", "1999-123",
     "1999-12-123", "12/05/1999/1", "1x", "st1", "5pmx", "c12", "0063296012", "016329", "4477009", "12-34"],
)  # fmt: skip
def test_others_are_not(text: str) -> None:
    assert not read(text)[0]


def test_ten_digits_are_too_many_but_for_zeros_before_them() -> None:
    assert read("1234567890")[1]
    assert not read("123456789")[1]
    assert not read("000123456789")[1]
    assert not read("c1234567890")[1]


def test_what_is_laid_out_has_no_marks_and_an_end() -> None:
    """Characters as they are written, or the digits alone."""
    cls = fold("C\u00ad1'2-3" + "4" * 60)
    work = np.zeros(128, dtype=np.uint8)
    assert written(cls, 0, 7, work) == 5
    assert work[WRITTEN : WRITTEN + 5].tobytes() == b"c12-3"
    assert digits_of(cls, 0, 7, work) == 3
    assert work[WRITTEN : WRITTEN + 3].tobytes() == b"123"
    for lay in (written, digits_of):
        assert lay(cls, 0, cls.size, work) == MOST_WRITTEN + 1
    assert not work[WRITTEN + MOST_WRITTEN + 1 :].any()
