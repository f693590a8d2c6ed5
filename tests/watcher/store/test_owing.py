"""One queue for alerts and notices."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.watcher.store.books import MINUTE, NOW, alert
from tests.watcher.store.test_notices import LOUD, notice
from watcher.errors import StoreError
from watcher.model import Severity
from watcher.store import Book, Telling
from watcher.store.owing import TRIES


def test_both_are_owed_due_and_done_alike(book: Book) -> None:
    """Alerts come first; ids are stable over repeats; what is done stays done."""
    book.report(notice(), targets=LOUD)
    book.settle(alert(), now=NOW, targets=LOUD)
    due = book.due(now=NOW)
    assert [each.alert for each in due] == ["A-1", "N-1"]
    assert book.next_delivery() == NOW
    assert book.due(now=NOW, limit=1) == due[:1]
    for each in due:
        book.postpone(each.id, due_at=NOW + MINUTE, reason="answered 500")
    assert book.due(now=NOW) == []
    again = book.due(now=NOW + MINUTE)
    assert [(each.id, each.attempts) for each in again] == [(each.id, 1) for each in due]
    for each in again:
        book.delivered(each.id, now=NOW)
        book.bury(each.id, now=NOW, reason="late repeat")
    assert (book.owed(), book.dead(), book.owed_targets()) == (0, [], [])


def test_dead_letters_of_both_are_seen(book: Book) -> None:
    """What was given up is kept for a person to see."""
    book.report(notice(), targets=LOUD)
    book.settle(alert(), now=NOW, targets=LOUD)
    for each in book.due(now=NOW):
        book.bury(each.id, now=NOW, reason="answered 410")
    assert {each.alert for each in book.dead()} == {"A-1", "N-1"}


def test_an_id_that_is_nowhere_is_an_error(book: Book) -> None:
    """It was taken from another store."""
    with pytest.raises(StoreError, match="not the one"):
        book.delivered("msg_0", now=NOW)


def test_a_target_fails_after_several_tries_and_until_it_takes_something(book: Book) -> None:
    """A failed try or two is no state; what it takes later ends it."""
    book.settle(alert(), now=NOW, targets=LOUD)
    (owed,) = book.due(now=NOW)
    for number in range(TRIES):
        (state,) = book.targets(["duty"], now=NOW + MINUTE)
        assert (state.failing_since is None, state.oldest) == (True, NOW), number
        book.postpone(owed.id, due_at=NOW + timedelta(hours=1), reason="answered 500")
    (state,) = book.targets(["duty"], now=NOW + MINUTE)
    assert (state.failing_since, state.reason, state.owed) == (NOW, "answered 500", 1)
    book.bury(owed.id, now=NOW + MINUTE, reason="answered 500")
    (state,) = book.targets(["duty"], now=NOW + MINUTE)
    assert (state.failing_since, state.dead, state.oldest) == (NOW, 1, None)
    book.report(notice(after=2), targets=LOUD)
    (later,) = book.due(now=NOW + 2 * MINUTE)
    book.delivered(later.id, now=NOW + 2 * MINUTE)
    (state,) = book.targets(["duty"], now=NOW + 3 * MINUTE)
    assert (state.failing_since, state.dead) == (None, 1)


def test_what_waits_for_its_time_is_not_late(book: Book) -> None:
    """A delivery that was never tried, and is due later, holds nothing up."""
    book.report(notice(after=60), targets=LOUD)
    (state,) = book.targets(["duty"], now=NOW)
    assert (state.owed, state.oldest) == (1, None)


def test_what_was_gathered_is_late_from_its_own_time_on(book: Book) -> None:
    """A digest that stood open as it should has kept nobody waiting before it was due."""
    old = alert(severity=Severity.MEDIUM)
    book.settle(old, now=NOW, targets=LOUD, telling=Telling.CATCHING_UP)
    due_at = book.next_delivery()
    assert due_at is not None
    assert due_at > NOW
    (state,) = book.targets(["duty"], now=NOW + MINUTE)
    assert (state.owed, state.oldest) == (1, None)
    book.close_digests(now=due_at + MINUTE)
    (state,) = book.targets(["duty"], now=due_at + MINUTE)
    assert state.oldest == due_at + MINUTE
