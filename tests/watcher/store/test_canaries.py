"""The canary's returns: alerts that are none, in a chain that stays whole."""

from __future__ import annotations

from dataclasses import replace

from tests.watcher.store.books import MINUTE, NOW, TARGETS, alert
from watcher.model import Alert, Severity
from watcher.store import Book

REF = "canary-0123456789abcdef"


def back(key: str, officers: tuple[str, ...] = (REF,)) -> Alert:
    found = alert(key, officers=officers, severity=Severity.CRITICAL)
    return replace(found, finding=replace(found.finding, possible=()))


def test_a_return_is_told_to_nobody_and_not_among_the_alerts(book: Book) -> None:
    """It stands in the chain all the same."""
    book.settle(alert("leak"), now=NOW, targets=TARGETS)
    book.settle(back("c"), now=NOW + MINUTE, targets=TARGETS, canary=True)
    assert book.owed() == 1
    assert [each.key for each in book.alerts()] == ["leak"]
    assert [each.key for each in book.alerts(canary=True)] == ["c"]
    returned = book.returned()
    assert returned is not None
    assert (returned.at, returned.source) == (NOW + MINUTE, "pastes")
    assert (book.counts()["alerts"], sum(book.severities().values())) == (1, 1)
    book.check()


def test_old_evidence_may_go_and_the_chain_stays_whole(book: Book) -> None:
    """What is pruned is no longer expected to be there; nothing is taken out of the chain."""
    for number in range(3):
        book.settle(back(f"c{number}"), now=NOW + number * MINUTE, canary=True)
    old = book.old_canaries(before=NOW + 2 * MINUTE)
    assert [alert for alert, _ in old] == ["A-1", "A-2"]
    book.prune_canaries([each for each, _ in old], source="pastes", before=NOW + 2 * MINUTE)
    assert book.old_canaries(before=NOW + 2 * MINUTE) == []
    assert [each.alert for each in book.evidence()] == ["A-3"]
    assert len(list(book.outcomes())) == 1
    book.check()


def test_nobody_can_pass_a_leak_off_as_a_canary_to_be_rid_of_its_evidence(book: Book) -> None:
    """An alert that shows anybody else is expected to keep its evidence, whatever a row says."""
    book.settle(back("leak", ("n-17", REF)), now=NOW, canary=True)
    book.settle(back("other", ("n-17",)), now=NOW, canary=True)
    book.prune_canaries(["A-1", "A-2"], source="", before=NOW)
    assert [each.alert for each in book.evidence()] == ["A-1", "A-2"]


def test_a_moment_is_remembered(book: Book) -> None:
    """The last of each name."""
    assert book.marked("look") is None
    book.mark("look", now=NOW)
    book.mark("look", now=NOW + MINUTE)
    assert book.marked("look") == NOW + MINUTE


def test_a_return_may_be_asked_for_by_its_source(book: Book) -> None:
    """A copy that came by another one does not stand for it."""
    book.settle(back("c"), now=NOW, canary=True)
    copy = back("d")
    copy = replace(copy, ref=replace(copy.ref, source="elsewhere"))
    book.settle(copy, now=NOW + MINUTE, canary=True)
    found = [book.returned(source=name) for name in ("", "pastes", "elsewhere", "other")]
    assert [each.at if each else None for each in found] == [NOW + MINUTE, NOW, NOW + MINUTE, None]
