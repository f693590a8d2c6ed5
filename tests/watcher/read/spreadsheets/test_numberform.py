from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, from_excel

from watcher.read.spreadsheets.numberform import PLAIN, Form, as_is, form, numbered, written


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("000000", Form(digits=6)),
        ("00000;[Red]-0", Form(digits=5)),
        ('"P"0000', Form(digits=4)),
        ("dd/mm/yyyy", Form(date=True)),
        ("[$-809]d mmmm yyyy", Form(date=True)),
        ("h:mm:ss.00", Form(date=True)),
        ("[h]:mm", PLAIN),
        (";;;", Form(unseen=True)),
        ("0.00", PLAIN),
        ('#,##0 "days"', PLAIN),
        ("General", PLAIN),
        ("@", PLAIN),
        ("", PLAIN),
    ],
)
def test_a_format_code_says_what_is_shown(code: str, wanted: Form) -> None:
    """Leading zeros, dates and nothing at all are told from other formats."""
    assert form(code) == wanted


def test_built_in_dates_are_those_of_another_tool() -> None:
    """The numbers of built-in formats mean what openpyxl says of them; a span of time is no date."""
    for number, code in BUILTIN_FORMATS.items():
        if number != 46:
            assert numbered(number, {}).date == is_date_format(code), code


@given(st.integers(61, 2_900_000))
def test_days_are_dates(days: int) -> None:
    """A count of days is the date that openpyxl makes of it, in either epoch."""
    date = Form(date=True)
    if days < 2_900_000 - 1462:
        found = from_excel(days, epoch=CALENDAR_MAC_1904)
        assert written(float(days), date, since_1904=True) == found.date().isoformat()
    assert written(float(days), date) == from_excel(days).date().isoformat()


@given(st.floats(), st.builds(Form, digits=st.integers(0, 30), date=st.booleans()))
def test_any_number_is_written(value: float, shape: Form) -> None:
    """Whatever the number and its format, it becomes a text."""
    assert written(value, shape)


def test_numbers_are_written_as_shown() -> None:
    """Whole numbers are whole, with as many digits as asked for; moments have their time."""
    assert written(4400123.0) == "4400123"
    assert written(4123.0, Form(digits=6)) == "004123"
    assert written(-5.0, Form(digits=6)) == "-5"
    assert written(1.5) == "1.5"
    assert written(43832.5, Form(date=True)) == "2020-01-02 12:00:00"
    assert written(0.25, Form(date=True)) == "06:00:00"


@given(st.text("0123456789.-eE²٣", max_size=18))
def test_what_is_taken_as_it_is_would_be_written_so(text: str) -> None:
    """It saves the way through a float, and changes nothing."""
    if text and as_is(text):
        assert written(float(text)) == text
