"""What each source brought, hour by hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.watcher.store.books import MINUTE, NOW
from watcher.store import Book, Brought
from watcher.store.history import ENDS, KEPT

HOUR = timedelta(hours=1)


def visited(
    book: Book,
    at: datetime,
    *,
    new: int = 0,
    error: str = "",
    kind: str = "",
    every: timedelta = 5 * MINUTE,
) -> None:
    book.visited(
        "pastes", now=at, next_due=at + every, error=error, kind=kind, items=9,
        brought=Brought(new=new, kept=new, lost=0),
    )  # fmt: skip


def test_hours_add_up(book: Book) -> None:
    """Visits, failures and what was new, by the UTC hour in which the visit ended."""
    start = NOW.replace(minute=0)
    visited(book, start)
    for minute in range(0, 120, 10):
        visited(book, start + minute * MINUTE, new=2, error="x" if minute == 30 else "")
    first, second = book.hours("pastes", since=start)
    assert (first.at, first.visits, first.failed, first.new) == (start, 7, 1, 10)
    assert (second.at, second.visits, second.new) == (start + HOUR, 6, 12)


def test_a_first_visit_and_one_after_a_break_are_no_measure(book: Book) -> None:
    """What had gathered meanwhile was not brought in that hour."""
    visited(book, NOW, new=5000)
    visited(book, NOW + 5 * MINUTE, new=1)
    late = NOW + timedelta(days=3)
    visited(book, late, new=900)
    visited(book, late + 5 * MINUTE, new=1)
    assert [each.new for each in book.hours("pastes", since=NOW - HOUR)] == [1, 1]
    seen = book.visits()["pastes"]
    assert (seen.watched_since, seen.new_at) == (late, late + 5 * MINUTE)


def test_a_source_that_is_asked_once_a_day_has_no_breaks(book: Book) -> None:
    """A day between two visits is its interval."""
    for day in range(4):
        visited(book, NOW + timedelta(days=day), new=3, every=timedelta(days=1))
    assert book.visits()["pastes"].watched_since == NOW
    assert [each.new for each in book.hours("pastes", since=NOW)] == [0, 3, 3, 3]


def test_a_source_that_never_saw_fails_since_its_first_visit(book: Book) -> None:
    """Whoever is at fault: there is no good visit from which to count."""
    visited(book, NOW, error="no Tor", kind="local")
    visited(book, NOW + MINUTE, error="no Tor", kind="local")
    assert book.visits()["pastes"].failing_since == NOW


def test_this_hosts_trouble_is_not_the_places(book: Book) -> None:
    """A visit that met no way out counts nowhere, and begins no row of failures."""
    visited(book, NOW, new=1)
    visited(book, NOW + MINUTE, error="no route", kind="local")
    seen = book.visits()["pastes"]
    assert (seen.ends, seen.failing_since) == (("ok", "local"), None)
    assert book.source("pastes").failures == 0
    assert [each.visits for each in book.hours("pastes", since=NOW)] == [1]


def test_failures_in_a_row_have_a_beginning(book: Book) -> None:
    """It stays until a good visit."""
    visited(book, NOW)
    for minute in (1, 2, 3):
        visited(book, NOW + minute * MINUTE, error="no answer", kind="unreachable")
    assert book.visits()["pastes"].failing_since == NOW + MINUTE
    visited(book, NOW + 4 * MINUTE)
    assert book.visits()["pastes"].failing_since is None


def test_what_is_kept_is_bounded(book: Book) -> None:
    """Nine weeks of hours, however the clock was set in between, and the ends of the last visits."""
    begun = NOW - KEPT * HOUR
    with book._writing() as db:
        hours = [(begun + n * HOUR).isoformat()[:13] for n in range(KEPT)]
        db.table("visit_hour").insert_all({"source": "pastes", "hour": hour} for hour in hours)
    for hour in range(3):
        visited(book, NOW + hour * HOUR)
    assert len(book.hours("pastes", since=begun)) == KEPT
    visited(book, NOW + timedelta(days=4000))
    assert len(book.hours("pastes", since=begun)) == KEPT
    for minute in range(2 * ENDS):
        visited(book, NOW + timedelta(days=4001) + minute * MINUTE)
    assert len(book.visits()["pastes"].ends) == ENDS
