"""The readings of a row that says which is which."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matchers.people.kernel import oracle_order as oracle
from tests.matchers.people.kernel.pages import Page, crowd, written


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(crowd(40))


def units(text: str) -> list[oracle.Unit]:
    return oracle.units(text.lower().encode(), text, frozenset())


def test_several_surnames_and_forenames(page: Page) -> None:
    page.columns("de la Cruz", ["Maria Ana"])
    main, narrowing = page.readings()
    assert {(b"maria", b"cruz"), (b"maria", b"delacruz")} <= set(main)
    assert (b"ana", b"cruz") in narrowing


@pytest.mark.parametrize("initials", ["JMK", "J.M.K.", "J M K", "J. M. K."])
def test_initials_however_written(page: Page, initials: str) -> None:
    """The first tells who it is; with the others fewer are meant."""
    page.columns("Smith", [initials], initials=1)
    assert page.readings() == oracle.Readings(
        ((b"j", b"smith"),), ((b"jm", b"smith"), (b"jmk", b"smith"))
    )


def test_a_long_word_in_a_column_of_initials_is_a_name(page: Page) -> None:
    page.columns("Smith", ["Jonathan"], initials=1)
    assert page.readings().main == ((b"jonathan", b"smith"),)


def test_initials_are_no_third_name_where_a_forename_is_told(page: Page) -> None:
    """In whichever order the columns stand."""
    page.columns("Smith", ["John", "JM"], initials=2)
    forward = page.readings()
    page.columns("Smith", ["JM", "John"], initials=1)
    assert page.readings() == forward
    assert forward == oracle.Readings(((b"john", b"smith"),), ((b"jm", b"smith"),))


def test_forename_and_known_as_are_two_names(page: Page) -> None:
    page.columns("Smith", ["Margaret", "Peggy"])
    assert page.readings().main == ((b"margaret", b"smith"), (b"peggy", b"smith"))


def test_a_middle_name_narrows_and_a_middle_initial_does_not(page: Page) -> None:
    page.columns("Smith", ["John"], "Leo")
    assert (b"leo", b"smith") in page.readings().narrowing
    page.columns("Smith", ["John"], "L")
    assert not page.readings().narrowing


@pytest.mark.parametrize("middle", ["", "Leo", "L", "Leo Max", "de la Mar-Ines"])
@pytest.mark.parametrize("last", ["Smith", "de", "Mc", "J", "12", "x" * 50])
@pytest.mark.parametrize("first", ["John", "JM", "J", "LEO", "Al", "1a", "99"])
def test_one_word_a_cell_is_read_at_once_as_it_is_in_full(
    page: Page, last: str, first: str, middle: str
) -> None:
    """The same main readings and the same key; narrowing readings where somebody is to be told apart."""
    page.columns(last, [first], middle)
    main, narrowing, key = page.made(0), page.made(1), int(page.work.key[0])
    full = page.readings()
    assert (main, key) == (full.main, int(page.work.key[0]))
    assert narrowing in ((), full.narrowing)


@pytest.mark.parametrize(("last", "first"), [("", "John"), ("Smith", ""), ("12", "34")])
def test_one_name_is_none(page: Page, last: str, first: str) -> None:
    assert page.columns(last, [first]) is None


def test_rows_of_the_same_words_have_the_same_key(page: Page) -> None:
    """And others have not: cells are told apart."""
    keys = []
    for last, first in (
        ("Smith", "John"),
        ("SMITH", "john"),
        ("Smith John", "x"),
        ("John", "Smith"),
    ):
        page.columns(last, [first])
        keys.append(int(page.names.key[0]))
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0))
def test_readings_as_the_oracle_has_them(page: Page, seed: int) -> None:
    dice = random.Random(seed)
    last, first = written(dice, 5), written(dice, 5)
    known = oracle.in_columns(units(last), units(first))
    if page.columns(last, [first]) is None:
        assert not known.main
    else:
        assert page.readings() == oracle.Readings(known.main, tuple(dict.fromkeys(known.narrowing)))
