"""What places said of themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from watcher.store import Book, Hold, Place

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_visits_count_while_the_address_is_the_same(book: Book) -> None:
    """In a row: another address, or none, begins anew."""
    assert book.place("a") == Place()
    for moved, visits in (("x", 1), ("x", 2), ("y", 1), ("", 0), ("y", 1)):
        book.learned("a", moved=moved)
        assert book.place("a") == Place(moved=moved, visits=visits)
    book.learned("b", gone="mark")
    assert book.places() == {"a": Place(moved="y", visits=1), "b": Place(gone="mark")}
    book.learned("b")
    assert book.place("b") == Place()


def test_a_hold_is_kept_until_its_time(book: Book) -> None:
    """The newest word of a host counts; one that only a wrong clock can have set does not."""
    hour = timedelta(hours=1)
    book.hold([Hold(host="a", until=NOW + hour, kind="refused")], now=NOW)
    book.hold([Hold(host="b", until=NOW + 2 * hour, kind="answered")], now=NOW)
    assert [each.host for each in book.holds(now=NOW)] == ["a", "b"]
    book.hold([Hold(host="a", until=NOW + 3 * hour, kind="refused")], now=NOW + 2 * hour)
    assert book.holds(now=NOW + 2 * hour) == [Hold(host="a", until=NOW + 3 * hour, kind="refused")]
    assert book.holds(now=NOW - timedelta(days=30)) == []
