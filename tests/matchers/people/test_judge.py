"""Whom a name means, and with what chance."""

from __future__ import annotations

import pytest

from matchers.people.chance import Rule
from matchers.people.judge import MOST, Judged
from matchers.people.order import Readings
from matchers.people.tools import Tools
from tests.matchers.people.crowd import KEY
from watcher.api import Person


def opened(*names: str) -> Tools:
    from matchers.people import People
    from watcher.api import Watch

    people = [
        Person(ref=str(i), forename=name.split()[0], surname=name.split()[1])
        for i, name in enumerate(names)
    ]
    return Tools.open(People(Watch()).enrol(people, KEY), KEY)


def judged(tools: Tools, *pairs: str, shortest: int = 4) -> Judged:
    main = tuple((pair.split()[0].encode(), pair.split()[1].encode()) for pair in pairs)
    readings = Readings(main)
    return tools.judged(readings, tools.words([readings]), shortest=shortest)


ROSTER = ("Imogen Golightly", "Fergus Golightly", "Fergus Inskip", "Quentin Inskip", "J Solo")


def test_pairs_that_somebody_has() -> None:
    """Never any forename with any surname."""
    tools = opened(*ROSTER)
    assert judged(tools, "imogen golightly").officers == (0,)
    assert judged(tools, "imogen inskip").officers == ()
    assert judged(tools, "f golightly") == judged(tools, "f golightly")
    assert judged(tools, "f golightly").rule is Rule.INITIAL


def test_one_edit_in_either_name_but_exact_first() -> None:
    tools = opened(*ROSTER, "Imogen Golightley")
    assert judged(tools, "imogen golightly").officers == (0,)
    assert judged(tools, "imogne golightly").officers == (0,)
    assert judged(tools, "imogen golightlyx").edits == 1
    assert judged(tools, "imogne golightlyx").officers == ()
    assert judged(tools, "f golightlx").officers == ()


def test_an_initial_that_is_all_the_roster_knows() -> None:
    assert judged(opened(*ROSTER), "jennifer solo").officers == (4,)
    assert judged(opened(*ROSTER), "jennifer solo").rule is Rule.INITIAL


def test_no_chance_without_a_carrier() -> None:
    """Nobody enrolled carries the surname, or one an edit from it: such a row cannot match."""
    assert judged(opened(*ROSTER), "imogen table", "fergus chair") == Judged((), 0.0)


@pytest.mark.parametrize(
    "name", ["imogen golightly", "una golightly", "f inskip", "imogne golightly"]
)
def test_a_chance_is_a_probability(name: str) -> None:
    """Above nothing wherever there is a carrier, and never certain."""
    assert 0 < judged(opened(*ROSTER), name).chance <= MOST


def test_a_common_surname_makes_a_match_likelier() -> None:
    common = opened(
        *(f"{first} Jones" for first in ("Una", "Rhys", "Imogen", "Fergus")), "Ada Inskip"
    )
    assert judged(common, "una jones").chance > judged(common, "ada inskip").chance


def test_more_readings_are_more_chances() -> None:
    tools = opened(*ROSTER)
    one, two = judged(tools, "imogen golightly"), judged(tools, "imogen golightly", "fergus inskip")
    assert two.chance > one.chance
