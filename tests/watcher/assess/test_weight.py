"""The score of a list is an e-value."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.assess.weight import RUN, Weight, certain, weigh, weigh_groups

ROWS = st.lists(st.tuples(st.floats(0.0001, 0.98), st.booleans()), min_size=1, max_size=60)


def scored(
    chance: np.ndarray[tuple[int], np.dtype[np.float64]],
    hit: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> Weight:
    """Of rows in order, one chance and one answer each."""
    before = np.cumsum(~hit)[hit]
    return weigh(chance[hit], before, int((~hit).sum()))


def of(rows: list[tuple[float, bool]]) -> Weight:
    return scored(np.array([p for p, _ in rows]), np.array([hit for _, hit in rows]))


@pytest.mark.parametrize("rows", [1, 12, 60, 700])
@pytest.mark.parametrize("low", [True, False], ids=["rare", "mixed"])
def test_innocent_lists_score_nothing(rows: int, *, low: bool) -> None:
    """The score is an e-value: over innocent lists the mean of 2^bits is at most 1, the maximum small."""
    random = np.random.default_rng(rows)
    bits = []
    for _ in range(600):
        p = random.uniform(0.0, 0.1 if low else 0.98, rows)
        truth = p * random.uniform(0.7, 1.0, rows)  # the chance given is never too low
        bits.append(scored(p, random.random(rows) < truth).bits)
    assert np.mean(np.exp2(bits)) <= 1.0
    assert max(bits) < 12


def test_exactly_an_e_value() -> None:
    """Over all outcomes of a short list, weighted by their probability, 2^bits is at most 1 in the mean."""
    p = np.array([0.001, 0.02, 0.3, 0.05, 0.5, 0.01, 0.1, 0.9])
    mean = 0.0
    for outcome in range(1 << len(p)):
        hit = np.array([bool(outcome >> at & 1) for at in range(len(p))])
        mean += float(np.prod(np.where(hit, p, 1 - p))) * 2 ** scored(p, hit).bits
    assert 0.2 < mean <= 1.0


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, at=st.integers(0, 59))
def test_a_hit_for_a_miss_never_lowers(rows: list[tuple[float, bool]], at: int) -> None:
    at %= len(rows)
    other = [*rows[:at], (rows[at][0], True), *rows[at + 1 :]]
    assert of(other).bits >= of(rows).bits - 1e-9


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, at=st.integers(0, 60), chance=st.floats(0.0, 1.0))
def test_another_miss_never_raises(rows: list[tuple[float, bool]], at: int, chance: float) -> None:
    more = [*rows[:at], (chance, False), *rows[at:]]
    assert of(more).bits <= of(rows).bits + 1e-9


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, at=st.integers(0, 60), chance=st.floats(0.0, 1.0))
def test_another_hit_never_lowers(rows: list[tuple[float, bool]], at: int, chance: float) -> None:
    """But for what the runs that it makes possible cost: log2((n + 2) / n)."""
    more = [*rows[:at], (chance, True), *rows[at:]]
    price = np.log2((len(rows) + 2) / len(rows))
    assert of(more).bits >= of(rows).bits - price - 1e-9


@pytest.mark.parametrize(
    ("rows", "hits", "chance", "low", "high"),
    [
        (12, 12, 0.05, 35, 58),
        (20, 20, 0.05, 70, 102),
        (64, 61, 0.27, 88, 141),
        (5000, 200 + 60, 0.0125, 40, 400),
    ],
    ids=["12 full names", "20 full names", "64 initials", "200 in 5,000"],
)
def test_true_lists_score_as_measured(
    rows: int, hits: int, chance: float, low: float, high: float
) -> None:
    """The figures of the design, at the chances that rosters of 10,000 to 47,000 give."""
    hit = np.zeros(rows, dtype=np.bool_)
    hit[np.random.default_rng(7).permutation(rows)[:hits]] = True
    assert low <= scored(np.full(rows, chance), hit).bits <= high


def test_twenty_of_one_common_surname_say_nothing() -> None:
    """Where a stranger's row would nearly always match, matches are no evidence."""
    assert scored(np.full(20, 0.98), np.ones(20, dtype=np.bool_)).bits < 1


def test_another_mix_of_a_million_rows_is_no_list() -> None:
    hit = np.zeros(1_000_000, dtype=np.bool_)
    hit[::10] = True
    assert scored(np.full(len(hit), 0.11), hit).bits < 0


def test_a_run_is_found_and_told() -> None:
    """Our people among another customer's: the run counts though the whole does not."""
    hit = np.zeros(5000, dtype=np.bool_)
    hit[2000:2040] = True
    weight = scored(np.full(5000, 0.05), hit)
    assert (weight.start, weight.stop, weight.whole) == (0, 40, False)
    assert weight.bits > 100


def test_no_rows_no_score() -> None:
    assert scored(np.array([]), np.array([], dtype=np.bool_)).bits == -inf


def test_a_hit_that_cannot_be_is_bounded() -> None:
    """A hit of chance 0 is worth no more than 20 bits."""
    assert scored(np.array([0.0]), np.array([True])).bits <= 20


def test_the_price_of_a_run_is_paid() -> None:
    """A run is worth what it would be alone, less the runs that could have been."""
    n = 400
    hit = np.zeros(n, dtype=np.bool_)
    hit[100:110] = True
    alone = scored(np.full(10, 0.05), np.ones(10, dtype=np.bool_)).bits
    assert scored(np.full(n, 0.05), hit).bits == pytest.approx(
        alone + np.log2(8 / 7) - RUN - np.log2(n * (n + 1) / 2)
    )


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, groups=st.integers(1, 5))
def test_groups_score_as_lists_without_runs(rows: list[tuple[float, bool]], groups: int) -> None:
    """What a group says is what its rows alone would say, less what a run is paid with."""
    hits = [(p, at % groups) for at, (p, hit) in enumerate(rows) if hit]
    missed = [at % groups for at, (_, hit) in enumerate(rows) if not hit]
    bits = weigh_groups(
        np.array([p for p, _ in hits]),
        np.array([group for _, group in hits], dtype=np.int64),
        np.bincount(missed, minlength=groups) if missed else np.zeros(groups, dtype=np.int64),
    )
    for group in range(groups):
        own = [row for at, row in enumerate(rows) if at % groups == group]
        if own:
            # The same rows with all hits first: a run says no more than the whole but for its price.
            alone = of(sorted(own, key=lambda row: not row[1])).bits + np.log2(8 / 7)
            assert bits[group] <= alone + 1e-9


def test_in_a_list_of_ours_every_match_is_certain() -> None:
    """However common the names: what is not an accident is not one row's luck."""
    assert certain(np.array([0.05, 0.3, 0.9] * 20), 0, least=0.995).all()


def test_among_strangers_a_common_name_is_not() -> None:
    """A tenth of the list is ours: rare names are told, common ones may be namesakes."""
    chance = np.array([1e-5] * 50 + [0.3] * 150)
    sure = certain(chance, 500, least=0.995)
    assert sure[:50].all()
    assert not sure[50:].any()
    assert not certain(np.array([]), 7, least=0.995).size


def test_certain_is_as_often_right_as_it_says() -> None:
    """A mixture drawn by the law: of those that are told at most one in 200 is an accident."""
    random = np.random.default_rng(8)
    wrong = told = 0
    for _ in range(200):
        p = random.choice([1e-4, 1e-3, 0.05, 0.4], size=2000)
        ours = random.random(2000) < 0.2
        hit = ours | (random.random(2000) < p)
        sure = certain(p[hit], int((~hit).sum()), least=0.995)
        told += int(sure.sum())
        wrong += int((sure & ~ours[hit]).sum())
    assert told > 10_000
    assert wrong <= 0.005 * told
