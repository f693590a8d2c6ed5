"""Visits and places, as the rest of the program asks for them."""

from __future__ import annotations

from datetime import timedelta

from tests.watcher.store.books import MINUTE, NOW, alert, ref
from watcher.model import Severity
from watcher.store import Book, Brought, Telling

DAY = timedelta(days=1)


def test_a_visit_is_one_step(book: Book) -> None:
    """Its state, its history and what was gathered for its end come about together."""
    book.pend("pastes", [ref("a")], validators={"u": ("e", "")}, now=NOW)
    found = alert("a", severity=Severity.LOW)
    book.settle(found, now=NOW, targets={"duty": Severity.LOW}, telling=Telling.CATCHING_UP)
    assert book.due(now=NOW + MINUTE) == []
    brought = Brought(new=1, kept=1)
    book.visited("pastes", now=NOW + MINUTE, next_due=NOW + 2 * MINUTE, items=3, brought=brought)
    state = book.source("pastes")
    assert (state.last_ok, state.failures, state.next_due) == (NOW + MINUTE, 0, NOW + 2 * MINUTE)
    book.close_digests(now=NOW + MINUTE)
    assert len(book.due(now=NOW + MINUTE)) == 1
    assert book.waiting() == {}


def test_a_place_is_told_of_before_it_was_ever_visited(book: Book) -> None:
    """Nothing is known of it, which is an answer."""
    assert book.source("pastes").last_ok is None
    assert book.place("pastes").gone == ""
    assert (book.sources(), book.visits(), book.places()) == ([], {}, {})
    assert book.hours("pastes", since=NOW - DAY) == []
