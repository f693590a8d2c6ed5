"""The score is counted from a real store and real evidence, and every broken promise shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watcher.demo.pages import Post, publication
from watcher.demo.receiver import Card
from watcher.demo.roster import people
from watcher.demo.score import ALTERED, HELD, MISSED, missing, score
from watcher.model import Alert, Body, Capture, Clean, Evidence, Failed, Finding, Ref, Severity
from watcher.record import new_pair, record
from watcher.store import Book

SITE = "http://127.0.0.1:1"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SHOWN = publication(7, people(7, 600))
CARDS = [Card(id=f"msg_{number}", body={}) for number in range(3)]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.open(tmp_path / "watcher.db", create=True) as opened:
        yield opened


def ref(post: Post) -> Ref:
    return Ref(source=post.place, key=post.key, url=SITE + post.path)


def raised(
    book: Book,
    post: Post,
    directory: Path,
    *,
    share: float = 1.0,
    severity: Severity = Severity.CRITICAL,
) -> Evidence:
    """Store an alert about this document that names this share of its people."""
    officers = sorted(post.people)[: round(share * len(post.people))]
    finding = Finding(
        severity=severity,
        rule="list",
        title="a list",
        count=len(officers),
        officers=tuple(officers),
    )
    capture = Capture(ref=ref(post), taken_at=NOW, url=SITE + post.path, body=Body(post.page.body))
    evidence = record(capture, directory=directory, custodians=[new_pair()[0]], software="test/1")
    book.settle(
        Alert(ref=ref(post), finding=finding, evidence=evidence),
        now=NOW,
        targets={"chat": Severity.MEDIUM},
        sha256=evidence.sha256,
    )
    return evidence


def read(book: Book, posts: tuple[Post, ...]) -> None:
    for post in posts:
        book.settle(Clean(ref=ref(post)), now=NOW)


def deliver(book: Book) -> None:
    for delivery in book.due(now=NOW):
        book.delivered(delivery.id, now=NOW)


def test_every_promise_kept_is_the_line_that_is_promised(book: Book, tmp_path: Path) -> None:
    """3 of 3, 51 of 51, 3, 3 of 3, and exit 0."""
    read(book, SHOWN.quiet)
    for leak in SHOWN.leaks:
        raised(book, leak, tmp_path / "evidence")
    result = score(book, SHOWN, SITE, cards=CARDS, evidence=tmp_path / "evidence")
    assert result.line(11.6) == (
        "leaks 3 of 3 found · quiet 51 of 51 · cards 3 delivered · evidence 3 of 3 verified · 12 s"
    )
    assert result.code == HELD


@pytest.mark.parametrize(
    ("share", "severity", "found"),
    [
        (0.95, Severity.MEDIUM, 1),
        (0.85, Severity.CRITICAL, 0),
        (1.0, Severity.LOW, 0),
    ],
)
def test_a_leak_is_found_only_with_its_people_and_severity(
    book: Book, tmp_path: Path, share: float, severity: Severity, found: int
) -> None:
    """Nine tenths of the people at medium or above; an alert that is less is a stray one."""
    raised(book, SHOWN.leaks[1], tmp_path, share=share, severity=severity)
    result = score(book, SHOWN, SITE, cards=CARDS, evidence=tmp_path)
    assert (len(result.alerts), result.stray) == (found, 1 - found)
    assert result.code == MISSED


def test_people_of_another_leak_do_not_count(book: Book, tmp_path: Path) -> None:
    """An alert at the right address about other officers has not found the leak."""
    one, _, three = SHOWN.leaks
    moved = Post(
        place=three.place, key=three.key, title="", path=three.path, page=three.page, people=one.people
    )  # fmt: skip
    raised(book, moved, tmp_path)
    assert not score(book, SHOWN, SITE, cards=CARDS, evidence=tmp_path).alerts


def test_a_quiet_page_counts_only_if_it_was_read_and_raised_nothing(
    book: Book, tmp_path: Path
) -> None:
    """Unread, failed and alerted pages are not quiet."""
    read(book, SHOWN.quiet[3:])
    book.settle(Failed(ref=ref(SHOWN.quiet[0]), reason="404", retry_at=None), now=NOW)
    raised(book, SHOWN.quiet[1], tmp_path, severity=Severity.LOW)
    result = score(book, SHOWN, SITE, cards=CARDS, evidence=tmp_path)
    assert (result.quiet, result.pages) == (48, 51)


def test_altered_evidence_is_the_gravest(book: Book, tmp_path: Path) -> None:
    """One byte more in one file: exit 4, whatever else holds."""
    read(book, SHOWN.quiet)
    files = [raised(book, leak, tmp_path).file for leak in SHOWN.leaks]
    with (tmp_path / files[1]).open("ab") as stream:
        stream.write(b"x")
    result = score(book, SHOWN, SITE, cards=CARDS, evidence=tmp_path)
    assert (result.verified, result.evidence) == (2, 3)
    assert result.code == ALTERED


def test_a_card_too_many_or_too_few_breaks_the_promise(book: Book, tmp_path: Path) -> None:
    """The receiver's count stands beside the store's."""
    read(book, SHOWN.quiet)
    for leak in SHOWN.leaks:
        raised(book, leak, tmp_path)
    for cards in (CARDS[:2], [*CARDS, Card(id="msg_9", body={})]):
        assert score(book, SHOWN, SITE, cards=cards, evidence=tmp_path).code == MISSED


def test_what_is_missing_is_said_in_words(book: Book, tmp_path: Path) -> None:
    """Documents, sources and cards; nothing once all is done."""
    leak = SHOWN.leaks[0]
    waits = missing(book, [leak], SITE, ["pastes"])
    assert waits == ["1 of 1 documents have not been read", "pastes has not been visited well"]

    raised(book, leak, tmp_path)
    book.visited("pastes", now=NOW, next_due=NOW + timedelta(seconds=2), error="503")
    assert missing(book, [leak], SITE, ["pastes"]) == [
        "pastes has not been visited well (503)",
        "1 cards have not been delivered",
    ]
    book.visited("pastes", now=NOW, next_due=NOW + timedelta(seconds=2))
    deliver(book)
    assert missing(book, [leak], SITE, ["pastes"]) == []
