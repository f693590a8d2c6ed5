from __future__ import annotations

import pytest

from tests.watcher.store.books import MINUTE, NOW, TARGETS, alert
from watcher.errors import StoreError
from watcher.model import Severity
from watcher.store import Book


def _one(book: Book) -> str:
    book.settle(alert("a"), now=NOW, targets=TARGETS)
    (delivery,) = book.due(now=NOW)
    return delivery.id


def test_what_is_owed_is_due_until_it_is_done(book: Book) -> None:
    """The same id each time, one attempt more after each."""
    wanted = _one(book)
    assert book.next_delivery() == NOW
    book.postpone(wanted, due_at=NOW + MINUTE, reason="answered 500")
    assert book.due(now=NOW) == []
    assert (book.owed(), book.next_delivery()) == (1, NOW + MINUTE)
    (again,) = book.due(now=NOW + MINUTE)
    assert (again.id, again.attempts) == (wanted, 1)
    book.delivered(wanted, now=NOW + MINUTE)
    assert (book.owed(), book.next_delivery(), book.due(now=NOW + 9 * MINUTE)) == (0, None, [])
    assert book.counts()["delivered"] == 1


def test_a_dead_letter_is_kept_with_its_reason(book: Book) -> None:
    """Given up is not forgotten."""
    wanted = _one(book)
    book.bury(wanted, now=NOW, reason="answered 410")
    assert (book.owed(), book.due(now=NOW)) == (0, [])
    (letter,) = book.dead()
    assert (letter.id, letter.alert, letter.target, letter.reason) == (
        wanted, "A-1", "duty", "answered 410",
    )  # fmt: skip
    assert (letter.attempts, letter.buried_at) == (1, NOW)


def test_what_is_done_stays_done(book: Book) -> None:
    """A late repeat cannot make a delivered card owed or dead; a dead one that arrived is not dead."""
    wanted = _one(book)
    book.bury(wanted, now=NOW, reason="answered 500")
    book.delivered(wanted, now=NOW)
    book.postpone(wanted, due_at=NOW, reason="late")
    book.bury(wanted, now=NOW, reason="late")
    assert (book.owed(), book.dead(), book.counts()["delivered"]) == (0, [], 1)


def test_a_delivery_of_another_store_is_said(book: Book) -> None:
    """An id that is not there is no silent success."""
    with pytest.raises(StoreError, match="no delivery"):
        book.delivered("msg_0", now=NOW)


def test_an_alert_can_be_owed_later_but_only_once(book: Book) -> None:
    """To those targets it is severe enough for and was never owed to."""
    book.settle(alert("a", severity=Severity.MEDIUM), now=NOW)
    assert book.owed() == 0
    assert book.owe("A-1", now=NOW, targets=TARGETS) == 1
    assert book.owe("A-1", now=NOW, targets=TARGETS) == 0
    book.delivered(book.due(now=NOW)[0].id, now=NOW)
    assert book.owe("A-1", now=NOW, targets=TARGETS) == 0
    assert book.owed() == 0
    with pytest.raises(StoreError, match="no such alert"):
        book.owe("A-2", now=NOW, targets=TARGETS)


def test_the_longest_owed_come_first(book: Book) -> None:
    """And no more than asked for."""
    for key in "abc":
        book.settle(alert(key, officers=key), now=NOW, targets=TARGETS)
    first = book.due(now=NOW)[0]
    book.postpone(first.id, due_at=NOW + MINUTE, reason="later")
    assert [each.alert for each in book.due(now=NOW + MINUTE, limit=2)] == ["A-2", "A-3"]
    assert [each.alert for each in book.due(now=NOW + MINUTE)] == ["A-2", "A-3", "A-1"]
