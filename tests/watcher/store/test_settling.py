from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.store.books import MINUTE, NOW, TARGETS, alert, ref, sha
from watcher.model import BREACH, Alert, Clean, Failed, Outcome, Partial, Severity, Unread, Why
from watcher.store import Book, Settled

UNREAD = (Unread(where="a.zip!/b.pdf", why=Why.ENCRYPTED),)


def test_an_alert_and_all_that_follows_are_stored_together(book: Book) -> None:
    """Alert, incident, evidence and the deliveries it is severe enough for; the ref is no longer pending."""
    book.pend("pastes", [ref("a")], validators=None, now=NOW)
    one = alert("a", severity=Severity.HIGH)
    settled = book.settle(one, now=NOW, targets=TARGETS, sha256=sha("a"), size=9)
    assert settled == Settled(alert_id="A-1", incident="I-1", deliveries=1)
    row = book.alert("A-1")
    assert row is not None
    assert (row.finding, row.evidence, row.unread) == (one.finding, one.evidence, one.unread)
    assert (row.source, row.key, row.url, row.found_at) == ("pastes", "a", one.ref.url, NOW)
    assert [(each.alert, each.target, each.due_at) for each in book.due(now=NOW)] == [
        ("A-1", "duty", NOW)
    ]
    assert book.waiting() == {}
    assert book.is_seen("pastes", "a")
    assert [(each.position, each.alert, each.file) for each in book.evidence()] == [
        (1, "A-1", one.evidence.file)
    ]
    assert book.alert_of(ref("a")) == row


class _Torn(Mapping[str, Severity]):
    """Targets that break off after the first: as late as a fault can come."""

    def __getitem__(self, key: str) -> Severity:
        return Severity.LOW

    def __iter__(self) -> Iterator[str]:
        yield "duty"
        raise RuntimeError

    def __len__(self) -> int:
        return 2


def test_a_fault_on_the_way_stores_nothing(book: Book) -> None:
    """Half an alert is none: the ref stays pending and is tried again."""
    book.pend("pastes", [ref("a")], validators=None, now=NOW)
    before = dict(book.counts())
    with pytest.raises(RuntimeError):
        book.settle(alert("a"), now=NOW, targets=_Torn())
    assert dict(book.counts()) == before
    assert book.alerts() == []
    assert book.waiting() == {"pastes": 1}
    assert book.settle(alert("a"), now=NOW).alert_id == "A-1"
    book.check()


_KEYS = st.sampled_from("abc")
_OUTCOMES = st.one_of(
    st.builds(lambda key, body: alert(key, body=body), _KEYS, st.sampled_from("xy")),
    st.builds(lambda key: Clean(ref=ref(key)), _KEYS),
    st.builds(lambda key: Partial(ref=ref(key), unread=UNREAD), _KEYS),
    st.builds(lambda key: Failed(ref=ref(key), reason="404", retry_at=None), _KEYS),
    st.builds(lambda key: Failed(ref=ref(key), reason="503", retry_at=NOW + MINUTE), _KEYS),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_OUTCOMES, max_size=8))
def test_settling_twice_is_settling_once(outcomes: list[Outcome]) -> None:
    """
    After any history, the same outcome again adds nothing and gives the same ids.

    And whatever came first or last, a ref that had an alert still has it.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        Book.open(Path(folder) / "watcher.db", create=True) as book,
    ):
        alerted: dict[tuple[str, str], str] = {}
        for outcome in outcomes:
            one = book.settle(outcome, now=NOW, targets=TARGETS)
            stored = dict(book.counts())
            two = book.settle(outcome, now=NOW, targets=TARGETS)
            assert (two.alert_id, two.incident) == (one.alert_id, one.incident)
            assert dict(book.counts()) == stored
            if isinstance(outcome, Alert):
                assert two.known
                assert two.deliveries == 0
                place = (outcome.ref.key, outcome.evidence.sha256)
                assert alerted.setdefault(place, str(one.alert_id)) == one.alert_id
            if outcome.ref.key in {key for key, _ in alerted}:
                assert book.alert_of(outcome.ref) is not None
        counts = book.counts()
        assert counts["alerts"] == counts["owed"] == len(alerted)
        assert counts["alert"] == len({key for key, _ in alerted})
        book.check()


def test_a_clean_document_that_turns_into_a_leak_is_an_alert(book: Book) -> None:
    """What was read before an officer was enrolled must not hide what is found after."""
    book.settle(Clean(ref=ref("a")), now=NOW)
    settled = book.settle(alert("a"), now=NOW, targets=TARGETS)
    assert (settled.alert_id, settled.known) == ("A-1", False)
    assert book.counts()["alert"] == 1
    assert book.counts()["clean"] == 0


def test_a_leak_that_was_taken_down_is_still_an_alert(book: Book) -> None:
    """Looking again may find nothing; the alert and the document's outcome stay."""
    book.settle(alert("a"), now=NOW)
    assert book.settle(Clean(ref=ref("a")), now=NOW).known
    assert book.counts()["alert"] == 1
    assert book.counts()["clean"] == 0


def test_final_failures_and_unread_parts_are_counted(book: Book) -> None:
    """Four outcomes, four counts; what was not read is never clean."""
    book.pend("pastes", [ref("a"), ref("b")], validators=None, now=NOW)
    book.settle(Failed(ref=ref("a"), reason="404", retry_at=None), now=NOW)
    book.settle(Partial(ref=ref("b"), unread=UNREAD), now=NOW, sha256=sha("b"), size=3)
    book.settle(Clean(ref=ref("c")), now=NOW)
    counts = book.counts()
    assert {kind: counts[kind] for kind in ("documents", "clean", "partial", "alert", "failed")} == {
        "documents": 3, "clean": 1, "partial": 1, "alert": 0, "failed": 1,
    }  # fmt: skip
    assert (counts["unread"], counts["pending"]) == (1, 0)


@pytest.mark.parametrize(
    ("officers", "same"),
    [
        (tuple("abcdefgh"), True),
        (tuple("abcd"), True),  # half of them
        (tuple("abc"), False),
        (tuple("abcdexyz"), False),  # 5 of 11
        (tuple("xyz"), False),
        ((), False),
    ],
)
def test_overlapping_officers_are_one_incident(
    book: Book, officers: tuple[str, ...], *, same: bool
) -> None:
    """The rule is the model's; `possible` people do not count."""
    assert book.settle(alert("a", officers="abcdefgh"), now=NOW).incident == "I-1"
    later = book.settle(alert("b", officers=officers), now=NOW)
    assert later.incident == ("I-1" if same else "I-2")
    assert later.alert_id == "A-2"


def test_people_who_share_a_breach_share_no_data_set(book: Book) -> None:
    """What a service knows of a breach joins nothing by whom it tells of, and nothing joins it by them."""

    def breach(key: str, officers: str = "abcdefgh") -> Alert:
        one = alert(key, officers=officers)
        return replace(one, finding=replace(one.finding, rule=BREACH))

    assert book.settle(breach("Adobe"), now=NOW).incident == "I-1"
    assert book.settle(breach("Yahoo"), now=NOW).incident == "I-2"
    assert book.settle(alert("a", officers="abcdefgh"), now=NOW).incident == "I-3"
    again = replace(breach("Yahoo", "abcdefghi"), evidence=alert("b").evidence)
    assert book.settle(again, now=NOW).incident == "I-2"


def test_incidents_do_not_chain(book: Book) -> None:
    """An alert is compared with alerts, not with what an incident has grown to."""
    assert book.settle(alert("a", officers="abcd"), now=NOW).incident == "I-1"
    assert book.settle(alert("b", officers="cdef"), now=NOW).incident == "I-2"
    assert book.settle(alert("c", officers="abcdef"), now=NOW).incident == "I-1"


def test_the_same_bytes_elsewhere_are_another_alert_of_the_incident(book: Book) -> None:
    """A mirror is a place of its own to take down, and the same leak; even where nobody is told apart."""
    first = book.settle(alert("a", body="same", officers=()), now=NOW)
    second = book.settle(alert("b", body="same", officers=()), now=NOW)
    third = book.settle(alert("c", body="other", officers=()), now=NOW)
    assert [each.alert_id for each in (first, second, third)] == ["A-1", "A-2", "A-3"]
    assert [each.incident for each in (first, second, third)] == ["I-1", "I-1", "I-2"]


def test_a_long_list_is_stored_and_joined(book: Book) -> None:
    """Nine thousand officers, more than SQLite takes as parameters."""
    people = tuple(f"ref-{each}" for each in range(9_431))
    assert book.settle(alert("a", officers=people), now=NOW).incident == "I-1"
    assert book.settle(alert("b", officers=people[:-40]), now=NOW).incident == "I-1"
    book.check()
