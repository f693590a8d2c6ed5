from __future__ import annotations

from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.notify.cards import NOW
from watcher.notify import next_attempt
from watcher.notify.retry import SCHEDULE


@settings(deadline=None, max_examples=50)
@given(st.integers(0, len(SCHEDULE) - 1), st.randoms(use_true_random=False))
def test_each_wait_is_spread_round_the_schedules(attempts: int, random: Random) -> None:
    """From half to one and a half of it; the first attempt is at once."""
    due_at = next_attempt(attempts, now=NOW, random=random)
    assert due_at is not None
    assert 0.5 * SCHEDULE[attempts] <= (due_at - NOW).total_seconds() <= 1.5 * SCHEDULE[attempts]


def test_the_schedule_ends() -> None:
    """Ten attempts over about three days, then a dead letter."""
    assert next_attempt(9, now=NOW, random=Random(1)) is not None
    assert next_attempt(10, now=NOW, random=Random(1)) is None
    assert timedelta(days=3) < timedelta(seconds=sum(SCHEDULE)) < timedelta(days=4)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 9), st.floats(0, 1e9))
def test_what_the_target_asks_for_is_the_least(attempts: int, after: float) -> None:
    """Never earlier than Retry-After, but no target can silence us for longer than a day more."""
    due_at = next_attempt(attempts, now=NOW, after=after, random=Random(1))
    assert due_at is not None
    wait = (due_at - NOW).total_seconds()
    assert wait >= min(after, 86_400) - 1e-5
    assert wait <= max(1.5 * SCHEDULE[attempts], 86_400)
