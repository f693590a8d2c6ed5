"""Our people among another customer's: rows that share a value of a column."""

from __future__ import annotations

import numpy as np
import pytest

from tests.watcher.assess.tallies import roll, roster
from watcher.assess import assess
from watcher.assess.counted import Counted
from watcher.assess.groups import sharing
from watcher.assess.lists import judge
from watcher.config.settings import Matching
from watcher.model import Roll, Severity, Tally

EMPLOYER = 3  # the column


def staff(rows: int, employers: int, ours: int, *, seed: int = 1, chance: float = 0.1) -> Roll:
    """Rows of many employers in any order; of ours all but the last of `ours` are enrolled."""
    random = np.random.default_rng(seed)
    values = random.integers(100, 100 + employers, rows)
    mine = random.permutation(rows)[:ours]
    values[mine] = 99
    hits = random.random(rows) < chance * 0.8
    hits[mine] = True
    hits[mine[-1]] = False
    return roll(hits.tolist(), chance=chance, values={EMPLOYER: values.tolist()})


def test_rows_of_one_employer_are_a_list() -> None:
    """40 of 41 rows, scattered over 4,000 of other firms: neither the whole nor a run says it."""
    spread = staff(4000, 200, 41)
    (listed,) = judge([Counted.of(spread)])
    assert (listed.column, listed.rows, listed.hits) == (EMPLOYER, 41, 40)
    assert listed.expected == pytest.approx(4.1)
    assert listed.bits > 60
    without = judge([Counted.of(roll(_hits(spread), chance=0.1))])
    assert max(each.bits for each in without) < 10


def _hits(one: Roll) -> list[int]:
    (segment,) = one.segments
    found = [0] * segment.entries
    for number in segment.numbers:
        found[number - 1] = 1
    return found


def test_the_finding_says_so_and_names_no_value() -> None:
    """The people are those of the group, not the namesakes in other rows."""
    finding = assess(
        Tally(rolls=(staff(4000, 200, 41),)), officers=roster(4000), settings=Matching()
    )
    assert finding
    assert (finding.severity, finding.rule, finding.count) == (Severity.MEDIUM, "list", 40)
    assert "40 of 41 names with one value of column 4 are ours, about 4 by chance" in (
        finding.reasons
    )


def test_a_known_heading_is_told() -> None:
    one = staff(4000, 200, 41)
    (segment,) = one.segments
    headed = Roll(
        where="", family=one.family, segments=(segment,), columns=("name", "", "", "unit")
    )
    finding = assess(Tally(rolls=(headed,)), officers=roster(4000), settings=Matching())
    assert finding
    assert any(
        "names with one value of the unit column are ours" in each for each in finding.reasons
    )


def test_windows_add_up_to_one_group() -> None:
    """A value in several windows is one group, whatever their order."""
    windows = [staff(1000, 50, 11, seed=seed) for seed in range(4)]
    moved = [
        roll(
            _hits(each),
            chance=0.1,
            first=1 + 1000 * at,
            values={EMPLOYER: [99 if hit else 100 + at for hit in _hits(each)]},
        )
        for at, each in enumerate(windows)
    ]
    one = Tally.total(Tally(rolls=(each,)) for each in moved).rolls
    other = Tally.total(Tally(rolls=(each,)) for each in reversed(moved)).rolls
    assert [sharing(Counted.of(each), least=10)[0].bits for each in one] == [
        sharing(Counted.of(each), least=10)[0].bits for each in other
    ]


def test_values_that_were_tried_are_paid_for() -> None:
    """Twice as many values cost one bit."""
    prices = []
    for employers in (100, 200):
        values = [at % employers for at in range(20 * employers)]
        values = [7777 + value for value in values]
        hits = [value == 7777 for value in values]
        (found,) = sharing(Counted.of(roll(hits, chance=0.1, values={EMPLOYER: values})), least=10)
        prices.append(found.bits)
    assert prices[0] - prices[1] == pytest.approx(1)


def test_innocent_groups_score_nothing() -> None:
    """Over innocent tables the mean of 2^bits is at most 1, however their rows are grouped."""
    random = np.random.default_rng(3)
    best = []
    for _ in range(200):
        hits = (random.random(600) < 0.1).tolist()
        values = {1: random.integers(1, 60, 600).tolist(), 2: random.integers(1, 9, 600).tolist()}
        found = sharing(Counted.of(roll(hits, chance=0.1, values=values)), least=-1000)
        best.append(max((each.bits for each in found), default=-1000))
    assert np.mean(np.exp2(best)) <= 1
    assert max(best) < 10


def test_an_empty_cell_is_no_value() -> None:
    hits = [1] * 30 + [0] * 3000
    counted = Counted.of(roll(hits, chance=0.1, values={EMPLOYER: [0] * 3030}))
    assert sharing(counted, least=-1000) == ()
