"""A surname alone, and a number beside it."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.engine import Engine
from matchers.people.kernel.alone import SURNAME
from matchers.people.kernel.rows import AGREES
from tests.matchers.people.crowd import DOMAIN, people
from tests.matchers.people.kernel.desks import STRANGERS, engine, officers, read

OTHERS = "\n".join(STRANGERS)
CROWD = people(300, seed=4)


@pytest.fixture(scope="module")
def ours() -> Engine:
    return engine()


@pytest.mark.parametrize(
    ("line", "whom"),
    [
        ("PC Abernathy 4321", [0]),
        ("PC Abernathy C5300000", [2]),
        ("PC Abernathy 4321 C5300000", [0, 2]),
        ("Sgt 4555 Postlethwaite", [1]),
        (f"Sgt Postlethwaite custody7@{DOMAIN}", [1]),
        ("PC DE LA HATHERSAGE C5400000", [3]),
        ("PC Abernathy 4555", []),
        ("PC Abernathy 9876", []),
        ("PC Xyzzy 4321", []),
        ("Abernathy 4321", []),
        ("PC Abernathy", []),
    ],
)
def test_those_count_whom_both_mean(ours: Engine, line: str, whom: list[int]) -> None:
    """A number of somebody else, or no rank at all, and the surname says nothing."""
    desk = read(ours, f"{line}\n{OTHERS}")
    row = int(desk.rows.alone[0])
    assert officers(desk.names, row) == whom
    assert bool(desk.rows.shown[0] & AGREES) == bool(whom)
    if whom:
        assert (desk.names.rule[row], desk.names.chance[row], desk.names.edits[row]) == (
            SURNAME,
            1,
            0,
        )


def test_where_the_whole_name_is_known_the_surname_adds_nothing(ours: Engine) -> None:
    desk = read(ours, f"PC Gwendolen Abernathy 4321\n{OTHERS}")
    assert officers(desk.names, int(desk.rows.name[0])) == [0]
    assert desk.rows.alone[0] == -1


def test_of_many_carriers_the_one_whose_number_it_is() -> None:
    """In any crowd: whoever carries the surname and has the number, and nobody else."""
    crowded = engine(CROWD)
    found = read(
        crowded,
        "\n".join(
            f"PC {person.surname} {CROWD[(i * 7) % 300].numbers[0][1]}"
            for i, person in enumerate(CROWD)
        ),
    )
    assert found.rows.count[0] == 300
    met = 0
    for row in range(300):
        other = (row * 7) % 300
        whom = officers(found.names, int(found.rows.alone[row]))
        same = CROWD[row].surname == CROWD[other].surname
        assert whom == ([other] if same else []), row
        met += same
    assert 0 < met < 300
    assert np.all(found.rows.name[:300] == -1)
