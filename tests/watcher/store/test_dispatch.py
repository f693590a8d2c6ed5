"""What is owed, as the rest of the program asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.watcher.store.books import MINUTE, NOW, TARGETS, alert
from watcher.errors import StoreError
from watcher.model import OK, Notice, Severity
from watcher.store import Book


def notice(state: str) -> Notice:
    return Notice(
        kind="source",
        subject="pastes",
        state=state,
        severity=Severity.MEDIUM,
        title=f"pastes: {state}",
        reasons=(),
        at=NOW,
    )


def test_an_alert_that_is_not_there_is_owed_to_nobody(book: Book) -> None:
    """Whoever asks for it is told so, and one that is there is owed once."""
    book.settle(alert("a"), now=NOW)
    assert book.owe("A-1", now=NOW, targets=TARGETS) == 1
    assert book.owe("A-1", now=NOW, targets=TARGETS) == 0
    for unknown in ("A-2", "nonsense"):
        with pytest.raises(StoreError, match="no such alert"):
            book.owe(unknown, now=NOW, targets=TARGETS)
    assert book.owed_targets() == ["duty"]
    assert book.next_delivery(target="duty") == NOW
    assert book.next_delivery(target="board") is None


def test_what_is_no_news_is_not_written(path: Path) -> None:
    """Every minute each source is found to be well: a store that may only be read takes that."""
    with Book.open(path, create=True) as book:
        assert book.report(notice("blind"), targets=TARGETS) == "N-1"
    with Book.open(path, readonly=True) as book:
        assert book.report(notice("blind"), targets=TARGETS) is None
        with pytest.raises(StoreError, match="cannot be written"):
            book.report(notice(OK), targets=TARGETS)


def test_a_source_that_is_no_more_is_in_no_condition(book: Book) -> None:
    """Its trouble is forgotten with it; what was told of it stays."""
    book.report(notice("blind"), targets=TARGETS)
    book.forget_conditions("source", kept=["other"])
    assert book.condition("source", "pastes") is None
    assert [each.notice.state for each in book.notices()] == ["blind"]
    assert len(book.due(now=NOW + MINUTE)) == 1
