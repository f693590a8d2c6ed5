"""A clock that is set, told by one that cannot be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from watcher.schedule.jumps import LEAST, Jumps

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SECONDS = st.floats(0, 1e6, allow_nan=False)
SPANS = st.timedeltas(timedelta(days=-3000), timedelta(days=3000))


@given(st.lists(st.tuples(SECONDS, SPANS), max_size=10))
def test_a_jump_is_told_once_and_by_its_size(steps: list[tuple[float, timedelta]]) -> None:
    """Forward or back, whatever time passed meanwhile; slewing is none."""
    now, monotonic = NOW, 5.0
    jumps = Jumps(now, monotonic)
    for seconds, jump in steps:
        now += timedelta(seconds=seconds) + jump
        monotonic += seconds
        told = jumps.since(now, monotonic)
        if abs(jump) > LEAST + timedelta(seconds=1):
            assert abs(told - jump) < timedelta(milliseconds=1)
        elif abs(jump) < LEAST - timedelta(seconds=1):
            assert told == timedelta()
        assert jumps.since(now, monotonic) == timedelta()
