"""
What is told of an alert: counts, kinds and where to look.

No names, numbers, quotes, places inside the document, officer refs, and of the
address only its host. Those who may see more open the link or type the command.
"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One alert as it may leave the house. `link` is "" where none is configured."""

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

    @property
    def command(self) -> str:
        return "watcher alerts" if self.test else f"watcher show {self.id}"


def card_of(row: Stored, *, link: str) -> Card:
    """The card of a stored alert. `link` is the configured address, with `{id}`."""
    finding = row.finding
    return Card(
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
        reasons=finding.reasons,
        link=link.replace("{id}", row.id),
    )


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
