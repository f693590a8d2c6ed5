"""Digits in groups."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.kernel.compile import i8
from matchers.people.kernel.grouping import ALONE, AMONG, groups, is_cut


def read(text: str) -> tuple[str, int]:
    """The groups that begin with the first digit, and how they stand."""
    cls = np.frombuffer(text.encode(), dtype=np.uint8)
    first = next(at for at, char in enumerate(text) if char.isdigit())
    n = i8(cls.size)
    end, how = groups(cls, i8(first), i8(0), n, n)
    return text[first : max(end, first)], int(how)


@pytest.mark.parametrize(
    ("text", "whole"),
    [("5991 5480", "5991 5480"), (" 59 91 54 80 \n", "59 91 54 80"), ("59,915,480", "59,915,480"),
     ("a\n59.915.480\nb", "59.915.480"), ("a\t590 123\x1f", "590 123"), ("\r\n590 123\r\n", "590 123")],
)  # fmt: skip
def test_alone_on_a_line_or_in_a_cell(text: str, whole: str) -> None:
    assert read(text) == (whole, ALONE)


@pytest.mark.parametrize(
    ("text", "whole"),
    [("PC 288 177 said", "288 177"), ("no=288,177;", "288,177"), ("is 288 177.", "288 177"),
     ("37,503", "37,503"), ("(1.288.177)", "1.288.177")],
)  # fmt: skip
def test_among_words(text: str, whole: str) -> None:
    """One comma alone on a line may as well be two cells."""
    assert read(text) == (whole, AMONG)


@pytest.mark.parametrize(
    "text",
    ["$288,177", "+44 20 79", "288.177", "1 288", "1234567 88", "12 34 56 78 90", "288 177-3",
     "288,177.50", "288,177%", "288 177x", "288,17", "12", "288  177", "288 177@a", "288,177,5"],
)  # fmt: skip
def test_no_groups(text: str) -> None:
    """Prices, decimals, dates, groups too short, too long or too many."""
    assert read(text) == ("", 0)


def test_only_the_first_of_a_run_begins_it() -> None:
    """Or a long row of numbers would be read once for each."""
    cls = np.frombuffer(b"a 59 91 54", dtype=np.uint8)
    n = i8(cls.size)
    assert groups(cls, i8(5), i8(0), n, n)[0] == -1


def test_what_ends_a_line_or_a_cell() -> None:
    assert [char for char in range(128) if is_cut(char)] == [0, 9, 10, 13, 0x1E, 0x1F]
