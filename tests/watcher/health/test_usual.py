"""What a source usually brings: learned from weeks."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.watcher.health.weeks import HOUR, START, Hour, busy, made, office
from watcher.health import Usual, learn

LEVEL = Usual(
    means=(24.0, 24.0), low=(24.0, 24.0), shares=((1 / 24,) * 24,) * 2, spread=1.0
)  # one an hour, for ever


def test_without_two_weeks_nothing_is_judged() -> None:
    """Of less, or of next to nothing, no law can be learned."""
    hours = list(made(busy, 1, days=40))
    assert learn(hours[: 13 * 24], now=hours[13 * 24].at) is None
    assert learn([Hour(each.at, 0) for each in hours], now=hours[-1].at) is None
    assert learn(hours, now=hours[-1].at) is not None
    assert learn([], now=START) is None


def test_days_on_which_nobody_looked_are_not_learned_from() -> None:
    """An outage of ours makes no source poorer."""
    hours = list(made(office, 3, days=34))
    now = hours[-1].at + HOUR
    out = [
        Hour(each.at, 0, visits=4, failed=4) if 8 <= (each.at - START).days < 12 else each
        for each in hours
    ]
    whole, holed = learn(hours, now=now), learn(out, now=now)
    assert whole is not None
    assert holed is not None
    assert abs(whole.a_day - holed.a_day) < 0.25 * whole.a_day


def test_nights_and_weekends_are_expected_to_be_what_they_are() -> None:
    """An office that publishes by day on working days is expected to bring nothing else."""
    usual = learn(list(made(office, 1, days=35)), now=START + timedelta(days=35))
    assert usual is not None
    saturday = START + timedelta(days=5)
    assert usual.expected(saturday, saturday + timedelta(days=2)) == 0
    assert usual.expected(START, START + 6 * HOUR) < 0.1
    assert usual.expected(START, START + timedelta(days=1)) == pytest.approx(usual.low[0])


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_expectation_adds_up(start: int, one: int, two: int) -> None:
    """A window is the sum of its pieces, wherever it is cut."""
    begin = START + start * timedelta(minutes=17)
    middle = begin + one * timedelta(minutes=13)
    end = middle + two * timedelta(minutes=11)
    assert LEVEL.expected(begin, end) == pytest.approx(
        LEVEL.expected(begin, middle) + LEVEL.expected(middle, end), abs=1e-9
    )
    assert LEVEL.expected(begin, end) == pytest.approx((end - begin) / HOUR, abs=1e-6)


@given(st.floats(0.5, 300), st.floats(1, 40), st.integers(0, 300))
def test_the_probability_is_that_of_the_law(mean: float, spread: float, count: int) -> None:
    """Of so few or fewer: as the negative binomial's terms, summed one by one, say."""
    assume(count < mean)
    usual = Usual(means=LEVEL.means, low=LEVEL.low, shares=LEVEL.shares, spread=spread)
    told = usual.unlikely(count, mean)
    assert told == pytest.approx(_summed(count, mean, spread), rel=1e-6, abs=1e-6)
    assert usual.unlikely(math.ceil(mean), mean) == 0


def _summed(count: int, mean: float, spread: float) -> float:
    """-ln P(X ≤ count), term by term from zero."""
    if spread <= 1.001:
        terms = [k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(count + 1)]
    else:
        size = mean / (spread - 1)
        terms = [
            math.lgamma(k + size) - math.lgamma(size) - math.lgamma(k + 1)
            - size * math.log(spread) + k * math.log((spread - 1) / spread)
            for k in range(count + 1)
        ]  # fmt: skip
    most = max(terms)
    return max(0.0, -(most + math.log(math.fsum(math.exp(each - most) for each in terms))))


@given(st.floats(1, 50), st.floats(1, 50), st.floats(1, 100))
def test_who_comes_in_bursts_is_given_more_time(one: float, two: float, mean: float) -> None:
    """The wider the spread, the less unlikely is a pause."""
    low, high = sorted((one, two))
    narrow = Usual(means=LEVEL.means, low=LEVEL.low, shares=LEVEL.shares, spread=low)
    wide = Usual(means=LEVEL.means, low=LEVEL.low, shares=LEVEL.shares, spread=high)
    assert wide.unlikely(0, mean) <= narrow.unlikely(0, mean) + 1e-9
