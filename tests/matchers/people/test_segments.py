"""A window's rows as a segment."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people import segments
from matchers.people.kernel import arrays, rolling
from tests.matchers.people.crowd import engine, people
from watcher.api import Family, Part, Roll

ENGINE = engine(people(9))
# Whom three rows of names mean: nobody, two people, one.
OFFICERS = ((), (7, 8), (2,))


def counted(*entries: tuple[int, float, int, int], lines: list[int] | None = None) -> Roll:
    """The roll of entries (key, chance, row, row of OFFICERS)."""
    names = arrays.names(8, 8, 9)
    held = 0
    for row, officers in enumerate(OFFICERS):
        names.officer[held : held + len(officers)] = officers
        names.start[row], names.stop[row] = held, held + len(officers)
        held += len(officers)
    found, kept = rolling.counted(16), rolling.kept(16, 32)
    for at, (key, chance, number, row) in enumerate(entries):
        found.key[at], found.chance[at], found.number[at], found.at[at] = key, chance, number, row
        found.source[at] = rolling.NAME if OFFICERS[row] else rolling.NONE
    found.count[0] = len(entries)
    seen, first = np.zeros(64, dtype=np.uint64), np.zeros(16, dtype=np.uint8)
    assert rolling.keep(found, ENGINE.index, names, seen, first, kept)
    part = Part(where="w", text="", first=1, hidden=True, echo=True)
    where = np.array(lines) if lines else None
    return segments.roll(part, Family.NAME, found, kept, where, columns=("name",))


JOHN, UNA, ANN = 1 << 40, 2 << 40, 3 << 40


def test_equal_rows_are_one_and_hits_know_whom_they_mean() -> None:
    roll = counted((JOHN, 0.5, 2, 1), (UNA, 0.25, 3, 0), (JOHN, 0.5, 8, 1), (ANN, 0.1, 11, 2))
    (segment,) = roll.segments
    assert (list(segment.chance), list(segment.numbers)) == ([0.5, 0.1], [3, 12])
    assert (segment.first, segment.last, segment.entries) == (3, 12, 4)
    assert (list(segment.gaps), segment.tail) == ([0, 1], 0)
    assert (list(segment.starts), list(segment.officers)) == ([0, 2, 3], [7, 8, 2])
    assert segment.expected == pytest.approx(0.25)
    assert (roll.where, roll.columns, roll.hidden, roll.echo) == ("w", ("name",), True, True)


def test_strangers_after_the_last_hit_are_its_tail() -> None:
    (segment,) = counted((JOHN, 0.5, 0, 1), (UNA, 0.25, 1, 0), (UNA, 0.25, 2, 0)).segments
    assert (list(segment.gaps), segment.tail, segment.entries) == ([0], 1, 3)


def test_rows_are_numbered_by_the_lines_they_stand_in() -> None:
    """Where one line holds many entries."""
    (segment,) = counted((JOHN, 0.5, 0, 1), (ANN, 0.1, 2, 2), lines=[0, 0, 0, 1]).segments
    assert (list(segment.numbers), segment.first, segment.last) == ([1, 1], 1, 1)


def test_a_plain_array_holds_what_the_other_held() -> None:
    held = segments.of("I", np.array([1, 2, 2**32 - 1], dtype=np.uint32))
    assert (held.typecode, list(held)) == ("I", [1, 2, 2**32 - 1])
