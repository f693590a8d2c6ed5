"""The near names of one word, put in order and counted."""

from __future__ import annotations

import numpy as np

from matchers.people.kernel.compile import i8, inner
from matchers.people.kernel.sorting import sort
from matchers.people.tables import Array

SURNAME = 1 << 30  # marks a surname's id while forenames and surnames stand together


@inner
def close(
    near: Array,
    exact: Array,
    fore_carriers: Array,
    sur_carriers: Array,
    rates: Array,
    begin: int,
    held: int,
    w: int,
    near_fore: Array,
    near_sur: Array,
    fore_people: Array,
    sur_people: Array,
    near_rate: Array,
) -> int:
    """
    Sort `near[begin:held]`, each name once and without the exact ones, and count them for word `w`.

    Where the list ends then.
    """
    sort(near, begin, held)
    rate = np.float32(0)
    to = begin
    last = np.int32(-1)
    for at in range(begin, held):
        each = near[at]
        if each == last:
            continue
        last = each
        name = i8(each) & (SURNAME - 1)
        if each & SURNAME:
            if name == exact[1]:
                continue
            near_sur[w] += 1
            sur_people[w] += sur_carriers[name]
            rate = max(rate, rates[name])
        else:
            if name == exact[0]:
                continue
            near_fore[w] += 1
            fore_people[w] += fore_carriers[name]
        near[to] = name
        to += 1
    near_rate[w] = rate
    return i8(to)
