"""The readings of a name, each once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.arrays import READINGS
from tests.matchers.people.kernel.pages import Page, crowd, written


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(crowd(40))


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0))
def test_each_reading_once(page: Page, seed: int) -> None:
    """A pair of words counts once, however it came about: its chance is added up."""
    page.read(written(random.Random(seed)))
    main, narrowing = page.readings()
    assert len(set(main)) == len(main)
    assert len(set(narrowing)) == len(narrowing)
    assert not set(main).intersection(narrowing)


def test_one_word_held_twice_is_one(page: Page) -> None:
    """`McDonald` of the text and `Mc Donald` joined are the same reading."""
    page.read("McDonald Mc-Donald")
    main = page.readings().main
    assert (b"mcdonald", b"mcdonald") in main
    assert len(set(main)) == len(main)


def test_a_hyphened_surname_in_whole_and_in_parts(page: Page) -> None:
    page.read("SMITH-JONES-LEE, John")
    assert {last for _, last in page.readings().main} == {
        b"smithjoneslee", b"joneslee", b"lee", b"smith", b"jones",
    }  # fmt: skip


def test_particles_in_whole_and_in_parts_but_never_alone(page: Page) -> None:
    page.read("Maria de la Cruz")
    lasts = {last for first, last in page.readings().main if first == b"maria"}
    assert {b"delacruz", b"lacruz", b"cruz"} <= lasts


def test_mc_is_never_left_out(page: Page) -> None:
    """McDonald is not Donald."""
    page.columns("Mc Donald", ["John"])
    assert page.readings().main == ((b"john", b"mcdonald"),)


def test_no_name_has_more_readings_than_there_is_room_for(page: Page) -> None:
    """The longest that are read at all: five names of four parts, and twelve in two cells."""
    long = "a-b-c-d e-f-g-h i-j-k-l m-n-o-p q-r-s-t u-v-w-x"
    page.read(long.rpartition(" ")[0])
    assert 0 < len(page.readings().main) < READINGS
    page.columns(long, [long.upper(), long, long])
    assert 0 < len(page.readings().main) < READINGS
