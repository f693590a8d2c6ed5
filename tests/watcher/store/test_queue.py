from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.watcher.store.books import MINUTE, NOW, ref
from watcher.model import Clean, Failed, Ref
from watcher.store import Book, SourceState


def test_refs_are_remembered_once(book: Book) -> None:
    """Pending or seen already, a ref is not new; what came first is read first."""
    assert book.pend("pastes", [ref("a"), ref("b"), ref("a")], validators=None, now=NOW) == 2
    book.settle(Clean(ref=ref("a")), now=NOW)
    assert book.pend("pastes", [ref("a"), ref("b"), ref("c")], validators=None, now=NOW) == 1
    assert [each.ref.key for each in book.pending("pastes", now=NOW)] == ["b", "c"]
    assert book.waiting() == {"pastes": 2}
    assert book.is_seen("pastes", "a")
    assert not book.is_seen("pastes", "b")
    assert not book.is_seen("other", "a")


def test_listing_and_validators_are_one_transaction(book: Book) -> None:
    """If the refs cannot be stored, neither are the validators that would hide them next time."""

    def listed() -> Iterator[Ref]:
        yield ref("a")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        book.pend("pastes", listed(), validators={"https://x.example": ("e", "m")}, now=NOW)
    assert book.waiting() == {}
    assert book.source("pastes").validators == {}


def test_validators_come_back_verbatim_and_stay_if_not_given(book: Book) -> None:
    """None leaves them; a mapping replaces them whole."""
    kept = {"https://x.example/?a=1": ('W/"é\\"', "Wed, 18 Nov 2026 14:36:00 GMT")}
    book.pend("pastes", [], validators=kept, now=NOW)
    book.pend("pastes", [ref()], validators=None, now=NOW)
    assert book.source("pastes").validators == kept
    book.pend("pastes", [], validators={}, now=NOW)
    assert book.source("pastes").validators == {}


def test_a_failed_ref_waits_for_its_time(book: Book) -> None:
    """It stays pending with one attempt more, and is due when it was said."""
    book.pend("pastes", [ref("a"), ref("b")], validators=None, now=NOW)
    for attempts in (1, 2):
        failed = Failed(ref=ref("a"), reason="503", retry_at=NOW + MINUTE)
        assert not book.settle(failed, now=NOW).known
        assert [each.ref.key for each in book.pending("pastes", now=NOW)] == ["b"]
        again = book.pending("pastes", now=NOW + MINUTE)[0]
        assert (again.attempts, again.reason, again.retry_at) == (attempts, "503", NOW + MINUTE)
    assert len(book.pending("pastes", now=NOW + MINUTE, limit=1)) == 1
    assert not book.is_seen("pastes", "a")


def test_a_time_that_only_a_wrong_clock_can_have_set_is_due(book: Book) -> None:
    """Nothing is put off for four days: what is was put off under another time, and would be silent until then."""
    book.pend("pastes", [ref("a"), ref("b")], validators=None, now=NOW)
    for key, days in (("a", 3650), ("b", 3)):
        far = Failed(ref=ref(key), reason="503", retry_at=NOW + timedelta(days=days))
        book.settle(far, now=NOW)
    assert [each.ref.key for each in book.pending("pastes", now=NOW)] == ["a"]


def test_what_could_not_be_read_is_never_unchanged(book: Book) -> None:
    """The same bytes again, of another version: nobody has read them yet."""
    first, again = replace(ref("a"), version="r1"), replace(ref("a"), version="r2")
    book.pend("pastes", [first], validators=None, now=NOW)
    book.settle(Failed(ref=first, reason="broken", retry_at=None), now=NOW, sha256="ab", size=1)
    assert book.pend("pastes", [again], validators=None, now=NOW) == 1
    assert not book.unchanged(again, sha256="ab", now=NOW)
    assert book.waiting() == {"pastes": 1}


def test_what_is_begun_is_of_the_version_that_came(book: Book) -> None:
    """Content that was edited while it waited: its outcome is that of the edit."""
    first, again = replace(ref("a"), version="r1"), replace(ref("a"), version="r2")
    book.begin(first, carried=True, now=NOW)
    book.begin(again, carried=True, now=NOW)
    (pending,) = book.carried("pastes")
    assert pending.ref.version == "r2"


def test_what_is_put_off_has_not_failed(book: Book) -> None:
    """It is due then, with as many attempts as before; what is not pending does not come to be."""
    book.pend("pastes", [ref("a"), ref("b")], validators=None, now=NOW)
    book.put_off({ref("a"): NOW + MINUTE, ref("c"): NOW})
    assert [each.ref.key for each in book.pending("pastes", now=NOW)] == ["b"]
    first, _ = book.pending("pastes", now=NOW + MINUTE)
    assert (first.ref, first.attempts, first.found_at) == (ref("a"), 0, NOW)


def test_failures_are_counted_and_forgiven(book: Book) -> None:
    """One good visit resets them; a bad one keeps what the last good one listed."""
    assert book.source("pastes") == SourceState(name="pastes")
    later = NOW + MINUTE
    book.visited("pastes", now=NOW, next_due=later, items=40)
    book.visited("pastes", now=NOW + MINUTE, next_due=later, error="404", items=0)
    book.visited("pastes", now=NOW + MINUTE, next_due=later, error="marker missing")
    state = book.source("pastes")
    assert (state.failures, state.last_error, state.last_ok) == (2, "marker missing", NOW)
    assert (state.items_last, state.next_due) == (40, later)
    book.visited("pastes", now=later, next_due=later + MINUTE)
    state = book.source("pastes")
    assert (state.failures, state.last_error, state.last_ok) == (0, "", later)
    assert book.sources() == [state]


def test_it_is_all_there_after_closing(path: Path) -> None:
    """What was acknowledged is on disk."""
    with Book.open(path, create=True) as book:
        book.pend("pastes", [ref("a")], validators={"u": ("e", "")}, now=NOW)
    with Book.open(path, readonly=True) as book:
        assert book.pending("pastes", now=NOW)[0].ref.url == ref("a").url
        assert book.source("pastes").validators == {"u": ("e", "")}


def listed(key: str, version: str) -> Ref:
    return replace(ref(key), version=version)


def test_a_ref_of_another_version_is_owed_again(book: Book) -> None:
    """Five minutes after it was read at the soonest; with no version, or the same, it is not."""
    book.settle(Clean(ref=listed("a", "r1")), now=NOW, sha256="00")
    for version, owed in (("", 0), ("r1", 0), ("r2", 1), ("r3", 0)):
        found = book.pend("pastes", [listed("a", version)], validators=None, now=NOW)
        assert found == owed, version
    assert book.pending("pastes", now=NOW) == []
    (again,) = book.pending("pastes", now=NOW + 5 * MINUTE)
    assert (again.ref.version, again.again) == ("r3", True)
    book.settle(Clean(ref=again.ref), now=NOW + 5 * MINUTE, sha256="01")
    assert book.pend("pastes", [listed("a", "r3")], validators=None, now=NOW) == 0
    assert book.is_seen("pastes", "a")
    assert book.is_seen("pastes", "a", "r3")
    assert book.is_seen("pastes", "a", "01")
    assert not book.is_seen("pastes", "a", "r4")


def test_what_was_read_before_there_were_versions_is_not_read_again(book: Book) -> None:
    """The first version that is listed is where they begin."""
    book.settle(Clean(ref=ref("a")), now=NOW)
    assert book.pend("pastes", [listed("a", "r1")], validators=None, now=NOW) == 0
    assert book.pend("pastes", [listed("a", "r2")], validators=None, now=NOW) == 1


def test_the_same_bytes_are_the_same_outcome(book: Book) -> None:
    """It is owed no longer, and of the version that was listed."""
    book.settle(Clean(ref=listed("a", "r1")), now=NOW, sha256="00")
    book.pend("pastes", [listed("a", "r2")], validators=None, now=NOW)
    assert not book.unchanged(listed("a", "r2"), sha256="01", now=NOW)
    assert book.unchanged(listed("a", "r2"), sha256="00", now=NOW)
    assert book.waiting() == {}
    assert book.is_seen("pastes", "a", "r2")


def test_a_cursor_is_stored_with_what_came_before_it(book: Book) -> None:
    """In one transaction; validators are left as they are."""
    book.pend("pastes", [], validators={"u": ("e", "")}, now=NOW)

    def torn() -> Iterator[Ref]:
        yield ref("a")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        book.pend("pastes", torn(), validators=None, cursor="7", now=NOW)
    assert (book.source("pastes").cursor, book.waiting()) == ("", {})
    book.pend("pastes", [ref("a")], validators=None, cursor="7", now=NOW)
    state = book.source("pastes")
    assert (state.cursor, state.validators, book.waiting()) == (
        "7",
        {"u": ("e", "")},
        {"pastes": 1},
    )


def test_a_way_out_that_is_down_is_no_failure(book: Book) -> None:
    """It is told, and not counted; nor does a visit that asked nobody say that the way is open."""
    later = NOW + MINUTE
    book.visited("pastes", now=NOW, next_due=later, error="503", kind="answered")
    book.visited("pastes", now=later, next_due=later, error="no route", kind="local")
    state = book.source("pastes")
    assert (state.failures, state.last_error, state.error_kind) == (1, "no route", "local")
    assert state.tried_at == later
    book.visited("pastes", now=later + MINUTE, next_due=later, asked=False)
    state = book.source("pastes")
    assert (state.failures, state.error_kind, state.tried_at) == (0, "", later)


def test_what_nobody_has_looked_at_is_counted_with_its_age(book: Book) -> None:
    """Neither what failed and is put off, nor what is being read, nor what a listing carries."""
    book.pend("pastes", [ref("a"), ref("b"), ref("c")], validators=None, now=NOW)
    book.pend("pastes", [ref("d")], validators=None, now=NOW + MINUTE)
    assert book.untouched() == {"pastes": (4, NOW)}
    later = NOW + 5 * MINUTE
    book.settle(Failed(ref=ref("a"), reason="503", retry_at=later), now=NOW)
    book.settle(Clean(ref=ref("b")), now=NOW)
    book.begin(ref("c"), now=NOW)
    assert book.untouched() == {"pastes": (1, NOW + MINUTE)}


def test_the_same_page_for_many_is_counted(book: Book) -> None:
    """Of what held nothing, by source, since then; what could not be had and what alerted is no page."""
    for at, key in enumerate("abcdef"):
        book.settle(Clean(ref=ref(key)), now=NOW, sha256="00" if at < 4 else key)
    book.settle(Clean(ref=ref("old")), now=NOW - 5 * MINUTE, sha256="00")
    book.settle(Failed(ref=ref("x"), reason="404", retry_at=None), now=NOW)
    assert book.alike(since=NOW) == {"pastes": (4, 6)}
    assert book.alike(since=NOW + MINUTE) == {}
