"""Whom readings mean in the roster."""

from __future__ import annotations

import pytest

from matchers.people.chance import Rule
from matchers.people.kernel import wanted
from tests.matchers.people.kernel.oracle_judge import Judged
from tests.matchers.people.kernel.pages import Page
from watcher.api import Person

ROSTER = (
    "Imogen Golightly", "Fergus Golightly", "Fergus Inskip", "Quentin Inskip", "J Solo",
)  # fmt: skip


def opened(*names: str) -> Page:
    return Page([
        Person(ref=str(i), forename=name.split()[0], surname=name.split()[1])
        for i, name in enumerate(names)
    ])  # fmt: skip


@pytest.fixture(scope="module")
def page() -> Page:
    return opened(*ROSTER)


def found(page: Page, text: str, shortest: int = 4) -> Judged:
    judged = page.read(text, wanted.LINE, shortest)
    assert judged is not None
    return judged


def test_pairs_that_somebody_has(page: Page) -> None:
    """Never any forename with any surname."""
    assert found(page, "Imogen Golightly").officers == (0,)
    assert found(page, "Imogen Inskip").officers == ()
    assert found(page, "F Golightly").rule is Rule.INITIAL


def test_one_edit_in_either_name_but_exact_first() -> None:
    page = opened(*ROSTER, "Imogen Golightley")
    assert found(page, "Imogen Golightly").officers == (0,)
    assert found(page, "Imogne Golightly").officers == (0,)
    assert found(page, "Imogen Golightlyx").edits == 1
    assert found(page, "Imogne Golightlyx").officers == ()
    assert found(page, "F Golightlx").officers == ()


def test_short_words_are_mistyped_in_cells_alone() -> None:
    """G of the law: letters of what was read."""
    page = opened("Imogen Hale")
    assert found(page, "Imogen Hal", 3).officers == (0,)
    assert found(page, "Imogen Hal", 4).officers == ()


def test_an_initial_that_is_all_the_roster_knows(page: Page) -> None:
    assert found(page, "Jennifer Solo").officers == (4,)
    assert found(page, "Jennifer Solo").rule is Rule.INITIAL


def test_no_chance_without_a_carrier(page: Page) -> None:
    """Nobody enrolled carries the surname, or one an edit from it: such a row cannot match."""
    assert found(page, "Imogen Table") == Judged((), 0.0)


@pytest.mark.parametrize(
    "name", ["Imogen Golightly", "Una Golightly", "F Inskip", "Imogne Golightly"]
)
def test_a_chance_is_a_probability(page: Page, name: str) -> None:
    """Above nothing wherever there is a carrier, and never certain."""
    assert 0 < found(page, name).chance <= 0.9999


def test_a_middle_name_tells_namesakes_apart() -> None:
    people = [
        Person(ref="a", forename="Imogen", middle="Rhys", surname="Golightly"),
        Person(ref="b", forename="Imogen", middle="Una", surname="Golightly"),
    ]
    page = Page(people)
    assert found(page, "Imogen Golightly").officers == (0, 1)
    assert found(page, "Imogen Una Golightly").officers == (1,)
    assert found(page, "Imogen Xena Golightly").officers == (0, 1)


def test_what_has_no_room_is_not_answered(page: Page) -> None:
    """Whichever room it is: `full` is marked, and with more of it the answer is there."""
    for rows, officers in ((0, 64), (64, 0)):
        page.renew(1 << 12, rows, officers)
        with pytest.raises(AssertionError):
            page.read("Imogen Golightly")
        assert page.names.full[0]
        assert page.names.count[0] == 0
    page.renew()
    assert found(page, "Imogen Golightly").officers == (0,)
