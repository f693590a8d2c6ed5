"""What documents leave for those that follow: as long as it may be of use, and no longer."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.watcher.store.books import MINUTE, NOW, alert, ref
from watcher.model import Clean, Failed, Severity
from watcher.store import Before, Book, Left
from watcher.store.traces import DAYS, HITS

SERIES, OTHER, ROSTER = "a" * 16, "b" * 16, "1" * 16


def leaves(
    book: Book,
    key: str,
    *,
    series: str = SERIES,
    roster: str = ROSTER,
    sealed: bytes = b"sealed",
    hits: int = 5,
    at: datetime = NOW,
) -> None:
    left = Left(series=series, roster=roster, sealed=sealed, hits=hits if sealed else 0)
    book.settle(Clean(ref=ref(key)), now=at, left=left)


def before(
    book: Book, *, series: str = SERIES, roster: str = ROSTER, at: datetime = NOW
) -> tuple[Before, Before]:
    return book.before(ref("next"), series=series, roster=roster, now=at)


def test_a_document_stands_in_its_series_and_in_its_source(book: Book) -> None:
    """The oldest first; another source's are nobody's business."""
    leaves(book, "a", sealed=b"1")
    leaves(book, "b", sealed=b"2", series=OTHER)
    leaves(book, "c", sealed=b"3")
    leaves(book, "d", sealed=b"")
    left = Left(series=SERIES, roster=ROSTER, sealed=b"4", hits=1)
    book.settle(Clean(ref=ref("e", source="other")), now=NOW, left=left)
    series, source = before(book)
    assert (dict(series.sealed), series.quiet) == ({"a": b"1", "c": b"3"}, 1)
    assert list(source.sealed) == ["a", "b", "c"]
    assert source.quiet == 1
    assert book.before(ref("a"), series=SERIES, roster=ROSTER, now=NOW)[0].sealed == {"c": b"3"}


def test_the_same_document_again_is_one(book: Book) -> None:
    """What it left before is replaced, and it is counted once."""
    for _ in range(3):
        leaves(book, "a", sealed=b"")
    assert before(book)[0].quiet == 1
    leaves(book, "a", sealed=b"1")
    leaves(book, "a", sealed=b"2")
    assert before(book)[0].sealed == {"a": b"2"}


def test_seven_days_are_kept(book: Book) -> None:
    leaves(book, "a")
    leaves(book, "b", sealed=b"")
    late = NOW + DAYS
    assert list(before(book, at=late)[0].sealed) == ["a"]
    assert before(book, at=late + MINUTE)[0].sealed == {}
    leaves(book, "c", at=late + timedelta(days=1))
    series, _ = before(book, at=NOW)  # even one who asks as if no time had passed
    assert (list(series.sealed), series.quiet) == (["c"], 0)


def test_another_roster_empties_all(book: Book) -> None:
    """Positions and keyed hashes of one enrolment mean nothing under the next."""
    leaves(book, "a")
    leaves(book, "b", sealed=b"")
    assert before(book, roster="2" * 16) == (Before(), Before())
    leaves(book, "c", roster="2" * 16)
    assert before(book) == (Before(), Before())
    assert list(before(book, roster="2" * 16)[0].sealed) == ["c"]


def test_the_newest_hits_of_a_source_stay(book: Book) -> None:
    for number in range(7):
        leaves(book, str(number), hits=HITS // 5, series=OTHER if number % 2 else SERIES)
    assert list(before(book)[1].sealed) == ["2", "3", "4", "5", "6"]


@pytest.mark.parametrize("rule", ["list", "accumulated"])
def test_an_alert_leaves_nothing(book: Book, rule: str) -> None:
    """Its people are told; an accumulated one says so of its series and its source."""
    leaves(book, "a")
    left = Left(series=SERIES, roster=ROSTER, sealed=b"own", hits=3, told=rule == "accumulated")
    for _ in range(2):
        book.settle(alert("a", severity=Severity.MEDIUM), now=NOW, left=left)
    series, source = before(book)
    assert series.sealed == source.sealed == {}
    told = Severity.MEDIUM if rule == "accumulated" else None
    assert (series.told, source.told) == (told, told)
    assert before(book, series=OTHER)[0].told is None
    assert before(book, at=NOW + DAYS + MINUTE)[0].told is None


def test_what_could_not_be_read_leaves_nothing(book: Book) -> None:
    left = Left(series=SERIES, roster=ROSTER, sealed=b"own", hits=3)
    book.settle(Failed(ref=ref("a"), reason="404", retry_at=None), now=NOW, left=left)
    book.settle(Clean(ref=ref("b")), now=NOW)
    assert before(book) == (Before(), Before())


def test_what_was_left_is_in_no_repr(book: Book) -> None:
    leaves(book, "a", sealed=b"marked")
    assert "marked" not in repr(before(book))
    assert "marked" not in repr(Left(series=SERIES, roster=ROSTER, sealed=b"marked", hits=1))
