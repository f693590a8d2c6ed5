"""Numbers: filed, found, how rare."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.people import numbers
from matchers.people.fold import fold
from tests.matchers.people.kernel.oracle_numbers import find
from tests.matchers.people.oracles import Known


def shapes(*values: str) -> Known:
    return Known(numbers.learn([numbers.number(value) for value in values]))


def found(text: str, *enrolled: str) -> list[tuple[bytes, bool]]:
    return [(each.number.full, each.weak) for each in find(fold(text), shapes(*enrolled).known)]


@pytest.mark.parametrize("printed", ["C012345", "c 12345", "C-012345", "C/12345", " c0012345 "])
def test_spaces_dashes_case_and_leading_zeros_do_not_matter(printed: str) -> None:
    assert numbers.number(printed) == numbers.number("C12345")
    assert numbers.number(printed).core == b"12345"


def test_letters_are_kept_in_full_and_dropped_in_the_core() -> None:
    assert numbers.number("21 CN")[:2] == (b"21cn", b"21")
    assert numbers.number("A12B34")[:2] == (b"a12b34", b"")
    assert numbers.number("none") is numbers.NONE


@given(st.from_regex(r"[A-Z]{0,2}[1-9][0-9]{1,7}[A-Z]{0,2}", fullmatch=True))
def test_an_enrolled_number_is_found_in_text(value: str) -> None:
    """Whatever its letters; alone, in brackets, at the end of a sentence."""
    full = numbers.number(value).full
    for text in (value, f"({value})", f"she is {value.lower()}.", f"no. {value}, said"):
        assert full in [number for number, _ in found(text, value)]


@pytest.mark.parametrize(
    "text",
    ["in 1987 he", "12/05/1999", "£1200", "at 1430:15", "3.1415", "0161 496 0000", "the 1990s",
     "1500%", "sold for $1999", "1066.50"],
)  # fmt: skip
def test_years_dates_times_prices_and_telephones_are_weak(text: str) -> None:
    enrolled = ("1987", "12051999", "1200", "1430", "1415", "161", "496", "990s", "1500", "15")
    assert all(weak for _, weak in found(text, *enrolled))


def test_a_number_in_the_open_is_not_weak() -> None:
    assert found("PC 4321 said", "4321") == [(b"4321", False)]


def test_only_enrolled_shapes_are_found() -> None:
    assert found("4321 and 54321", "1234") == [(b"4321", False)]


def test_density_is_count_by_span() -> None:
    """Of the whole shape if fewer than 100 are enrolled, of the enrolled span else; 0 outside it."""
    few = shapes("5000", "6000")
    assert few.density(numbers.number("7777")) == pytest.approx(2 / 9000)
    many = shapes(*(str(value) for value in range(4000, 4999, 2)))
    assert many.density(numbers.number("4001")) == pytest.approx(0.5)
    assert many.density(numbers.number("8888")) == 0
    assert many.density(numbers.number("88888")) == 0


def test_spans_do_not_give_away_a_number() -> None:
    """Neither the first nor the last enrolled number stands in the table."""
    table = numbers.learn([numbers.number("1234567"), numbers.number("7654321")])
    assert not {1234567, 7654321} & set(np.asarray(table).ravel().tolist())


def test_numbers_as_spreadsheets_and_people_write_them() -> None:
    """Padded, as a decimal, in groups on a line of its own; a phone number or a price is neither."""
    shapes = Known(
        numbers.learn([numbers.number(str(value)) for value in range(59_000_000, 59_000_200)])
    )
    for text in (b"0059000123", b"59000123.0", b"59000123.0,", b"5900 0123", b" 590 00 123 "):
        (found,) = find(text, shapes.known)
        assert (found.number.core, found.weak) == (b"59000123", False), text
    assert numbers.parse(b"59000123.0") == numbers.parse(b"59000123")
    for text in (b"59000123.50", b"59000123.0.1", b"01632 960123"):
        assert all(each.weak for each in find(text, shapes.known)), text
