"""Whom a name means, and with what chance: as the oracle has it."""

from __future__ import annotations

import random

import pytest

from matchers.people.kernel import wanted
from matchers.people.kernel.publics import OPENERS
from matchers.people.words import PARTICLES, TITLES
from tests.matchers.people.kernel import oracle_order as oracle
from tests.matchers.people.kernel.oracle_judge import Judged
from tests.matchers.people.kernel.pages import Page, crowd, written
from tests.matchers.people.kernel.windows import otherwise

LINE, RUN = wanted.LINE, wanted.RUN


def units(text: str, dropped: frozenset[bytes] = frozenset()) -> list[oracle.Unit]:
    return oracle.units(text.lower().encode(), text, dropped)


def by_oracle(page: Page, text: str, mode: int, shortest: int) -> Judged | None:
    """Whom a line or a run means, in plain Python."""
    found = units(text, TITLES | OPENERS if mode == RUN else TITLES)
    names = [unit for unit in found if unit.joined not in PARTICLES or len(unit.parts) > 1]
    if not 2 <= len(found) <= 20 or (mode == LINE and len(names) > 5):
        return None
    if all(unit.is_letter for unit in found):
        return None
    readings = oracle.in_run(found) if mode == RUN else oracle.readings(found)
    return page.judged(readings, shortest) if readings.main else None


def columns_by_oracle(
    page: Page, last: str, firsts: list[str], middle: str, *, initials: int, shortest: int
) -> Judged | None:
    """Whom a row of cells means, in plain Python."""
    named = []
    for column, first in enumerate(firsts):
        given = units(first)
        if not given:
            continue
        if initials >> column & 1:
            given = oracle.letters_of(given)
        else:
            given = [*given, *(unit for unit in units(middle) if not unit.is_letter)]
        readings = oracle.in_columns(units(last), given)
        if readings.main:
            named.append(readings)
    if not named:
        return None
    told = [each for each in named if any(len(name) > 1 for name, _ in each.main)] or named[:1]
    return page.judged(
        oracle.Readings(
            tuple(dict.fromkeys(pair for each in told for pair in each.main)),
            tuple(dict.fromkeys(pair for each in named for pair in each.narrowing)),
        ),
        shortest,
    )


def same(one: Judged | None, other: Judged | None) -> bool:
    if one is None or other is None:
        return one is other
    return one._replace(chance=0) == other._replace(chance=0) and one.chance == pytest.approx(
        other.chance, rel=1e-9
    )


def agree(count: int, dice: random.Random) -> None:
    """The kernel and the oracle judge random names the same."""
    page = Page(crowd(400))
    hits = 0
    for _ in range(count):
        shortest = dice.choice((3, 4))
        if dice.random() < 0.4:
            most = dice.choice((2, 4))  # cells of one word are read in a way of their own
            last, middle = written(dice, most), dice.choice(("", written(dice, 3)))
            firsts = [written(dice, most) for _ in range(dice.choice((1, 1, 2, 3)))]
            initials = dice.choice((0, 0, 1, 2, 4))
            found = page.columns(last, firsts, middle, initials=initials, shortest=shortest)
            known = columns_by_oracle(
                page, last, firsts, middle, initials=initials, shortest=shortest
            )
            assert same(found, known), (last, firsts, middle, initials, found, known)
        else:
            text, mode = written(dice), dice.choice((LINE, RUN))
            found = page.read(text, mode, shortest)
            known = by_oracle(page, text, mode, shortest)
            assert same(found, known), (text, mode, found, known)
        hits += bool(found and found.officers)
    assert hits > count / 20


def test_as_the_oracle_has_it() -> None:
    """Officers, edits, rule and chance of lines, runs and rows of cells."""
    agree(3000, random.Random(1))


def test_as_the_oracle_has_it_interpreted() -> None:
    otherwise(__name__, 200, NUMBA_DISABLE_JIT="1")


def test_within_bounds() -> None:
    otherwise(__name__, 2000, NUMBA_BOUNDSCHECK="1")
