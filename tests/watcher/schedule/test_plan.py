from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.schedule import grace, latest, next_visit, retry_ref
from watcher.schedule.plan import BACKOFF, JITTER, LEAST_GRACE, PATIENCE, RETRIES

NOW = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)  # a minute before Britain's clocks go forward

everies = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=30))
waits = st.floats()  # a host may say anything
seeds = st.integers(0, 2**32)


@given(everies, st.booleans(), st.integers(0, 10_000), waits, seeds)
def test_a_visit_is_never_early_and_never_lost(
    every: timedelta, ok: bool, failures: int, wait: float, seed: int
) -> None:
    """At least `every` and what was asked for; at most the longest of the limits and a tenth."""
    due = next_visit(every=every, ok=ok, failures=failures, wait=wait, now=NOW, random=Random(seed))
    asked = timedelta(seconds=min(wait, PATIENCE.total_seconds()) if wait > 0 else 0)
    assert due - NOW >= max(every, asked)
    longest = max(every, asked) if ok else max(every, asked, BACKOFF)
    assert due - NOW <= longest * (1 + JITTER) + timedelta(seconds=1)


@given(everies, st.integers(0, 40), waits, seeds)
def test_errors_never_make_it_sooner(
    every: timedelta, failures: int, wait: float, seed: int
) -> None:
    """With the same chance, each failure more is as late or later than one less."""
    dues = [
        next_visit(every=every, ok=ok, failures=n, wait=wait, now=NOW, random=Random(seed))
        for ok, n in ((True, 0), (False, failures), (False, failures + 1))
    ]
    assert dues == sorted(dues)


def test_a_sick_source_is_asked_ever_more_rarely() -> None:
    """Twice as long with each failure, and no more than six hours."""
    every = timedelta(minutes=10)
    minutes = [
        (
            next_visit(every=every, ok=False, failures=n, wait=0, now=NOW, random=Random(1)) - NOW
        ).total_seconds()
        // 60
        for n in range(8)
    ]
    jitter = 1 + Random(1).uniform(0, JITTER)
    assert minutes == [wanted * jitter // 1 for wanted in (10, 20, 40, 80, 160, 320, 360, 360)]


def test_a_week_of_a_sickly_place() -> None:
    """Down all Wednesday: asked a thousand times in the week, but on Wednesday a dozen times."""
    random = Random(7)
    start = datetime(2026, 3, 23, tzinfo=UTC)  # a Monday; the clocks go forward at its end
    now, failures, visits = start, 0, [0] * 7
    while now < start + timedelta(days=7):
        day = (now - start).days
        visits[day] += 1
        ok = day != 2
        now = next_visit(
            every=timedelta(minutes=9), ok=ok, failures=failures, wait=0, now=now, random=random
        )
        failures = 0 if ok else failures + 1
    assert all(145 <= count <= 160 for day, count in enumerate(visits) if day not in (2, 3))
    assert 5 <= visits[2] <= 12
    assert visits[3] >= 110, "after a day of silence it is asked as ever within six hours"


@given(st.integers(1, 20), st.none() | waits, seeds)
def test_a_document_is_tried_again_until_it_is_given_up(
    attempts: int, after: float | None, seed: int
) -> None:
    """Between half a step and all of it, not before the host allows; after eight tries never."""
    due = retry_ref(attempts=attempts, after=after, now=NOW, random=Random(seed))
    if attempts >= 8:
        assert due is None
        return
    assert due is not None
    step = RETRIES[attempts - 1]
    asked = after if after is not None and after > 0 else 0.0
    asked = min(asked, PATIENCE.total_seconds())
    assert due - NOW >= step / 2
    assert due - NOW >= timedelta(seconds=asked)
    assert due - NOW <= max(step, timedelta(seconds=asked))


def test_what_failed_together_does_not_come_back_together() -> None:
    """A host that has just come up again is not asked for everything in one second."""
    random = Random(1)
    dues = {retry_ref(attempts=1, after=None, now=NOW, random=random) for _ in range(100)}
    assert len(dues) == 100


@pytest.mark.parametrize("attempts", [0, -1])
def test_a_count_that_is_wrong_is_taken_for_one(attempts: int) -> None:
    """A document is not lost to an error in counting."""
    assert retry_ref(attempts=attempts, after=None, now=NOW, random=Random(1)) is not None


@given(everies, st.booleans(), st.integers(0, 10_000), waits, seeds)
def test_no_visit_is_planned_later_than_the_latest(
    every: timedelta, ok: bool, failures: int, wait: float, seed: int
) -> None:
    """A stored time beyond it is not ours, whatever failed and whatever a place wished."""
    due = next_visit(every=every, ok=ok, failures=failures, wait=wait, now=NOW, random=Random(seed))
    assert due <= latest(every, NOW)


@given(everies)
def test_the_grace_is_what_chance_adds_anyway(every: timedelta) -> None:
    """A tenth of the interval, and never so little that a moment's work is a missed visit."""
    assert grace(every) == max(every * JITTER, LEAST_GRACE)
