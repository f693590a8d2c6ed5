"""What a source usually brings: learned from weeks, and no accident called a silence."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.watcher.health.weeks import HOUR, LAWS, START, Hour, busy, made, office, watched
from watcher.health import QUIET, Usual, learn

SEEDS = range(3)
WEEKS = 12
# The longest until a source that brings nothing any more is quiet: from a
# minute-by-minute place to one that brings something every other day.
WITHIN = {
    "busy": timedelta(hours=12),
    "moods": timedelta(days=5),
    "office": timedelta(days=6),
    "seldom": timedelta(days=24),
    "bursts": timedelta(days=28),
}
LEVEL = Usual(
    means=(24.0, 24.0), low=(24.0, 24.0), shares=((1 / 24,) * 24,) * 2, spread=1.0
)  # one an hour, for ever


@pytest.mark.parametrize("name", LAWS)
def test_at_most_one_false_silence_in_twelve_weeks(name: str) -> None:
    """Nights, weekends, bursts and moods: no source that goes on as ever is called quiet more than once."""
    told = [
        sum(
            judged.state == QUIET
            for _, judged in watched(made(LAWS[name], seed, days=7 * WEEKS)).changes
        )
        for seed in SEEDS
    ]
    assert max(told) <= 1
    assert sum(told) <= 1


@pytest.mark.parametrize("name", LAWS)
def test_a_source_that_stops_is_quiet_in_time(name: str) -> None:
    """The sooner the more it used to bring; once it is told it is not told again."""
    stop = START + timedelta(days=60)
    for seed in SEEDS:
        run = watched(made(LAWS[name], seed, days=60 + WITHIN[name].days + 1, stops=60))
        quiet = [at for at, judged in run.changes if judged.state == QUIET and at >= stop]
        assert quiet, f"seed {seed}: never"
        assert len(quiet) == 1
        assert quiet[0] - stop <= WITHIN[name], f"seed {seed}: {quiet[0] - stop}"


def test_one_that_brings_far_less_is_quiet_though_something_comes() -> None:
    """A twentieth of what it used to bring, all day long."""
    hours = list(made(busy, 5, days=50))
    thin = [
        hour if hour.at < START + timedelta(days=45) else Hour(hour.at, hour.new // 20)
        for hour in hours
    ]
    run = watched(iter(thin))
    assert run.state == QUIET
    assert "usually" in run.changes[-1][1].reasons[0]


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
