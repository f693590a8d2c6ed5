"""Runs of capitalised words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.people import runs
from matchers.people.words import clean


def found(text: str) -> list[tuple[str, str]]:
    plain, folded = clean(text)
    return [(run.key.decode(), run.rank) for run in runs.find(plain, folded)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("then John Smith went", ["john smith"]),
        ("John Smith, Mary Jones and Ugo Noone", ["john smith", "mary jones", "ugo noone"]),
        ("Yesterday John Smith went", ["john smith"]),
        ("a J. M. Smith or J.M. Smith", ["j m smith", "j m smith"]),
        ("the SMITH, John of", ["smith john,"]),
        ("a John Smith-Jones here", ["john smithjones"]),
        ("a Maria de la Cruz here", ["maria de la cruz"]),
        ("Smith went. He", []),
        ("nothing here at all", []),
        ("DC Smith came", []),
    ],
)
def test_each_run_is_one_row(text: str, keys: list[str]) -> None:
    assert [key for key, _ in found(text)] == keys


def test_a_rank_is_no_part_of_the_name() -> None:
    assert found("Then Police Constable John Smith went") == [("john smith", "constable")]
    assert found("a T/DS John Smith") == [("john smith", "sergeant")]


@given(st.text(max_size=100))
def test_places_are_those_of_the_text(text: str) -> None:
    plain, folded = clean(text)
    for run in runs.find(plain, folded):
        assert 0 <= run.start < run.end <= len(plain)
