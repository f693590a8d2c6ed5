"""In which order names are written."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel import wanted
from tests.matchers.people.kernel import oracle_order as oracle
from tests.matchers.people.kernel.pages import Page, crowd, written


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(crowd(40))


def main(page: Page, text: str, mode: int = wanted.LINE) -> set[str]:
    page.read(text, mode)
    return {f"{one.decode()} {other.decode()}" for one, other in page.readings().main}


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("SMITH, John", "john smith"),
        ("Smith, John", "john smith"),
        ("John Smith", "john smith"),
        ("SMITH John Michael", "john smith"),
        ("Smith John Michael", "john smith"),
        ("John Michael Smith", "john smith"),
        ("Smith J", "j smith"),
        ("J Smith", "j smith"),
        ("J. M. Smith", "j smith"),
        ("J.M.Smith", "j smith"),
        ("Smith,J.", "j smith"),
        ("Smith JM", "j smith"),
        ("Mr John Smith QPM", "john smith"),
        ("John Mc Donald", "john mcdonald"),
        ("Mc Donald, John", "john mcdonald"),
        ("Maria de la Cruz", "maria cruz"),
        ("Maria de la Cruz", "maria delacruz"),
        ("John Smith-Jones", "john jones"),
        ("John Smith-Jones", "john smithjones"),
        ("Mary-Ann Smith", "maryann smith"),
        ("Aoife O Neill", "aoife oneill"),
    ],
)  # fmt: skip
def test_order_conventions(page: Page, line: str, read: str) -> None:
    assert read in main(page, line)


@pytest.mark.parametrize("line", ["SMITH John", "John SMITH", "Smith, John"])
def test_capitals_and_commas_say_which_is_the_surname(page: Page, line: str) -> None:
    assert main(page, line) == {"john smith"}


def test_a_word_in_capitals_may_be_initials(page: Page) -> None:
    assert main(page, "Smith JMK") == {"smith jmk", "jmk smith", "j smith"}


def test_other_names_narrow(page: Page) -> None:
    page.read("John Michael Smith")
    assert (b"michael", b"smith") in page.readings().narrowing


@pytest.mark.parametrize("line", ["Smith", "", "1234", "Mr", "one two three four five six seven"])
def test_one_name_is_none(page: Page, line: str) -> None:
    assert page.read(line) is None


def test_particles_make_no_name_too_long(page: Page) -> None:
    assert "maria delacruz" in main(page, "Maria de la Cruz van der")
    assert "maria vandermeer" in main(page, "Maria de la Cruz van der Meer")
    assert page.read("Maria Ana Eva Ida Una Oda") is None


def test_neighbours_in_a_run(page: Page) -> None:
    """Words that are no names may stand on either side."""
    assert "john smith" in main(page, "Eskmouth Resident John Smith Said", wanted.RUN)


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0))
def test_readings_as_the_oracle_has_them(page: Page, seed: int) -> None:
    """Main and narrowing ones, in the same order: names are narrowed one after another."""
    dice = random.Random(seed)
    for mode in (wanted.LINE, wanted.RUN):
        if page.read(written(dice), mode) is not None:
            found = page.units()
            known = oracle.readings(found) if mode == wanted.LINE else oracle.in_run(found)
            assert page.readings() == known
