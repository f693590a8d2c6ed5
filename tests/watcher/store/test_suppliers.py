"""One supplier on leak listings is one incident, until it is another time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.watcher.store.books import NOW, TARGETS, alert
from watcher.model import Alert, Ref, Severity
from watcher.store import Book, Settled, Telling
from watcher.store.suppliers import SILENCE

DAY = timedelta(days=1)


def listed(
    key: str,
    *marks: str,
    source: str = "looks",
    severity: Severity = Severity.MEDIUM,
    officers: tuple[str, ...] = (),
    body: str = "",
) -> Alert:
    """An entry of a leak listing that names these suppliers."""
    one = alert(key, officers=officers, body=f"{source} {key} {body}", severity=severity)
    finding = replace(
        one.finding, rule="supplier", title="Supplier named", suppliers=marks, possible=()
    )
    ref = Ref(source=source, key=key, url=f"https://{source}.example/{key}")
    evidence = replace(one.evidence, file=f"{source}/{key}/{body}")
    return replace(one, ref=ref, finding=finding, evidence=evidence)


def settle(book: Book, one: Alert, now: datetime = NOW) -> Settled:
    return book.settle(one, now=now, targets=TARGETS, telling=Telling.USUAL)


def test_two_aggregators_are_one_incident(book: Book) -> None:
    """And the second place says whose it is."""
    assert settle(book, listed("a", "m1")).incident == "I-1"
    assert settle(book, listed("b", "m1", source="live")).incident == "I-1"
    assert settle(book, listed("c", "m2", source="live")).incident == "I-2"
    row = book.alert("A-2")
    assert row is not None
    assert row.context == ("another place of I-1, which was first told of as A-1",)


def test_an_update_is_the_same_incident_and_says_so(book: Book) -> None:
    """Of the same place, after however long."""
    settle(book, listed("a", "m1"))
    later = NOW + 3 * SILENCE
    again = settle(book, listed("a", "m1", severity=Severity.HIGH, body="files"), later)
    assert (again.alert_id, again.incident) == ("A-2", "I-1")
    row = book.alert("A-2")
    assert row is not None
    assert row.context == ("an update: the same place was told of as A-1",)


def test_silence_ends_an_incident(book: Book) -> None:
    """Each alert of the supplier begins it anew; after it another theft is another incident."""
    settle(book, listed("a", "m1"))
    assert settle(book, listed("b", "m1"), NOW + SILENCE - DAY).incident == "I-1"
    assert settle(book, listed("c", "m1"), NOW + 2 * SILENCE - 2 * DAY).incident == "I-1"
    assert settle(book, listed("d", "m1"), NOW + 4 * SILENCE).incident == "I-2"


def test_a_page_that_lists_one_victim_after_the_other_has_an_incident_for_each(book: Book) -> None:
    """And another victim there is told at once, not in a digest of the first."""
    settle(book, listed("page", "m1", body="1"))
    other = settle(book, listed("page", "m2", body="2"))
    assert other.incident == "I-2"
    assert [each.alert for each in book.due(now=NOW)] == ["A-1", "A-2"]
    both = settle(book, listed("page", "m1", "m2", body="3"))
    assert both.incident == "I-1"
    assert settle(book, listed("z", "m2")).incident == "I-2"


def test_a_second_place_waits_for_the_digest_and_a_rise_does_not(book: Book) -> None:
    """Noise is held together; that the data is out is told at once."""
    settle(book, listed("a", "m1"))
    settle(book, listed("b", "m1", source="live"))
    assert [each.alert for each in book.due(now=NOW)] == ["A-1"]
    settle(book, listed("b", "m1", source="live", severity=Severity.HIGH, body="out"))
    assert [each.alert for each in book.due(now=NOW)] == ["A-1", "A-3"]


def test_files_with_officers_join_by_their_place_or_their_supplier(book: Book) -> None:
    """The list that comes out of a supplier is that supplier's incident; a known list stays where it is."""
    settle(book, listed("a", "m1"))
    assert settle(book, listed("tree", "m1", officers=("1", "2", "3"))).incident == "I-1"
    assert settle(book, listed("elsewhere", "m2", officers=("1", "2", "3"))).incident == "I-1"


def test_a_place_told_of_before_it_named_a_supplier_stays_its_incident(book: Book) -> None:
    """A page that is edited is one leak."""
    settle(book, listed("a", officers=("1", "2")))
    assert settle(book, listed("a", "m1", body="edited")).incident == "I-1"
