"""Who is told at once, and what is told together."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.watcher.store.books import MINUTE, NOW, alert
from watcher.model import Severity
from watcher.store import Book, Telling
from watcher.store.gather import AT_ONCE, HOUR, SOON

TARGETS = {"ops": Severity.LOW}


def raise_(
    book: Book, key: str, *, now: datetime = NOW, telling: Telling = Telling.USUAL, **given: Any
) -> None:
    book.settle(alert(key, **given), now=now, targets=TARGETS, telling=telling)


def told(book: Book, now: datetime = NOW) -> list[str]:
    """What is due then, and is now done: its alert, and how many it tells of."""
    book.close_digests(now=now)
    found = []
    for each in book.due(now=now):
        digest = book.digest(each.id)
        found.append(f"{each.alert} ×{sum(digest.counts.values()) if digest else 1}")
        book.delivered(each.id, now=NOW)
    return found


def test_forty_mirrors_are_one_card_and_one_update(book: Book) -> None:
    """The first is told at once; the others together within the hour, and nothing is owed then."""
    for at in range(40):
        raise_(book, f"m{at}", body="same")
    assert len({row.incident for row in book.alerts()}) == 1
    assert told(book) == ["A-1 ×1"]
    assert told(book, NOW + HOUR - MINUTE) == []
    assert told(book, NOW + HOUR) == ["A-2 ×39"]
    assert (book.owed(), book.counts()["delivered"]) == (0, 40)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"severity": Severity.MEDIUM}, {"severity": Severity.CRITICAL}),
        ({"officers": "abc"}, {"officers": "abcdefg"}),
        ({"officers": "abcdef"}, {"officers": "abcdxy"}),
    ],
)
def test_an_incident_that_grows_is_told_at_once(
    book: Book, first: dict[str, Any], then: dict[str, Any]
) -> None:
    """Worse, or with other people in it, is news."""
    raise_(book, "a", **first)
    raise_(book, "b", **then)
    assert told(book) == ["A-1 ×1", "A-2 ×1"]


@pytest.mark.parametrize(
    ("more", "cards"),
    [
        ({"rows": 24}, ["A-1 ×1"]),
        ({"rows": 25}, ["A-1 ×1", "A-2 ×1"]),
        ({"count": 1}, ["A-1 ×1", "A-2 ×1"]),
        ({"suppliers": ("m1",)}, ["A-1 ×1"]),
        ({"suppliers": ("m1", "m2")}, ["A-1 ×1", "A-2 ×1"]),
    ],
)
def test_where_nobody_is_told_apart_size_and_suppliers_are_news(
    book: Book, more: dict[str, Any], cards: list[str]
) -> None:
    """More than twice as large, or about somebody whom nobody was told of."""
    for key, change in (("a", {"suppliers": ("m1",)}), ("b", {"suppliers": ("m1",)} | more)):
        one = alert(key, officers=(), body="same")
        one = replace(one, finding=replace(one.finding, **change))
        book.settle(one, now=NOW, targets=TARGETS, telling=Telling.USUAL)
    assert told(book) == cards


def test_a_first_visit_is_a_digest_that_hides_nothing_severe(book: Book) -> None:
    """What is high comes at once; the rest with the end of the visit, led by the most severe."""
    for at, severity in enumerate([Severity.LOW, Severity.HIGH, Severity.MEDIUM, Severity.LOW]):
        raise_(book, f"k{at}", officers=(str(at),), telling=Telling.CATCHING_UP, severity=severity)
    assert told(book) == ["A-2 ×1"]
    book.visited("pastes", now=NOW, next_due=NOW + MINUTE)
    book.close_digests(now=NOW)
    (delivery,) = book.due(now=NOW)
    digest = book.digest(delivery.id)
    assert digest is not None
    assert delivery.alert == "A-3"
    assert digest.counts == {Severity.MEDIUM: 1, Severity.LOW: 2}
    assert [each.id for each in digest.alerts] == ["A-3", "A-1", "A-4"]
    assert digest.sources == ("pastes",)


def test_a_digest_knows_all_suppliers_of_its_alerts(book: Book, path: Path) -> None:
    """Each once, by the operator's names; an alert from before they were kept has none."""
    for at, called in enumerate([("Acme",), ("Northgate", "Acme"), ()]):
        one = alert(f"k{at}", officers=(str(at),), severity=Severity.LOW)
        one = replace(one, finding=replace(one.finding, called=called))
        book.settle(one, now=NOW, targets=TARGETS, telling=Telling.CATCHING_UP)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alert SET finding = json_remove(finding, '$.called') WHERE id = 3")
        db.commit()
    book.close_digests(now=NOW + SOON)
    (delivery,) = book.due(now=NOW + SOON)
    digest = book.digest(delivery.id)
    assert digest is not None
    assert digest.suppliers == ("Acme", "Northgate")
    row = book.alert("A-3")
    assert row is not None
    assert row.finding.called == ()


@pytest.mark.parametrize("telling", [Telling.USUAL, Telling.CATCHING_UP])
def test_what_is_known_is_told_once_an_hour_whoever_brings_it(book: Book, telling: Telling) -> None:
    """A mirror that another place's first visit finds waits for the incident's hour as well."""
    raise_(book, "a", body="same")
    assert told(book) == ["A-1 ×1"]
    raise_(book, "b", body="same", now=NOW + MINUTE, telling=telling)
    book.visited("pastes", now=NOW + 2 * MINUTE, next_due=NOW + HOUR)
    assert told(book, NOW + 2 * MINUTE) == []
    assert told(book, NOW + MINUTE + HOUR) == ["A-2 ×1"]


@pytest.mark.parametrize("telling", [Telling.USUAL, Telling.CATCHING_UP])
def test_a_mirror_of_many_incidents_is_a_few_cards(book: Book, telling: Telling) -> None:
    """Each that is known waits for its hour; beyond the first they are one card."""
    for at in range(20):
        raise_(book, f"a{at}", officers=(f"p{at}",), body=f"b{at}", telling=Telling.EACH)
    assert len(told(book)) == 20
    for at in range(20):
        raise_(book, f"m{at}", officers=(f"p{at}",), body=f"b{at}", telling=telling)
    book.visited("pastes", now=NOW, next_due=NOW + HOUR)
    assert told(book, NOW + HOUR - MINUTE) == []
    assert told(book, NOW + HOUR) == [f"A-{21 + at} ×1" for at in range(AT_ONCE)] + [
        f"A-{21 + AT_ONCE} ×{20 - AT_ONCE}"
    ]


def test_a_digest_does_not_wait_for_a_visit_that_never_ends(book: Book) -> None:
    """Nor for a service that was killed."""
    for key in "ab":
        raise_(book, key, officers=key, telling=Telling.CATCHING_UP, severity=Severity.LOW)
    assert book.next_delivery() == NOW + SOON
    assert told(book, NOW + SOON) == ["A-1 ×2"]


def test_one_place_has_so_many_cards_an_hour(book: Book) -> None:
    """A flood of severe alerts is some cards and a digest that says how severe; the next hour is another."""
    for at in range(30):
        raise_(book, f"k{at}", officers=(str(at),), severity=Severity.HIGH)
    assert len(told(book)) == AT_ONCE
    assert told(book, NOW + SOON) == [f"A-6 ×{30 - AT_ONCE}"]
    later = NOW + HOUR + timedelta(minutes=11)
    raise_(book, "later", now=later, officers="later")
    assert told(book, later) == ["A-31 ×1"]


def test_cheap_alerts_put_off_none_that_is_worse(book: Book) -> None:
    """Whoever spends a place's cards on trifles hides nothing: what is more severe has cards of its own."""
    for severity in (Severity.LOW, Severity.MEDIUM, Severity.HIGH):
        for at in range(20):
            raise_(book, f"{severity}{at}", officers=(f"{severity}{at}",), severity=severity)
        assert len(told(book)) == AT_ONCE
    raise_(book, "leak", officers="xyz", severity=Severity.CRITICAL)
    assert told(book) == ["A-61 ×1"]
    raise_(book, "trifle", officers="t", severity=Severity.LOW)
    assert told(book) == []


def test_a_digest_that_was_begun_stays_what_it_was(book: Book) -> None:
    """Its id stands for the same alerts at each attempt; what comes later is another."""
    for key in "abc":
        raise_(book, key, body="same")
    assert told(book) == ["A-1 ×1"]
    late = NOW + HOUR
    book.close_digests(now=late)
    (delivery,) = book.due(now=late)
    book.postpone(delivery.id, due_at=late + MINUTE, reason="answered 500")
    raise_(book, "d", now=late, body="same")
    (again,) = book.due(now=late + MINUTE)
    assert (again.id, again.attempts) == (delivery.id, 1)
    digest = book.digest(again.id)
    assert digest is not None
    assert [each.id for each in digest.alerts] == ["A-2", "A-3"]
    book.bury(again.id, now=late, reason="answered 410")
    assert {letter.alert for letter in book.dead()} == {"A-2", "A-3"}
    assert told(book, late + HOUR) == ["A-4 ×1"]


def test_an_edit_that_shows_the_same_is_no_news(book: Book) -> None:
    """It is an alert with its evidence, and nobody is woken; one that shows more is told."""
    raise_(book, "a", body="one")
    raise_(book, "a", body="two")
    raise_(book, "a", body="three", officers="abcdefghijklmnopqrstuvwxyz")
    assert [row.incident for row in book.alerts()] == ["I-1"] * 3
    assert told(book) == ["A-1 ×1", "A-3 ×1"]
    assert book.owed() == 0


def test_whoever_asks_is_told_each(book: Book) -> None:
    """A scan by hand gathers nothing."""
    for at in range(8):
        raise_(book, f"m{at}", body="same", telling=Telling.EACH)
    assert len(told(book)) == 8
