"""In which order names are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.people.order import in_columns, in_run, letters_of, readings, units
from matchers.people.words import clean


def main(text: str) -> set[str]:
    plain, folded = clean(text)
    return {
        f"{one.decode()} {other.decode()}" for one, other in readings(units(folded, plain)).main
    }


@pytest.mark.parametrize(
    ("written", "read"),
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
        ("Aoife O'Neill", "aoife oneill"),
        ("Aoife O Neill", "aoife oneill"),
    ],
)  # fmt: skip
def test_order_conventions(written: str, read: str) -> None:
    assert read in main(written)


def test_capitals_say_which_is_the_surname() -> None:
    assert main("SMITH John") == {"john smith"}
    assert main("John SMITH") == {"john smith"}


def test_a_comma_says_which_is_the_surname() -> None:
    assert main("Smith, John") == {"john smith"}


def test_other_names_narrow() -> None:
    plain, folded = clean("John Michael Smith")
    assert (b"michael", b"smith") in readings(units(folded, plain)).narrowing


def test_one_name_is_none() -> None:
    for text in ("Smith", "", "1234", "Mr", "one two three four five six seven"):
        assert not main(text)


def test_neighbours_in_a_run() -> None:
    """Words that are no names may stand on either side."""
    plain, folded = clean("Eskmouth Resident John Smith Said")
    assert (b"john", b"smith") in in_run(units(folded, plain)).main


def test_columns() -> None:
    def cell(text: str) -> list[object]:
        plain, folded = clean(text)
        return list(units(folded, plain))

    found = in_columns(units(b"de la cruz", "de la Cruz"), units(b"maria ana", "Maria Ana"))
    assert {(b"maria", b"cruz"), (b"maria", b"delacruz")} <= set(found.main)
    assert (b"ana", b"cruz") in found.narrowing
    assert in_columns(units(b"mc donald", "Mc Donald"), units(b"j", "J")).main == (
        (b"j", b"mcdonald"),
    )
    assert not in_columns([], units(b"j", "J")).main
    assert cell("J.M.") == letters_of(units(b"jm", "JM"))


def test_what_is_too_long_for_a_name_is_none() -> None:
    """However long: the readings of a row must not multiply."""
    long = units(b"de " * 5000 + b"x", "de " * 5000 + "x")
    assert not in_columns(long, long).main
    assert not readings(long).main
    assert max(len(unit.parts) for unit in units(b"a-" * 5000, "a-" * 5000)) <= 4


@given(st.text(max_size=60))
def test_any_text_may_be_read(text: str) -> None:
    plain, folded = clean(text)
    for one, other in readings(units(folded, plain)).main:
        assert one
        assert other
