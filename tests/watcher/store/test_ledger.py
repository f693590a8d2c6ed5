"""What is read back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.watcher.store.books import MINUTE, NOW, alert
from watcher.errors import StoreError
from watcher.store import Book


def test_alerts_are_listed_newest_first(book: Book) -> None:
    """And no more than asked for; an unknown id is none."""
    for number, key in enumerate("abc"):
        book.settle(alert(key, officers=key), now=NOW + number * MINUTE)
    assert [row.id for row in book.alerts()] == ["A-3", "A-2", "A-1"]
    assert [row.id for row in book.alerts(limit=1)] == ["A-3"]
    assert book.alert("A-4") is None
    assert book.alert("nonsense") is None
    assert book.alert("a-2") == book.alerts()[1]


def test_an_older_index_is_noticed(book: Book) -> None:
    """The newest version that was ever in use is remembered; going back is refused."""
    assert book.index_version() == 0
    book.set_index(3, people=2000, now=NOW)
    book.set_index(3, people=2000, now=NOW)
    assert book.index_version() == 3
    with pytest.raises(StoreError, match="index 2 is older than index 3"):
        book.set_index(2, people=2000, now=NOW)
    book.set_index(4, people=2100, now=NOW)
    assert book.index_version() == 4


def test_the_canary_is_in_no_count(book: Book) -> None:
    """What a person reads as work done or leaks found holds only documents of places."""
    book.settle(alert("leak"), now=NOW)
    before = dict(book.counts())
    back = alert("c", officers=["canary-0123456789abcdef"])
    book.settle(
        replace(back, finding=replace(back.finding, possible=()), unread=()), now=NOW, canary=True
    )
    assert {**book.counts(), "unread": before["unread"]} == before
    assert before["documents"] == before["alerts"] == before["incidents"] == 1
