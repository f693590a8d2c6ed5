"""The whole of the book: what a document leaves is stored together or not at all."""

from __future__ import annotations

from tests.watcher.store.books import NOW, TARGETS, alert, ref
from watcher.store import Book, Named


def test_an_outcome_and_what_it_named_are_one_step(book: Book) -> None:
    """The ref leaves pending, its delivery is due and what it names is pending, each once."""
    book.pend("pastes", [ref("a")], validators=None, now=NOW)
    named = Named(source="followed", refs=(ref("f", "followed"),), per_day=10)
    for _ in range(2):
        book.settle(alert("a"), now=NOW, targets=TARGETS, named=[named])
    assert book.waiting() == {"followed": 1}
    assert book.named_by(ref("f", "followed")) == "pastes"
    assert [each.alert for each in book.due(now=NOW)] == ["A-1"]
