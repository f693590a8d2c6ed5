"""What is told of the watcher: each change once, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.store.books import MINUTE, NOW, TARGETS
from watcher.model import OK, Notice, Severity
from watcher.store import Book

LOUD = {"duty": Severity.INFO}


def notice(
    state: str = "blind",
    severity: Severity = Severity.MEDIUM,
    subject: str = "pastes",
    after: int = 0,
) -> Notice:
    return Notice(
        kind="source",
        subject=subject,
        state=state,
        severity=severity,
        title=f"source {subject}: {state}",
        reasons=("a marker is missing",),
        at=NOW + after * MINUTE,
    )


@contextmanager
def opened() -> Iterator[Book]:
    with TemporaryDirectory() as folder, Book.open(Path(folder) / "w.db", create=True) as book:
        yield book


@settings(deadline=None)  # a real store is as quick as its disk
@given(st.lists(st.sampled_from([OK, "quiet", "blind"]), max_size=12))
def test_each_change_is_told_once(states: list[str]) -> None:
    """Any row of looks tells as often as the state differs from the one before; well at first is no news."""
    with opened() as book:
        for number, state in enumerate(states):
            book.report(notice(state, after=number), targets=LOUD)
        before, changes = OK, 0
        for state in states:
            changes += state != before
            before = state
        assert len(book.notices()) == book.owed() == changes
        assert [each.id for each in book.notices()] == [f"N-{n}" for n in range(changes, 0, -1)]


def test_what_became_worse_is_told_again_and_what_became_better_is_not() -> None:
    """In the same state only a higher severity is news; since when it is so does not change."""
    with opened() as book:
        assert book.report(notice(severity=Severity.LOW), targets=LOUD) == "N-1"
        assert book.report(notice(severity=Severity.HIGH, after=9), targets=LOUD) == "N-2"
        assert book.report(notice(severity=Severity.LOW, after=10), targets=LOUD) is None
        (condition,) = book.conditions()
        assert (condition.severity, condition.since) == (Severity.HIGH, NOW)


def test_the_end_concerns_whoever_was_told_of_the_trouble() -> None:
    """It is as severe as the trouble was, and nobody hears of an end whose beginning he did not hear."""
    with opened() as book:
        book.report(notice(severity=Severity.LOW), targets=TARGETS)
        book.report(notice(OK, Severity.INFO, after=5), targets=TARGETS)
        assert [each.target for each in book.due(now=NOW + 9 * MINUTE)] == ["duty", "duty"]
        book.report(notice(severity=Severity.CRITICAL, after=6), targets=TARGETS)
        book.report(notice(OK, Severity.INFO, after=7), targets=TARGETS)
        assert book.owed_targets() == ["board", "duty"]


def test_subjects_do_not_share_a_condition() -> None:
    """One source's trouble is not another's."""
    with opened() as book:
        assert book.report(notice(), targets=LOUD)
        assert book.report(notice(subject="feed"), targets=LOUD)
        book.forget_conditions("source", kept=["feed"])
        assert [each.subject for each in book.conditions()] == ["feed"]


def test_a_notice_is_read_back_as_it_was_stored() -> None:
    """All of it; what is no notice's id is none."""
    with opened() as book:
        book.report(notice(), targets={}, since=NOW - timedelta(days=1))
        row = book.notice("N-1")
        assert row is not None
        assert row.notice == notice()
        assert book.conditions()[0].since == NOW - timedelta(days=1)
        assert book.notice("A-1") is None


def test_old_notices_go() -> None:
    """After more than a year, with what was owed of them."""
    with opened() as book:
        book.report(notice(), targets=LOUD)
        late = 60 * 24 * 500
        book.report(notice(OK, after=late), targets=LOUD)
        assert [each.id for each in book.notices()] == ["N-2"]
        assert book.owed() == 1
