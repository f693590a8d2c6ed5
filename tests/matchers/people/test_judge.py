"""Whom a name means, and with what chance."""

from __future__ import annotations

import math
import random
from collections import Counter

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


# No name is another's nickname, or one an edit from it.
PLAIN = ("Quixley", "Bertwold", "Kathmere", "Dunstana", "Bramwellia", "Kenelmus", "Dorothwy")
HOUSES = ("Abcott", "Fennimar", "Gollowey", "Hathershaw", "Yardleybrook", "Zennorian")


def by_hand(rows: list[tuple[str, str]], first: str, last: str) -> float:
    """The p of a stranger's row, from plain text: each person left out, shares shrunk (m = 20)."""

    def key(name: str) -> str:
        return name[:1] if len(first) == 1 else name

    n_s = Counter(surname for _, surname in rows)
    shared = [sum((key(f), s) == (key(g), t) for g, t in rows) > 1 for f, s in rows]
    met = [n_s[s] - 1 for _, s in rows]
    prior = 2.0 if len(first) == 1 else 1.0
    some = [at for at, others in enumerate(met) if others]
    overall = (sum(shared[at] for at in some) + prior) / (len(some) + 20)

    def stratum(others: int) -> float:
        band = [at for at in some if int(2 * math.log2(met[at])) == int(2 * math.log2(others))]
        return (sum(shared[at] for at in band) + 20 * overall) / (len(band) + 20)

    mine = [shared[at] for at, (_, surname) in enumerate(rows) if surname == last]
    wide = stratum(len(mine))
    own = (sum(mine) + 20 * wide) / (len(mine) + 20)
    n_f = sum(key(name) == first for name, _ in rows)
    return max(own, wide, 1 - math.exp(-len(mine) * n_f / len(rows)))


@pytest.mark.parametrize("seed", range(4))
def test_the_chance_of_a_row_is_that_of_the_formula(seed: int) -> None:
    """
    An initial is weighed with 1.25 · p, a full name with 1.25 · p / 0.9, and each but once.

    Against the same shares taken by brute force from the plain names.
    """
    dice = random.Random(seed)
    rows = [
        (dice.choice(PLAIN), dice.choice(HOUSES[: 1 + dice.randrange(len(HOUSES))]))
        for _ in range(dice.choice((12, 40, 120)))
    ]
    tools = opened(*(" ".join(row) for row in rows))
    for surname in {surname for _, surname in rows}:
        for name in (*PLAIN, "Q", "K", "B", "X"):
            found = judged(tools, f"{name} {surname}".lower())
            share = 0.9 if found.officers and len(name) > 1 else 1.0
            expected = min(MOST, 1.25 * by_hand(rows, name, surname) / share)
            assert found.chance == pytest.approx(expected, rel=1e-5), (name, surname)


def test_a_few_known_by_an_initial_alone_make_full_names_little_likelier() -> None:
    """The rate of initials is theirs alone, for the share of people that they are."""
    crowd = [f"{first} {last}" for first in PLAIN for last in HOUSES]
    before, after = opened(*crowd), opened(*crowd, "K Abcott")
    for name in ("kathmere fennimar", "k fennimar"):
        assert judged(after, name).chance < judged(before, name).chance * 1.5
