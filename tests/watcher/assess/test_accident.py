"""Joint chance: innocent documents do not look like leaks, however many records they have."""

from __future__ import annotations

from math import exp, factorial, inf, log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.assess.tallies import name, names_list, number, record, roll, roster
from watcher.assess.accident import (
    ELSEWHERE,
    IN_CONTEXT,
    ONE,
    WAYS,
    Rates,
    joint,
    surprise,
)
from watcher.assess.case import Case
from watcher.assess.identity import identities
from watcher.assess.persons import SURE, SURE_IN_CONTEXT
from watcher.model import Family, Tally


def told(expected: list[float], *, bound: float = SURE) -> tuple[float, float]:
    people = [frozenset({at}) for at in range(len(expected))]
    return joint(expected, people, least=-log2(bound))


@pytest.mark.parametrize("mean", [0.01, 0.3, 2.0, 40.0])
def test_the_bound_is_above_the_poisson_tail(mean: float) -> None:
    """And not far above: the share of k is all that is lost."""
    for count in range(int(mean) + 2, int(mean) + 60):
        tail = 1 - sum(exp(-mean) * mean**k / factorial(k) for k in range(count))
        if tail < 1e-12:
            break  # beyond what the plain sum can tell from 0
        bound = 2 ** -surprise(count, mean / WAYS)
        assert bound >= min(1.0, tail * 0.999)
        assert bound <= 60 * tail * count * (count + 1)


@given(count=st.integers(1, 500), expected=st.floats(1e-12, 1e4))
def test_more_agreements_are_never_less_surprising(count: int, expected: float) -> None:
    """Nor are fewer accidents to be expected."""
    assert surprise(count + 1, expected) >= surprise(count, expected) - 1e-9
    assert surprise(count, expected / 2) >= surprise(count, expected) - 1e-9


@pytest.mark.parametrize("rate", [0.02, 0.25, 3.0, 50.0])
@pytest.mark.parametrize("bound", [SURE, SURE_IN_CONTEXT])
def test_accidents_at_the_expected_rate_are_not_promoted(rate: float, bound: float) -> None:
    """3,000 innocent documents, in each as many agreements of each kind as chance brings."""
    random = np.random.default_rng(int(rate * 100))
    promoted = 0
    for _ in range(3000):
        rare, common = random.poisson(rate / 8), random.poisson(rate)
        limit, _ = told([rate / 8] * rare + [rate] * common, bound=bound)
        promoted += limit > 0
    assert promoted <= 3000 * bound


@pytest.mark.parametrize("bound", [0.2, 0.05])
def test_the_bound_holds_where_it_can_be_counted(bound: float) -> None:
    """At bounds so wide that accidents do pass, no more pass than the bound says; λ of every size."""
    random = np.random.default_rng(11)
    promoted = 0
    for _ in range(4000):
        # a Poisson process of agreements: λ_(k) · WAYS is the k-th arrival
        arrivals = np.cumsum(random.exponential(size=40)) / WAYS
        limit, _ = told(arrivals.tolist(), bound=bound)
        promoted += limit > 0
    assert 0 < promoted <= 4000 * bound


def test_clear_agreements_are_promoted_together() -> None:
    """Each alone is one accident in ten documents; five are none."""
    limit, bits = told([1e-3] * 5)
    assert limit == 1e-3
    assert bits > 20
    assert told([1e-3]) == (-inf, 0.0)
    assert told([0.0]) == (0.0, surprise(1, 0.0))
    assert told([]) == (-inf, 0.0)


def test_weak_agreements_do_not_ride_on_strong_ones() -> None:
    limit, _ = told([1e-3] * 6 + [30.0] * 20)
    assert limit == 1e-3


def test_one_officer_in_many_records_is_one() -> None:
    """Nor is a group of namesakes another person beside one of them."""
    same = [frozenset({3})] * 4 + [frozenset({3, 8})] * 4
    assert joint([1e-3] * 8, same, least=-log2(SURE)) == (-inf, 0.0)


@settings(max_examples=60)
@given(
    found=st.lists(st.tuples(st.sampled_from([1e-4, 1e-2, 0.5, 4.0]), st.integers(0, 12))),
    random=st.randoms(use_true_random=False),
)
def test_the_order_of_agreements_says_nothing(
    found: list[tuple[float, int]], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random

    def limits(each: list[tuple[float, int]]) -> tuple[float, float]:
        return joint([e for e, _ in each], [frozenset({at}) for _, at in each], least=10.0)

    assert limits(found) == limits(shuffled)


def test_rates_are_the_rosters_where_the_document_tells_nothing() -> None:
    """Every record agrees: nothing is left to measure accidents by."""
    case = Case.of(names_list(20, numbers=True), roster())
    rates = Rates.of(case)
    assert (rates.tried, rates.others, rates.owner) == (20, 0.0, 0.0)
    (identity,) = identities([name(3), number(3)])
    assert rates.expected(identity) == pytest.approx(20 * 2**-16.3)


def test_given_the_names_only_numbers_are_accidents() -> None:
    """Of every hundred documents full of namesakes no more are told than the bound says."""
    random = np.random.default_rng(3)
    span, bound, told = 900, 0.2, 0
    carriers = [int(each) for each in 1 + random.pareto(0.7, size=60).clip(0, 300)]
    pairs = [
        identities([name(*range(c), bits=-5.0), number(0, bits=log2(span))])[0] for c in carriers
    ]
    chances = np.array(carriers) / span
    rates = Rates(tried=10**6, accidents=Tally.by_bits(chances.tolist()))
    sure = np.array([rates.alone(each, spoken=False) <= bound for each in pairs])
    assert sure.any()
    assert not sure.all()
    for _ in range(3000):
        told += bool((sure & (random.random(len(chances)) < chances)).any())
    assert 0 < told <= 3000 * bound / 2


@pytest.mark.parametrize("prices", [ELSEWHERE, IN_CONTEXT, ONE])
def test_both_tests_together_risk_no_more_than_one(prices: tuple[float, float]) -> None:
    assert sum(1 / price for price in prices) == pytest.approx(1.0)


def test_where_nobody_counted_there_is_one_test() -> None:
    """A stranger's matcher pays for no second one, and gets none."""
    (pair,) = identities([name(3, bits=3.0), number(3, bits=13.0)])
    counted = Rates(tried=10, accidents=Tally.by_bits([2**-13]))
    assert Rates(tried=10).alone(pair, spoken=True) == pytest.approx(10 * 2**-16)
    assert counted.alone(pair, spoken=False) == pytest.approx(2 * 2**-13)
    assert counted.alone(pair, spoken=True) == pytest.approx(8 / 7 * 2**-13)


def test_rates_are_measured_where_nothing_agrees() -> None:
    """A village of one name, numbers out of our own series: both have more accidents."""
    tally = Tally(
        records=tuple(record(1 + at, name(1, 2, 3, 4)) for at in range(100)),
        rolls=(
            roll([1] * 100 + [0] * 100, officers=[(1, 2, 3, 4)] * 200),
            roll([1] * 150 + [0] * 50, family=Family.NUMBER),
        ),
        tried=200,
    )
    rates = Rates.of(Case.of(tally, roster(500)))
    assert rates.others == 2.0
    assert rates.owner == pytest.approx(0.75 / 500)
    (identity,) = identities([name(3), number(3)])
    assert rates.expected(identity) == pytest.approx(200 * 2.0 * 0.75 / 500)
