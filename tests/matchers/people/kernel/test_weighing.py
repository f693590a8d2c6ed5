"""How likely an innocent row's name meets one of ours."""

from __future__ import annotations

import math
import random
from collections import Counter

import numpy as np
import pytest

from matchers.people.chance import stratum
from matchers.people.kernel.weighing import band
from tests.matchers.people.kernel.oracle_judge import Judged
from tests.matchers.people.kernel.pages import Page
from watcher.api import Person

# No name is another's nickname, or one an edit from it.
PLAIN = ("Quixley", "Bertwold", "Kathmere", "Dunstana", "Bramwellia", "Kenelmus", "Dorothwy")
HOUSES = ("Abcott", "Fennimar", "Gollowey", "Hathershaw", "Yardleybrook", "Zennorian")


def opened(*names: str) -> Page:
    return Page([
        Person(ref=str(i), forename=name.split()[0], surname=name.split()[1])
        for i, name in enumerate(names)
    ])  # fmt: skip


def judged(page: Page, name: str) -> Judged:
    found = page.columns(name.split()[1], [name.split(maxsplit=1)[0]], shortest=4)
    assert found is not None
    return found


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

    def rate(others: int) -> float:
        within = [at for at in some if int(2 * math.log2(met[at])) == int(2 * math.log2(others))]
        return (sum(shared[at] for at in within) + 20 * overall) / (len(within) + 20)

    mine = [shared[at] for at, (_, surname) in enumerate(rows) if surname == last]
    wide = rate(len(mine))
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
    page = opened(*(" ".join(row) for row in rows))
    for surname in {surname for _, surname in rows}:
        for name in (*PLAIN, "Q", "K", "B", "X"):
            found = judged(page, f"{name} {surname}")
            share = 0.9 if found.officers and len(name) > 1 else 1.0
            expected = min(0.9999, 1.25 * by_hand(rows, name, surname) / share)
            assert found.chance == pytest.approx(expected, rel=1e-5), (name, surname)


def test_a_common_surname_makes_a_match_likelier() -> None:
    page = opened(*(f"{first} Abcott" for first in PLAIN[:4]), "Kenelmus Zennorian")
    assert judged(page, "Quixley Abcott").chance > judged(page, "Kenelmus Zennorian").chance


def test_a_few_known_by_an_initial_alone_make_full_names_little_likelier() -> None:
    """The rate of initials is theirs alone, for the share of people that they are."""
    crowd = [f"{first} {last}" for first in PLAIN for last in HOUSES]
    before, after = opened(*crowd), opened(*crowd, "K Abcott")
    for name in ("kathmere fennimar", "k fennimar"):
        assert judged(after, name).chance < judged(before, name).chance * 1.5


def test_bands_are_those_of_enrolment() -> None:
    others = [*range(2_000), *(2**power + off for power in range(11, 24) for off in (-1, 0, 1))]
    assert [band(each) for each in others] == stratum(np.array(others)).tolist()
