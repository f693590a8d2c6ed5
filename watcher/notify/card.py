"""
What is told of an alert: counts, kinds and where to look.

No names of people, numbers, quotes, places inside the document, officer refs, and
of the address only its host; of suppliers the operator's own words for them. Those who may see more open the link or type the command.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from watcher.model import Finding, Severity
from watcher.notify.plain import defanged


class Stored(Protocol):
    """What a stored alert has that a card is made from."""

    @property
    def id(self) -> str: ...
    @property
    def incident(self) -> str: ...
    @property
    def found_at(self) -> datetime: ...
    @property
    def source(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def finding(self) -> Finding: ...
    @property
    def context(self) -> Sequence[str]: ...


class Beside(Protocol):
    """One of the alerts of a digest."""

    @property
    def id(self) -> str: ...
    @property
    def url(self) -> str: ...


class Together(Protocol):
    """What a stored digest has that a card is made from; the most severe alert comes first."""

    @property
    def counts(self) -> Mapping[Severity, int]: ...
    @property
    def incidents(self) -> Sequence[str]: ...
    @property
    def sources(self) -> Sequence[str]: ...
    @property
    def alerts(self) -> Sequence[Beside]: ...
    @property
    def suppliers(self) -> Sequence[str]: ...


HOSTS = 10  # that a digest names, and suppliers


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """
    One alert as it may leave the house. `link` is "" where none is configured.

    A digest is the card of its most severe alert, with the ids of all in
    `alerts`, how many there are of each severity in `counts`, and in `listing`
    the command that lists them. `suppliers`: those that it names, or all of a
    digest.
    """

    id: str
    incident: str
    severity: Severity
    rule: str
    title: str
    count: int
    rows: int
    expected: float
    bits: float
    source: str
    host: str
    found_at: datetime
    fields: tuple[str, ...]
    reasons: tuple[str, ...]
    link: str = ""
    test: bool = False
    alerts: tuple[str, ...] = ()
    counts: tuple[tuple[Severity, int], ...] = ()
    listing: str = ""
    suppliers: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        if self.listing:
            return self.listing
        return "watcher alerts" if self.test else f"watcher show {self.id}"


def card_of(row: Stored, *, link: str, digest: Together | None = None) -> Card:
    """
    The card of a stored alert, or of a digest that it leads.

    `link` is the configured address, with `{id}`.
    """
    finding = row.finding
    card = Card(
        id=row.id,
        incident=row.incident,
        severity=finding.severity,
        rule=finding.rule,
        title=finding.title,
        count=finding.count,
        rows=finding.rows,
        expected=finding.expected,
        bits=finding.bits,
        source=row.source,
        host=defanged(row.url),
        found_at=row.found_at,
        fields=finding.fields,
        reasons=(*finding.reasons, *row.context),
        link=link.replace("{id}", row.id),
        suppliers=finding.called,
    )
    return card if digest is None else _gathered(card, digest)


def _gathered(card: Card, digest: Together) -> Card:
    """The same card, which tells of the others as well."""
    many = sum(digest.counts.values())
    told = ", ".join(f"{count:,} {severity}" for severity, count in digest.counts.items())
    hosts = list(dict.fromkeys(filter(None, (defanged(each.url) for each in digest.alerts))))
    if len(digest.incidents) == 1:
        title = f"{many:,} documents of {card.incident}: {card.title}"
        listing = f"watcher alerts --incident {card.incident}"
    else:
        whence = f"from {digest.sources[0]}" if len(digest.sources) == 1 else "together"
        title = f"{many:,} alerts {whence}; the most severe: {card.title}"
        only = f" --source {digest.sources[0]}" if len(digest.sources) == 1 else ""
        listing = f"watcher alerts{only}"
    reasons = [
        f"{told}; {len(digest.incidents):,} incidents" if len(digest.incidents) > 1 else told
    ]
    if hosts:
        reasons.append(f"at {_few(hosts)}")
    if len(digest.suppliers) > 1:
        reasons.append(f"together they name {_few(digest.suppliers)}")
    return replace(
        card,
        title=title,
        reasons=(*reasons, *card.reasons),
        alerts=tuple(each.id for each in digest.alerts),
        counts=tuple(digest.counts.items()),
        listing=listing,
        suppliers=tuple(digest.suppliers),
    )


def _few(names: Sequence[str]) -> str:
    told = ", ".join(names[:HOSTS])
    return f"{told} and {len(names) - HOSTS:,} more" if len(names) > HOSTS else told


def test_card(*, now: datetime) -> Card:
    """A harmless card that says so."""
    return Card(
        id="TEST",
        incident="TEST",
        severity=Severity.INFO,
        rule="test",
        title="test of this target: nothing was found, nothing is to be done",
        count=0,
        rows=0,
        expected=0.0,
        bits=0.0,
        source="watcher test",
        host="",
        found_at=now,
        fields=(),
        reasons=("somebody typed `watcher test --notify`",),
        test=True,
    )


test_card.__test__ = False  # type: ignore[attr-defined]  # pytest must not take it for a test
