"""
The story as it is told: what was published, found, sent, kept; what stayed quiet.

Counts, places and reasons only. The roster is invented, and still no name of
it is shown: a real one's never would be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from watcher.demo.pages import ARCHIVE, FEED, LISTING, Post, Publication
from watcher.demo.receiver import Card
from watcher.demo.score import Score
from watcher.model import Severity
from watcher.plain import clean
from watcher.store import AlertRow

STYLES = {
    Severity.CRITICAL: "bold white on red",
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "bold yellow",
}
REASONS = 3  # of an alert's; `watcher show` has all
PLACES = (
    ("pastes", ARCHIVE, "a list of {people} with pay numbers and vetting levels"),
    ("foi", FEED, "a workbook that hides {people} people in its second sheet"),
    ("board", LISTING, "a list of {people} with e-mail addresses and collar numbers"),
)


def opening(out: Console, *, force: str, people: int) -> None:
    out.print()
    out.print(
        Text.assemble(("watcher demo", "bold"), f"  {force}: {people:,} people, all invented")
    )
    out.print()


def step(out: Console, label: str, said: str) -> None:
    """One line of what is going on, while it goes on."""
    out.print(Text.assemble((f"  {label:<11}", "dim"), clean(said)))


def chapter(out: Console, title: str) -> None:
    out.print()
    out.print(Text(title, style="bold"))


def facts(out: Console, rows: Iterable[tuple[str, str]]) -> None:
    """`label  value` lines under a chapter, the values aligned."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(min_width=11, style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in rows:
        grid.add_row(f"  {label}", Text(clean(value)))
    out.print(grid)


def published(out: Console, shown: Publication, address: str) -> None:
    """How many documents were where, and what the leaks are; not yet what was made of them."""
    chapter(out, f"What was published at {address}")
    counts = Counter(post.place for post in shown.quiet)
    people = {post.place: len(post.people) for post in shown.leaks}
    facts(
        out,
        [
            (
                place,
                f"{listing:<16}  {counts[place]} pages, and {form.format(people=people[place])}",
            )
            for place, listing, form in PLACES
        ],
    )


def found(
    out: Console, alerts: Sequence[AlertRow], shown: Publication, address: str, at: datetime
) -> None:
    """Each alert: what, where, who against how many by chance, why, how fast. `at`: when the leaks came out."""
    chapter(out, "What was found, and why")
    if not alerts:
        facts(out, [("", "nothing")])
    leaks = {address + leak.path: leak for leak in shown.leaks}
    for row in alerts:
        out.print()
        _heading(out, row)
        facts(out, _alert(row, leaks.get(row.url), at))


def _heading(out: Console, row: AlertRow) -> None:
    severity = row.finding.severity
    out.print(
        Text.assemble(
            "  ",
            (str(severity).upper(), STYLES.get(severity, "cyan")),
            (f"  {row.id}  {clean(row.finding.title)}", "bold"),
        )
    )


def _alert(row: AlertRow, leak: Post | None, at: datetime) -> list[tuple[str, str]]:
    finding = row.finding
    rows = [("document", row.url)]
    rows += [("inside" if not n else "", place) for n, place in enumerate(finding.places[:2])]
    of = f" of the {len(leak.people)} people in it are" if leak else " people in it are"
    chance = f"; {_few(finding.expected)} names would match by chance" if finding.rows else ""
    rows.append(("who", f"{finding.count}{of} ours{chance}"))
    rows += [("why" if not n else "", reason) for n, reason in enumerate(finding.reasons[:REASONS])]
    seconds = (row.found_at - at).total_seconds()
    rows.append(("when", f"{seconds:.1f} s after it was published"))
    return rows


def _few(expected: float) -> str:
    return "hardly any" if expected < 1 else f"about {expected:.0f}"


def card(out: Console, arrived: Sequence[Card]) -> None:
    """The first card, as a chat would show it."""
    chapter(out, "The card that arrived")
    if not arrived:
        facts(out, [("", "none")])
        return
    data = arrived[0].data
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in card_facts(data):
        grid.add_row(label, Text(clean(value)))
    words = (
        str(data.get("severity", "")).upper(),
        str(data.get("id", "")),
        str(data.get("title", "")),
    )
    title = Text(clean("  ".join(words)), style="bold")
    frame = box.ASCII if out.options.ascii_only else box.ROUNDED
    panel = Panel(Group(title, Text(), grid), box=frame, width=min(out.width - 2, 84))
    out.print()
    out.print(Padding(panel, (0, 0, 0, 2), expand=False))
    facts(out, [("signed", f"and the signature holds; {len(arrived)} arrived, each once")])


def card_facts(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The card's own words, as label and value."""
    expected = float(data.get("expected_by_chance", 0))
    rows = [
        ("Source", f"{data.get('source', '')} ({data.get('host', '')})"),
        ("People", f"{data.get('count', 0)}; {_few(expected)} names would match by chance"),
        ("Data", ", ".join(map(str, data.get("fields", ())))),
        ("Found", _moment(str(data.get("found_at", "")))),
        ("Open", str(data.get("link") or data.get("command", ""))),
    ]
    return [(label, value) for label, value in rows if value]


def _moment(text: str) -> str:
    """The time on the card, as one would say it."""
    return f"{datetime.fromisoformat(text):%d %B %Y, %H:%M:%S} UTC" if text else ""


def evidence(out: Console, score: Score, directory: Path, *, stays: bool) -> None:
    """Where the evidence is, that it verifies, and who can open it."""
    gone = "" if stays else " (until the demo ends; --keep DIR leaves it)"
    chapter(out, "The evidence")
    facts(
        out,
        [
            ("where", f"{directory}{gone}"),
            ("sealed", "to the custodian's public key: this service can write it and not read it"),
            ("verified", f"{score.verified} of {score.evidence} files are as they were recorded"),
        ],
    )


def quiet(out: Console, score: Score, accidents: int) -> None:
    chapter(out, "What stayed quiet")
    facts(
        out,
        [
            ("read", f"{score.quiet} of {score.pages} ordinary pages raised nothing"),
            (
                "namesakes",
                f"{accidents} enrolled names stand on one of them by accident, beside years",
            ),
        ],
    )


def closing(out: Console, keep: Path | None) -> None:
    """Where to look further, if anything stays; and the empty line before the last one."""
    if keep is not None:
        chapter(out, "What to look at")
        config = keep / "config.toml"
        private_key = keep / "custodian-private-key.txt"
        facts(
            out,
            [
                ("alerts", f"watcher --config {config} alerts"),
                ("verify", f"watcher --config {config} verify"),
                ("open", f"age --decrypt --identity {private_key} FILE | zcat"),
            ],
        )
    out.print()
