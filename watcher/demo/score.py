"""
What came of it, counted from the store, the receiver and the check of evidence.

Nothing here knows what the demo meant to happen except where its documents
were published and whom they show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from watcher.demo.pages import Post, Publication
from watcher.demo.receiver import Card
from watcher.errors import CustodyError
from watcher.model import Severity
from watcher.record import verify
from watcher.store import AlertRow, Book, EvidenceRow

SHARE = 0.9  # of a leak's people that an alert must count to have found it

HELD, MISSED, ALTERED = 0, 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`n` of `m` for each promise. `alerts`: the leaks that were found, by path."""

    alerts: dict[str, AlertRow]
    leaks: int
    quiet: int
    pages: int
    cards: int
    verified: int
    evidence: int
    stray: int  # alerts about anything else

    @property
    def code(self) -> int:
        """0 if every promise held, 4 if evidence differs, else 3."""
        if self.verified < self.evidence:
            return ALTERED
        held = (
            len(self.alerts) == self.leaks == self.cards == self.evidence
            and self.quiet == self.pages
            and not self.stray
        )
        return HELD if held else MISSED

    def line(self, seconds: float) -> str:
        return (
            f"leaks {len(self.alerts)} of {self.leaks} found · quiet {self.quiet} of {self.pages} · "
            f"cards {self.cards} delivered · evidence {self.verified} of {self.evidence} verified · "
            f"{seconds:.0f} s"
        )


def score(
    book: Book, published: Publication, address: str, *, cards: Sequence[Card], evidence: Path
) -> Score:
    """
    Count what the store holds about each published document.

    `address` is the site's, `evidence` the directory of evidence files.
    """
    rows = book.alerts()
    found = {
        leak.path: row
        for leak in published.leaks
        for row in rows
        if row.url == address + leak.path and shows(row, leak)
    }
    raised = {row.url for row in rows}
    clean = {ref.url for ref, kind in book.outcomes() if kind == "clean"}
    kept = list(book.evidence())
    return Score(
        alerts=found,
        leaks=len(published.leaks),
        quiet=sum(
            address + post.path in clean and address + post.path not in raised
            for post in published.quiet
        ),
        pages=len(published.quiet),
        cards=len(cards),
        verified=len(kept) - _differing(book, kept, evidence),
        evidence=len(kept),
        stray=len(rows) - len(found),
    )


def shows(row: AlertRow, leak: Post) -> bool:
    """Whether this alert is of medium severity or more and counts nine tenths of the leak's people."""
    finding = row.finding
    counted = len(leak.people.intersection(finding.officers))
    counted += sum(not leak.people.isdisjoint(group) for group in finding.possible)
    return finding.severity >= Severity.MEDIUM and counted >= SHARE * len(leak.people)


def missing(book: Book, posts: Iterable[Post], address: str, sources: Iterable[str]) -> list[str]:
    """What has not happened yet, in words; empty when all is read and all cards are sent."""
    posts = list(posts)
    settled = {ref.url for ref, _ in book.outcomes()}
    unread = sum(address + post.path not in settled for post in posts)
    waits = [f"{unread} of {len(posts)} documents have not been read"] if unread else []
    states = {state.name: state for state in book.sources()}
    for name in sources:
        if name not in states or states[name].last_ok is None:
            why = states[name].last_error if name in states else ""
            waits.append(f"{name} has not been visited well{f' ({why})' if why else ''}")
    if owed := book.owed():
        waits.append(f"{owed} cards have not been delivered")
    if dead := len(book.dead()):
        waits.append(f"{dead} cards were given up")
    return waits


def _differing(book: Book, kept: Sequence[EvidenceRow], directory: Path) -> int:
    """How many evidence files cannot be trusted; all of them, if the chain is broken."""
    try:
        book.check()
    except CustodyError:
        return len(kept)
    problems = verify(directory, kept)
    return sum(any(row.file in problem for problem in problems) for row in kept)
