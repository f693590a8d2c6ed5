"""The names in one stretch of text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel import wanted
from matchers.people.kernel.arrays import UNITS
from matchers.people.kernel.publics import OPENERS
from matchers.people.words import TITLES
from tests.matchers.people.kernel import oracle_order as oracle
from tests.matchers.people.kernel.pages import Page, crowd, written


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(crowd(40))


def parts(page: Page, text: str, mode: int = wanted.LINE) -> list[bytes]:
    page.read(text, mode)
    return [b"-".join(unit.parts) for unit in page.units()]


def test_hyphens_join_up_to_four(page: Page) -> None:
    assert parts(page, "Mary-Ann Smith-Jones") == [b"mary-ann", b"smith-jones"]
    assert parts(page, "a-b-c-d-e f") == [b"a-b-c-d", b"e", b"f"]
    assert parts(page, "Mary - Ann") == [b"mary", b"ann"]


def test_a_hyphen_joins_nothing_over_a_number(page: Page) -> None:
    assert parts(page, "Mary 12-Smith") == [b"mary", b"smith"]


def test_titles_are_dropped_where_two_names_stay(page: Page) -> None:
    assert parts(page, "Dr Mary Smith") == [b"mary", b"smith"]
    assert parts(page, "Dr Smith") == [b"dr", b"smith"]


def test_openers_are_dropped_from_runs_alone(page: Page) -> None:
    assert parts(page, "The Mary Smith", wanted.RUN) == [b"mary", b"smith"]
    assert parts(page, "The Mary Smith") == [b"the", b"mary", b"smith"]


def test_more_names_than_there_is_room_for_are_nobodys(page: Page) -> None:
    """However many: they are counted and not kept."""
    assert page.read(" ".join(["Smith"] * (UNITS + 5)), wanted.RUN) is None
    assert page.columns(" ".join(["Smith"] * 90), [" ".join(["John"] * 90)]) is None


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0))
def test_units_as_the_oracle_has_them(page: Page, seed: int) -> None:
    text = written(random.Random(seed))
    for mode, dropped in ((wanted.LINE, TITLES), (wanted.RUN, TITLES | OPENERS)):
        page.read(text, mode)
        known = oracle.units(text.lower().encode(), text, dropped)
        for found, other in zip(page.units(), known, strict=True):
            assert found.parts == other.parts
            assert found.capitals == other.capitals
