"""Who brings less than usual is quiet in time, and no accident is called a silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.watcher.health.weeks import LAWS, START, Hour, busy, made, watched
from watcher.health import QUIET

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
