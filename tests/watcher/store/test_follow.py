"""What a document named is owed with its outcome, once, and never too much of one host."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.watcher.store.books import MINUTE, NOW, alert, ref
from tests.watcher.store.test_settling import _Torn
from watcher.model import Clean, Failed, Ref
from watcher.store import Book, Named

DAY = timedelta(days=1)


def link(key: str, host: str = "paste.example") -> Ref:
    return Ref(source="followed", key=f"{host} {key}", url=f"https://{host}/raw/{key}")


def named(*refs: Ref, per_day: int = 200) -> tuple[Named, ...]:
    return (Named(source="followed", refs=refs, per_day=per_day),)


def owed(book: Book, *, after: timedelta = timedelta()) -> list[str]:
    return [each.ref.key for each in book.pending("followed", now=NOW + after)]


def test_what_is_named_is_owed_with_the_outcome(book: Book) -> None:
    """All of it, or nothing: a crash between the two cannot be."""
    with pytest.raises(RuntimeError):
        book.settle(alert("a"), now=NOW, targets=_Torn(), named=named(link("1")))
    assert owed(book) == []
    settled = book.settle(alert("a"), now=NOW, named=named(link("1"), link("2")))
    assert (settled.alert_id, settled.named, settled.left_out) == ("A-1", 2, 0)
    assert owed(book) == ["paste.example 1", "paste.example 2"]


def test_each_is_owed_once(book: Book) -> None:
    """Whoever names it again, while it waits and after it was read."""
    book.settle(Clean(ref=ref("a")), now=NOW, named=named(link("1")))
    assert book.settle(Clean(ref=ref("b")), now=NOW, named=named(link("1"))).named == 0
    book.settle(Clean(ref=link("1")), now=NOW)
    assert book.settle(Clean(ref=ref("c")), now=NOW, named=named(link("1"))).named == 0
    assert owed(book) == []
    book.settle(Clean(ref=ref("d")), now=NOW, named=named(link("9")))
    book.settle(Failed(ref=link("9"), reason="404", retry_at=None), now=NOW)
    assert book.settle(Clean(ref=ref("e")), now=NOW, named=named(link("9"))).named == 0


def test_too_many_of_one_host_wait_for_their_day_and_then_are_left_out(book: Book) -> None:
    """Two a day: of nine, two at once, six on the three days after, one not at all; other hosts as ever."""
    many = tuple(link(str(n)) for n in range(9))
    settled = book.settle(
        Clean(ref=ref("a")), now=NOW, named=named(*many, link("x", "b.example"), per_day=2)
    )
    assert (settled.named, settled.left_out) == (9, 1)
    assert len(owed(book)) == 3
    assert [len(owed(book, after=n * DAY + MINUTE)) for n in (1, 2, 3)] == [5, 7, 9]
    assert "b.example x" in owed(book)


def test_who_named_it_is_kept(book: Book) -> None:
    """The first; for an alert there, with the alert of the document that named it."""
    book.settle(Clean(ref=ref("a")), now=NOW, named=named(link("1")))
    book.settle(alert("b"), now=NOW, named=named(link("1"), link("2")))
    assert book.named_by(link("1")) == "pastes"
    assert book.named_by(link("3")) is None
    for key, said in (("1", ("pastes", "")), ("2", ("pastes", "A-1"))):
        one = alert(key)
        settled = book.settle(
            type(one)(ref=link(key), finding=one.finding, evidence=one.evidence), now=NOW
        )
        row = book.alert(settled.alert_id or "")
        assert row is not None
        assert row.named_by == said
        assert settled.incident == "I-1"
    first = book.alert("A-1")
    assert first is not None
    assert (first.named_by, first.context) == (None, ())
    told = book.alert("A-3")
    assert told is not None
    assert told.context == ("its address was named in the document of A-1 (source pastes)",)


def test_no_source_takes_all_of_a_hosts_day(book: Book) -> None:
    """Where anybody may write, a flood of addresses leaves a quarter of each day to the others."""
    flood = tuple(link(f"junk {n}") for n in range(40))
    settled = book.settle(Clean(ref=ref("a")), now=NOW, named=named(*flood, per_day=8))
    assert (settled.named, settled.left_out) == (4 * 6, 16)
    other = replace(ref("b"), source="channel")
    settled = book.settle(Clean(ref=other), now=NOW, named=named(link("leak"), per_day=8))
    assert (settled.named, settled.left_out) == (1, 0)
    assert "paste.example leak" in owed(book)
