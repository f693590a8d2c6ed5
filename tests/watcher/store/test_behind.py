"""Files behind a page are owed with its outcome: each once, again for another version, one hop."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.watcher.store.books import MINUTE, NOW, alert, ref
from tests.watcher.store.test_settling import _Torn
from watcher.model import Clean, Ref
from watcher.store import Book, Named

LATER = NOW + timedelta(hours=1)


def page(key: str = "a", version: str = "") -> Ref:
    return Ref(source="pastes", key=key, url=f"https://foi.example/{key}", version=version)


def file(name: str, source: str = "pastes") -> Ref:
    return Ref(source=source, key=f"{name} file", url=f"https://files.example/{name}")


def owed(book: Book) -> list[tuple[str, str]]:
    pending = book.pending("pastes", now=LATER + timedelta(days=1))
    return [(each.ref.key, each.ref.version) for each in pending]


def test_files_are_owed_with_the_outcome(book: Book) -> None:
    """All of them, or nothing: a crash between the two cannot be."""
    files = (file("1"), file("2"))
    with pytest.raises(RuntimeError):
        book.settle(alert("a"), now=NOW, targets=_Torn(), files=files)
    assert owed(book) == []
    settled = book.settle(alert("a"), now=NOW, files=files)
    assert (settled.alert_id, settled.files, settled.named) == ("A-1", 2, 0)
    assert owed(book) == [("1 file", ""), ("2 file", "")]


def test_each_is_owed_once(book: Book) -> None:
    """Whichever page it is behind, while it waits and after it was read; whose it is stays."""
    book.settle(Clean(ref=page("a")), now=NOW, files=(file("1"),))
    assert book.settle(alert("b"), now=NOW, files=(file("1"),)).files == 0
    one = alert("x")
    told = type(one)(ref=file("1"), finding=one.finding, evidence=one.evidence)
    settled = book.settle(told, now=NOW)
    assert book.settle(Clean(ref=page("c")), now=NOW, files=(file("1"),)).files == 0
    assert owed(book) == []
    row = book.alert(settled.alert_id or "")
    assert row is not None
    assert (row.page, row.named_by) == ("https://foi.example/a", ("pastes", ""))
    assert row.context[-1] == "it is a file behind a page that is no alert"


def test_the_alert_of_the_page_is_told(book: Book) -> None:
    """What is no file says nothing of a page."""
    book.settle(alert("b"), now=NOW, files=(file("1"),))
    one = alert("x")
    told = type(one)(ref=file("1"), finding=one.finding, evidence=one.evidence)
    settled = book.settle(told, now=NOW)
    first, second = book.alert("A-1"), book.alert(settled.alert_id or "")
    assert first is not None
    assert second is not None
    assert (first.page, first.context) == ("", ())
    assert second.page == ref("b").url
    assert second.context == ("it is a file behind the page of A-1",)


def test_another_version_of_the_page_owes_its_files_again(book: Book) -> None:
    """Those that were read and those that are new, not sooner than any document is read again."""
    book.settle(Clean(ref=page(version="1")), now=NOW, files=(file("1"),))
    book.settle(Clean(ref=Ref(source="pastes", key="1 file", url="x", version="1")), now=NOW)
    settled = book.settle(Clean(ref=page(version="2")), now=NOW, files=(file("1"), file("2")))
    assert settled.files == 2
    assert owed(book) == [("1 file", "2"), ("2 file", "2")]
    due = [each.ref.key for each in book.pending("pastes", now=NOW + MINUTE)]
    assert due == ["2 file"]


def test_a_page_that_stayed_the_same_owes_them_again_too(book: Book) -> None:
    """A file may be replaced where it lies; for a page that changed nothing is owed yet."""
    book.settle(Clean(ref=page(version="1")), now=NOW, sha256="00", files=(file("1"),))
    book.settle(Clean(ref=Ref(source="pastes", key="1 file", url="x", version="1")), now=NOW)
    again = page(version="2")
    assert book.unchanged(again, sha256="01", now=LATER, files=(file("1"),)) is None
    assert owed(book) == []
    settled = book.unchanged(again, sha256="00", now=LATER, files=(file("1"),))
    assert settled is not None
    assert (settled.files, owed(book)) == (1, [("1 file", "2")])


def test_one_hop_and_no_further(book: Book) -> None:
    """Neither behind a file nor behind what was followed is anything fetched."""
    link = Ref(source="followed", key="k", url="https://paste.example/k")
    named = (Named(source="followed", refs=(link,), per_day=9),)
    book.settle(Clean(ref=page()), now=NOW, files=(file("1"),), named=named)
    assert book.settle(Clean(ref=file("1")), now=NOW, files=(file("2"),)).files == 0
    assert book.settle(Clean(ref=link), now=NOW, files=(file("3"),)).files == 0
    assert owed(book) == []


def test_what_is_listed_is_the_listing_s(book: Book) -> None:
    """A link to another item takes nothing from it: its page is searched as before."""
    book.pend("pastes", [page("b")], validators=None, now=NOW)
    assert book.settle(Clean(ref=page("a", "1")), now=NOW, files=(page("b"), page("a"))).files == 0
    assert owed(book) == [("b", "")]
    assert book.settle(Clean(ref=page("b")), now=NOW, files=(file("1"),)).files == 1


def test_files_are_the_page_s_own_source_s(book: Book) -> None:
    """Whatever a plug-in writes into them."""
    book.settle(Clean(ref=page()), now=NOW, files=(file("1", source="other"),))
    assert owed(book) == [("1 file", "")]
    assert book.pending("other", now=LATER) == []
