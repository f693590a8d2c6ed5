"""A ref says nothing of its person."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.enrol.refs import malformed, repeats
from watcher.model import Person


def person(ref: str) -> Person:
    return Person(
        ref=ref,
        forename="Seán",
        surname="Roe-Marlow",
        known_as="Jo",
        numbers=(("pay_number", "L123456"), ("collar_number", "0417"), ("collar_number", "9")),
        emails=("sean.roe-marlow@example.police.uk",),
    )


@pytest.mark.parametrize(
    ("ref", "what"),
    [
        ("L123456", "a number"),
        ("l 123456", "a number"),
        ("123456", "a number"),
        ("00123456", "a number"),
        ("ref-123456-x", "a number"),
        ("X123456Y", "a number"),
        ("0417", "a number"),
        ("417", "a number"),
        ("officer-417", "a number"),
        ("R0417", "a number"),
        ("9", "a number"),
        ("sean.roe-marlow@example.police.uk", "an address"),
        ("sean.roe-marlow", "an address"),
        ("Roe-Marlow", "a name"),
        ("p1-MARLOW", "a name"),
        ("sean1", "a name"),
        ("Jo-77", "a name"),
        ("r-0001", ""),
        ("P104172", ""),
        ("9123456", "a number"),
        ("a8f5f167-f44f-4964-e6c9-98d8ba417c37", ""),
        ("19", ""),
        ("1234", ""),
        ("Q7XK2", ""),
    ],
)
def test_a_ref_that_repeats_is_noticed(ref: str, what: str) -> None:
    """In any case, with or without zeros and marks around it; a random ref is left alone."""
    assert repeats(person(ref)) == what


@settings(max_examples=60)
@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=10),
    st.sampled_from(["{}", "x-{}", "{}-1", "REF {}", "{}/2"]),
)
def test_every_surname_is_noticed(surname: str, form: str) -> None:
    """Whatever the name, a ref that holds it as a word is refused."""
    assert repeats(Person(ref=form.format(surname.lower()), surname=surname)) == "a name"


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.sampled_from(["{}", "x-{}", "{}-1a", "REF {}", "0{}"]))
def test_every_number_is_noticed(number: int, form: str) -> None:
    """Whatever the number, a ref that holds it as a word is refused."""
    row = Person(ref=form.format(number), numbers=(("pay_number", f"{number:06}"),))
    assert repeats(row) == "a number"


def test_a_ref_that_counts_the_rows_is_opaque() -> None:
    """By accident somebody's collar number is the row's own; on any other row it is no accident."""
    row = Person(ref="N-01234", numbers=(("collar_number", "1234"),))
    assert repeats(row, 1234) == ""
    assert repeats(row, 1235) == "a number"
    assert (
        repeats(Person(ref="roe-7", surname="Roe", numbers=(("collar_number", "7"),)), 7)
        == "a name"
    )


def test_form() -> None:
    """At most 64 characters, none of them a control."""
    assert not malformed("é" * 64)
    assert malformed("e" * 65)
    assert malformed("a\x1bb")
    assert malformed("a\u202eb")
