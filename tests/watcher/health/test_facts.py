"""What a source is judged by."""

from __future__ import annotations

from datetime import timedelta

from tests.watcher.health.weeks import START, Hour
from watcher.health import Facts, judge
from watcher.model import OK


def test_who_is_not_known_is_well() -> None:
    """Facts need no more than an interval: a source that was never visited is in no trouble."""
    judged = judge(Facts(every=timedelta(hours=1)), was=OK, since=None, now=START)
    assert (judged.state, judged.since, judged.reasons) == (OK, START, ())


def test_a_history_is_not_printed() -> None:
    """Thousands of hours would stand in every message that shows the facts."""
    facts = Facts(every=timedelta(hours=1), hours=(Hour(START, 731),) * 1000)
    assert "731" not in repr(facts)
