"""Numbers that are probably something else. That all agree with the patterns, `test_digits` shows."""

from __future__ import annotations

import pytest

from tests.matchers.people.kernel.windows import numbered, window

KNOWN = numbered(
    "1234567890",
    "123456789012",
    "1234",
    "12",
    "123456",
    "12345678",
    "12345678901",
    "6",
    "2QT",
    "12CN",
    "990S",
    "123",
)


def weak(text: str) -> list[bool]:
    """Of each number found, whether it is weak."""
    found = window(text, KNOWN).numbers
    return [bool(found.weak[row] == 1) for row in range(found.count[0]) if found.weak[row] != 2]


@pytest.mark.parametrize(
    "text",
    ["in 1987 he", "the 1990s", "12/05/1999", "1999-12-01", "£1200", "+1200", "1200%", "gbp 1200 paid",
     "14:1430", "1430.15", "1430:15", "LS6 2QT", "2 May", "May, 12", "12 June", "01632960123",
     "447700900123", "0161 496 0000", "4929 1234 5678 9012", "12th", "9kb", "90mph"],
)  # fmt: skip
def test_years_dates_times_prices_postcodes_and_telephone_numbers(text: str) -> None:
    found = weak(text)
    assert found
    assert all(found)


@pytest.mark.parametrize(
    "text",
    ["PC 4321 said", "4321", "4321.", "(4321)", "4321.0", "0043 is", "no 12 of them", "12CN and", "3210:",
     "PC 4321 12 of", "LS6 is", "item 2QT", "\n4321\n", "4321, 1234"],
)  # fmt: skip
def test_others_are_not(text: str) -> None:
    found = weak(text)
    assert found
    assert not any(found)
