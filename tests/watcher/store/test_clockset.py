"""When the time of day is set: what is due stays as far away, and nothing happened in the future."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.watcher.store.books import MINUTE, NOW, TARGETS, alert, ref
from watcher.model import Failed, Notice, Severity
from watcher.store import Book, Hold

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
YEAR = timedelta(days=365)


def used(book: Book) -> None:
    """A source that was visited, a ref and a delivery that wait for an hour, a host that does, a trouble."""
    book.visited("pastes", now=NOW - MINUTE, next_due=NOW + HOUR, items=3)
    book.settle(Failed(ref=ref("b"), reason="503", retry_at=NOW + HOUR), now=NOW)
    book.settle(alert(), now=NOW - MINUTE, targets=TARGETS)
    (owed,) = book.due(now=NOW)
    book.postpone(owed.id, due_at=NOW + HOUR, reason="503")
    book.hold([Hold(host="a", until=NOW + HOUR, kind="refused")], now=NOW)
    trouble = Notice(kind="x", state="failing", severity=Severity.LOW, title="x", at=NOW)
    book.report(trouble, targets={})
    book.mark("look", now=NOW)


@pytest.mark.parametrize("back", [MINUTE, DAY, YEAR])
def test_set_back_all_that_is_due_stays_an_hour_away(book: Book, back: timedelta) -> None:
    """Not a day and an hour, nor a year."""
    used(book)
    now = NOW - back
    book.clock_set(-back, now=now)
    assert book.source("pastes").next_due == now + HOUR
    assert book.holds(now=now) == [Hold(host="a", until=now + HOUR, kind="refused")]
    for passed, due in ((HOUR - MINUTE, 0), (HOUR, 1)):
        assert len(book.pending("pastes", now=now + passed)) == due
        assert len(book.due(now=now + passed)) == due


@pytest.mark.parametrize("back", [MINUTE, DAY, YEAR])
def test_set_back_what_is_due_already_stays_due(book: Book, back: timedelta) -> None:
    """A delivery that was just being made, or was late."""
    book.settle(alert(), now=NOW - HOUR, targets=TARGETS)
    book.clock_set(-back, now=NOW - back)
    assert len(book.due(now=NOW - back)) == 1


@pytest.mark.parametrize("back", [MINUTE * 2, DAY, YEAR])
def test_set_back_nothing_has_happened_in_the_future(book: Book, back: timedelta) -> None:
    """What was remembered as of a later time was just now."""
    used(book)
    now = NOW - back
    book.clock_set(-back, now=now)
    state, seen, (told,) = book.source("pastes"), book.visits()["pastes"], book.conditions()
    for at in (state.last_ok, state.tried_at, seen.at, told.since, book.marked("look")):
        assert at is not None
        assert timedelta(0) < now - at < timedelta(seconds=1)
    assert seen.failing_since is None


@pytest.mark.parametrize("forward", [MINUTE, DAY, YEAR])
def test_set_forward_visits_do_not_come_all_at_once(book: Book, forward: timedelta) -> None:
    """What happened stays when it was; a visit that already knew the new time is left alone."""
    used(book)
    now = NOW + forward
    book.visited("fresh", now=now, next_due=now + MINUTE, items=3)
    book.clock_set(forward, now=now)
    assert book.source("pastes").next_due == now + HOUR
    assert book.source("pastes").last_ok == NOW - MINUTE
    assert book.visits()["pastes"].at == now - MINUTE, "it was visited an hour and a minute before"
    assert book.source("fresh").next_due == now + MINUTE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.timedeltas(-3000 * DAY, 3000 * DAY), st.timedeltas(MINUTE, 3 * DAY))
def test_there_and_back_is_as_before(book: Book, by: timedelta, wait: timedelta) -> None:
    """To the millisecond, for any jump."""
    book.visited("pastes", now=NOW, next_due=NOW + wait, items=3)
    book.clock_set(by, now=NOW + by)
    book.clock_set(-by, now=NOW)
    due = book.source("pastes").next_due
    assert due is not None
    assert abs(due - (NOW + wait)) < timedelta(milliseconds=5)
