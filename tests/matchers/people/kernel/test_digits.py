"""Numbers in folded text."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people import mail
from matchers.people.kernel import arrays
from matchers.people.kernel.arrays import SECOND
from matchers.people.kernel.folding import fold
from tests.matchers.people.kernel.oracle_numbers import find
from tests.matchers.people.kernel.windows import (
    Window,
    celled,
    cleaned,
    index,
    numbered,
    otherwise,
    some,
    window,
)
from tests.matchers.people.oracles import Known
from watcher.api import Person

PAY = [str(59_000_000 + 37 * i) for i in range(150)]
ODD = ["12CN", "a12b34", "7X", "LS6", "123456", "990s", "31121999", "2QT", "C5163334", "4321", "9"]
SEPARATORS = [
    *[" "] * 8, "-", "/", ".", ",", "\n", "\t", "$", "+", "%", "@", "(", ")", ":", ", ", ". ", "  ",
    "’", "\u00ad", "'s ", "£", " gbp ", ".0 ", "x", "a", "", ".\n", "\u200b", "’s ", "_", "\x1f",
]  # fmt: skip
WORDS = [
    "may", "June", "jan", "remark", "PC", "no", "C", "ls6", "2qt", "1987", "12", "31", "0161", "496",
    "0000", "44", "00123", "00", "smith", "7th", "5pm", "2100s", "1,200", "12/05/1999", "1999-12-01",
    "a@b.example:se3cret", "x" * 22, "9" * 21, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "3.1415",
    "c-", "a1b2c3", "0" * 20 + "123", "59,000,111", "%59 at", "59.000.111", "590 00 111", "20 7946 0123",
    *PAY[:20], *ODD, *(each.lower() for each in ODD), *(f"00{each}" for each in PAY[:9]),
    *(f"{each[:3]} {each[3:]}" for each in PAY[:9]), *(f"{each[:4]}-{each[4:]}" for each in PAY[:9]),
]  # fmt: skip


def enrolled() -> arrays.Index:
    """An index with many numbers of one shape and a few odd ones."""
    return index([
        Person(ref=str(i), numbers=(("pay_number", value),))
        for i, value in enumerate((*PAY, *ODD))
    ])  # fmt: skip


def rows(seen: Window, *, second: bool = False) -> list[int]:
    """The rows of a window's numbers, or those of second readings."""
    found = seen.numbers
    return [row for row in range(found.count[0]) if (found.weak[row] == SECOND) == second]


def told(text: str, *values: str) -> list[tuple[str, int, int]]:
    """(As it is written, digits as a number, weak) of what is found."""
    seen = window(text, numbered(*values)).numbers
    return [
        (text[seen.start[row] : seen.end[row]], int(seen.core[row]), int(seen.weak[row]))
        for row in range(seen.count[0])
    ]


def agree(count: int, dice: random.Random) -> None:
    """Hold as many random texts against the regular expressions."""
    known = enrolled()
    shapes = Known(known.shape)
    for _ in range(count):
        text = some(dice, WORDS, SEPARATORS, 12)
        seen = window(text, known)
        folded, place = cleaned(seen.cls)
        blank = bytearray(folded)
        for address in mail.find(folded):
            blank[address.start : address.until] = b"\t" * (address.until - address.start)
        expected = [
            (
                place[each.start], place[each.end - 1] + 1, each.number.shape,
                int(each.number.core or -1), each.weak,
            )
            for each in find(bytes(blank), shapes.known)
        ]  # fmt: skip
        found = seen.numbers
        assert [
            (found.start[row], found.end[row], found.shape[row], found.core[row], found.weak[row])
            for row in rows(seen)
        ] == expected, text


def test_what_is_found_is_what_the_pattern_finds() -> None:
    """In any text: where, of which shape, and whether it is probably something else."""
    agree(1500, random.Random(1))


def test_interpreted_it_is_the_same() -> None:
    otherwise(__name__, 60, NUMBA_DISABLE_JIT="1")


def test_nothing_is_read_outside_the_arrays() -> None:
    otherwise(__name__, 200, NUMBA_BOUNDSCHECK="1")


@settings(deadline=None)  # the first call compiles
@given(st.from_regex(r"[A-Z]{0,2}[1-9][0-9]{3,7}[A-Z]{0,2}", fullmatch=True))
def test_an_enrolled_number_is_found(value: str) -> None:
    """Alone, in brackets, in small letters, padded, at the end of a sentence, in a cell."""
    known = numbered(value)
    for text in (
        value,
        f"({value})",
        f"she is {value.lower()}.",
        f"no. {value}, said",
        f"_{value}_",
    ):
        seen = window(text, known)
        assert (seen.numbers.group[: seen.numbers.count[0]] >= 0).any(), text
    cls = fold(f" {value} ")
    found = arrays.numbers(4)
    row = celled(cls, 0, cls.size, known, found)
    assert found.group[row] >= 0
    assert found.count[0] == row + 1


@pytest.mark.parametrize("text", ["59915480", "C5991548", "PC57460", "0059915480"])
def test_in_full_or_by_its_digits(text: str) -> None:
    known = numbered("59915480", "A5991548", "57460")
    assert window(text, known).numbers.group[0] >= 0
    assert window(text.replace("5", "6"), known).numbers.group[0] < 0


@pytest.mark.parametrize(
    "text", ["5991 5480", "59 91 54 80", "59,915,480", "59.915.480", "0059 915480"]
)
def test_groups_that_are_all_of_a_line_are_one_number(text: str) -> None:
    for around in ("{}", "first\n{}\nlast", " {} ", "a\x1f{}\x1fb", "a\t{}\r\n"):
        whole = around.format(text)
        assert told(whole, "59915480", "12", "1234") == [(text, 59915480, 0)], whole


@pytest.mark.parametrize(
    "text", ["/ 288 177 /", "warrant=288 177 ", "PC 28 81 77 said", "288,177."]
)
def test_groups_among_words_are_a_second_reading(text: str) -> None:
    """What they are one by one stands beside it."""
    assert (288177, SECOND) in [each[1:] for each in told(text, "288177")]
    assert len([each for each in told(text, "288177", "12", "123") if not each[2]]) >= 2


@pytest.mark.parametrize(
    "text",
    ["£288,177 paid", "288,177.50", "on 28 81 77%", "28 81 77-1", "3.288.177.5", "0161 496 0000 now",
     "10 28 81 77 5", "288,177,1"],
)  # fmt: skip
def test_prices_and_telephone_numbers_are_no_second_reading(text: str) -> None:
    enrolled = ("288177", "3288177", "01614960000", "1614960000")
    assert not [each for each in told(text, *enrolled) if each[2] == SECOND]


def test_the_digits_at_the_end_of_a_handle_are_a_second_reading() -> None:
    assert told("DavidKnight43324 wrote", "43324") == [("43324", 43324, SECOND)]
    assert told("deadbeef1987", "4332") == []
    assert told("elizabeth433", "433") == []


def test_what_lies_in_an_address_or_beside_it_is_no_number() -> None:
    assert told("4321@force.example:4321 4321", "4321") == [("4321", 4321, 0)]


@pytest.mark.parametrize(
    "cell", ["1234.0", "C 1 234", "001234", "PC1234", " 1234 ", "12-34", "1,234"]
)
def test_a_cell_is_one_number(cell: str) -> None:
    cls = fold(f"x\x1f{cell}\x1f")
    found = arrays.numbers(1)
    assert celled(cls, 2, cls.size - 1, numbered("1234"), found) == 0
    assert (found.core[0], found.group[0], found.weak[0]) == (1234, 0, 0)


def test_a_cell_of_no_enrolled_shape_is_a_number_all_the_same() -> None:
    """It was tried; its chance is 0. What has no digits was not."""
    known = numbered("1234")
    found = arrays.numbers(2)
    assert celled(fold("1234567"), 0, 7, known, found) == 0
    assert (found.group[0], found.chance[0]) == (-1, 0)
    assert found.bits[0] == pytest.approx(np.log2(9e6))
    assert celled(fold("none"), 0, 4, known, found) == -1


def test_without_room_it_says_so() -> None:
    known = numbered("1234")
    found = arrays.numbers(1)
    for _ in range(2):
        celled(fold("1234"), 0, 4, known, found)
    assert (found.count[0], found.full[0]) == (1, 1)
