"""
Days on which offices are closed, to sources that publish in office hours only.

Shaped as disclosure logs are: a few items on working days, most of them by
day, none on weekends; visited all the time, and answering well.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from tests.watcher.health.weeks import HOUR, Hour, Run, poisson, watched
from watcher.health import QUIET
from watcher.model import OK, Severity

DAY = timedelta(days=1)
RATES = (2, 8)  # items on a working day
SEEDS = range(2)
# England and Wales, 2026: gov.uk/bank-holidays.
EASTER = (date(2026, 4, 3), date(2026, 4, 6))
MONDAYS = (date(2026, 5, 4), date(2026, 5, 25), date(2026, 8, 31))
SHUT = {date(2026, 12, 24) + n * DAY for n in range(10)}  # Christmas Eve to 2 January


def weeks(
    rate: float, seed: int, *, closed: set[date], end: date, stops: date | None = None
) -> Iterator[Hour]:
    """Seven weeks up to this day, of so many items on a working day."""
    random = Random(seed)
    begin = datetime(end.year, end.month, end.day, tzinfo=UTC) - 49 * DAY
    for number in range(50 * 24):
        at = begin + number * HOUR
        day = at.date()
        open_ = at.weekday() < 5 and 9 <= at.hour < 17 and day not in closed
        new = poisson(rate / 8, random) if open_ and (stops is None or day < stops) else 0
        yield Hour(at, new)


def told(run: Run, since: date) -> list[tuple[date, str, Severity]]:
    """What of it changed since that day."""
    assert run.changes is not None
    return [
        (at.date(), judged.state, judged.severity)
        for at, judged in run.changes
        if at.date() >= since
    ]


@pytest.mark.parametrize("closed", [*((each,) for each in MONDAYS), EASTER], ids=str)
@pytest.mark.parametrize("rate", RATES)
def test_a_bank_holiday_blinds_nobody(rate: int, closed: tuple[date, ...]) -> None:
    """At most it is quiet, which is of low severity, and over by the next working day's evening."""
    first, last = closed[0], closed[-1]
    for seed in SEEDS:
        run = watched(weeks(rate, seed, closed=set(closed), end=last + 2 * DAY))
        changes = [each for each in told(run, first) if each[1] != OK]
        assert all(state == QUIET and severity is Severity.LOW for _, state, severity in changes)
        assert len(changes) <= 1
        assert rate > 2 or not changes, "of few a day none is missed"
        if rate > 2:
            assert run.state == OK


@pytest.mark.parametrize("rate", RATES)
def test_the_turn_of_the_year_is_silence_as_usual(rate: int) -> None:
    """Nothing from Christmas Eve to 2 January: not a word, then or when it opens again."""
    for seed in SEEDS:
        run = watched(weeks(rate, seed, closed=SHUT, end=date(2027, 1, 8)))
        assert [each for each in told(run, date(2026, 12, 24)) if each[1] != OK] == []


@pytest.mark.parametrize(("rate", "by"), [(8, date(2027, 1, 9)), (2, date(2027, 1, 16))])
def test_who_stopped_before_christmas_is_told_of_in_january(rate: int, by: date) -> None:
    """The week in which nobody expects anything puts it off, and no more."""
    for seed in SEEDS:
        stops = date(2026, 12, 23)
        run = watched(weeks(rate, seed, closed=set(), end=by, stops=stops))
        assert [state for _, state, _ in told(run, stops)] == [QUIET]
