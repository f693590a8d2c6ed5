"""A full name is split in every order in which rosters write it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.enrol.names import initials, split


@pytest.mark.parametrize(
    ("text", "forename", "middle", "surname"),
    [
        ("ROE, Jane", "Jane", "", "ROE"),
        ("Roe, Jane Ann Mary", "Jane", "Ann Mary", "Roe"),
        ("Roe,J.A.", "J", "A", "Roe"),
        ("Jane Roe", "Jane", "", "Roe"),
        ("Jane Ann Roe", "Jane", "Ann", "Roe"),
        ("J. A. Roe", "J.", "A.", "Roe"),
        ("J.A. Roe", "J", "A", "Roe"),
        ("ROE Jane", "Jane", "", "ROE"),
        ("ROE Jane Ann", "Jane", "Ann", "ROE"),
        ("Jane ROE", "Jane", "", "ROE"),
        ("Jane van der ROE", "Jane", "", "van der ROE"),
        ("Jane van der Roe", "Jane", "", "van der Roe"),
        ("Jane Mc Roe", "Jane", "", "Mc Roe"),
        ("Roe J", "J", "", "Roe"),
        ("Roe J.A.", "J", "A", "Roe"),
        ("Roe J A", "J", "A", "Roe"),
        ("Mrs Jane Roe QPM", "Jane", "", "Roe"),
        ("PC 1234 Jane Roe", "Jane", "", "Roe"),
        ("T/DS Jane Roe", "Jane", "", "Roe"),
        ("DC Roe, Jane", "Jane", "", "Roe"),
        ("Con Roe", "Con", "", "Roe"),
        ("JANE ROE", "JANE", "", "ROE"),
        ("Roe", "", "", "Roe"),
        ("Jane O'Roe-Poe", "Jane", "", "O'Roe-Poe"),
        ("", "", "", ""),
    ],
)
def test_a_name_falls_into_its_parts(text: str, forename: str, middle: str, surname: str) -> None:
    """Comma, capitals, initials, particles, titles and ranks say which part is which."""
    assert split(text) == (forename, middle, surname)


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_any_text_can_be_split(text: str) -> None:
    """Nothing is invented: every part's letters come from the text."""
    parts = split(text)
    assert set("".join(parts)) <= set(text) | {" "}


def test_initials_are_read_apart() -> None:
    """With stops, with spaces, or run together."""
    assert initials("J.M.") == initials("J M") == initials("JM") == ("J", "M")
    assert initials("J") == ("J", "")
    assert initials(" - ") == ("", "")
