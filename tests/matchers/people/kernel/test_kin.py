"""The surnames of those who have a number, as bits."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.enrolling import enrol
from matchers.people.kernel.kin import among
from matchers.people.kernel.opening import opened
from matchers.people.siphash import halves
from matchers.people.tables import check
from tests.matchers.people.crowd import DOMAIN, KEY, people


@pytest.mark.parametrize("count", [0, 1, 300])
def test_every_surname_of_those_who_have_a_number_is_among_its_own(count: int) -> None:
    """And of the others hardly any; no surname is none."""
    index = opened(check(enrol(people(count), halves(KEY), [DOMAIN])), halves(KEY))
    held: dict[int, set[int]] = {}
    for surname in range(index.sur_start.size - 1):
        for at in range(int(index.sur_start[surname]), int(index.sur_start[surname + 1])):
            held.setdefault(int(index.sur_officer[at]), set()).add(surname)
    assert index.number_names.size == index.number_start.size - 1
    strange = tried = 0
    for group, kin in enumerate(index.number_names):
        start, end = int(index.number_start[group]), int(index.number_start[group + 1])
        ours = {each for at in range(start, end) for each in held[int(index.number_officer[at])]}
        assert all(among(kin, surname) for surname in ours)
        assert not among(kin, -1)
        strange += sum(among(kin, other) for other in range(60) if other not in ours)
        tried += 60
    assert strange <= tried / 8


def test_all_bits_let_everything_through() -> None:
    assert all(among(np.uint64(2**64 - 1), surname) for surname in range(200))
    assert not any(among(np.uint64(0), surname) for surname in range(200))
