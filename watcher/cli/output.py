"""
What commands print. JSON lines are a contract; text is for people.

Names of files, sheets and members come from strangers: control and
bidirectional characters are taken out before they reach a terminal, and
nothing from outside is read as markup.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from watcher import plain
from watcher.model import Evidence, Finding, Severity, Unread

clean = plain.clean  # the commands have it from here, with all that prints

WIDE = 1000  # columns of what is not a terminal: nothing is cut or wrapped there
FEW = 12  # places of one finding, and parts of one document, that people are told
ROOM = 30  # columns in which a sentence can still be read

STYLES = {
    Severity.CRITICAL: "bold white on red",
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "bold yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}


def out() -> Console:
    """Data, to stdout. Colour only on a terminal, never with NO_COLOR; no wrapping into a pipe."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)


def err() -> Console:
    """Progress and messages, to stderr."""
    return Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else WIDE)


def line(value: Mapping[str, Any]) -> None:
    """One JSON object, one line, on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=True, separators=(", ", ": ")) + "\n")


def alert_object(
    finding: Finding,
    *,
    document: str,
    id: str | None,  # noqa: A002  # the contract's own word
    incident: str | None,
    evidence: Evidence | None,
) -> dict[str, Any]:
    """The `alert` object of the JSON contract. Refs, counts and column names only."""
    return {
        "type": "alert",
        "id": id,
        "incident": incident,
        "severity": str(finding.severity),
        "rule": finding.rule,
        "title": finding.title,
        "document": document,
        "where": list(finding.places),
        "count": finding.count,
        "rows": finding.rows,
        "expected_by_chance": round(finding.expected, 2),
        "bits": round(finding.bits, 1),
        "officers": list(finding.officers),
        "possible": [list(group) for group in finding.possible],
        "fields": list(finding.fields),
        "suppliers": list(finding.called),
        "reasons": list(finding.reasons),
        "evidence": None
        if evidence is None
        else {
            "file": evidence.file,
            "record": evidence.record_id,
            "sha256": evidence.sha256,
        },
    }


def unread_object(document: str, unread: Unread) -> dict[str, Any]:
    """The `unread` object of the JSON contract."""
    return {
        "type": "unread",
        "document": document,
        "where": unread.where,
        "reason": str(unread.why),
    }


def missing_object(document: str) -> dict[str, Any]:
    """A document that was not there to be read: an `unread` object. Why is told on stderr."""
    return {"type": "unread", "document": document, "where": "", "reason": "missing"}


def when(moment: datetime | None) -> str:
    """A moment in local time; – for none."""
    return "–" if moment is None else moment.astimezone().strftime("%Y-%m-%d %H:%M")


def many(number: int, word: str) -> str:
    """`1 document`, `2 documents`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def heading(severity: Severity, alert: str | None, title: str) -> Text:
    """`CRITICAL  A-17  Staff list in a hidden worksheet`."""
    text = Text(f" {str(severity).upper()} ", style=STYLES[severity])
    text.append(f"  {alert or '–'}  ", style="bold")
    text.append(clean(title), style="bold")
    return text


def facts(console: Console, rows: Sequence[tuple[str, str]]) -> None:
    """Indented `label  value` lines, the labels aligned."""
    width = max((len(label) for label, _ in rows), default=0)
    for label, value in rows:
        text = Text(f"  {label:<{width}}  ", style="dim")
        text.append(clean(value), style="not dim")
        console.print(text, soft_wrap=True)


def hanging(console: Console, first: Text, rest: Text | str) -> None:
    """`first`, and `rest` beside it; on a terminal the lines that it folds into stay beside it."""
    rest = rest if isinstance(rest, Text) else Text(clean(rest))
    room = console.width - first.cell_len
    if not console.is_terminal or room < ROOM // 2:
        console.print(Text.assemble(first, rest), soft_wrap=True)
        return
    for number, folded in enumerate(rest.wrap(console, room, overflow="fold") or [Text()]):
        folded.rstrip()
        console.print(Text.assemble(first if not number else " " * first.cell_len, folded))


def listing(
    console: Console,
    heads: Sequence[str],
    rows: Sequence[Sequence[Text | str]],
    *,
    right: Collection[str] = (),
) -> None:
    """
    A table whose last column folds; nothing of it is ever cut.

    Where the terminal leaves too little room for the last column, it stands on
    lines of its own. `right`: heads of columns of numbers.
    """
    table = [[Text(each, style="bold") for each in heads]]
    table += [
        [each if isinstance(each, Text) else Text(clean(each)) for each in row] for row in rows
    ]
    widths = [max(row[n].cell_len for row in table) for n in range(len(heads) - 1)]
    taken = sum(widths) + 2 * len(widths)
    beside = taken + ROOM <= console.width
    for number, row in enumerate(table):
        first = Text()
        for head, cell, width in zip(heads, row, widths, strict=False):
            space = Text(" " * (width - cell.cell_len))
            sides = (space, cell) if head in right else (cell, space)
            first = Text.assemble(first, *sides, "  ")
        if beside:
            hanging(console, first, row[-1])
            continue
        console.print(first, soft_wrap=True)
        if number and row[-1].plain:
            hanging(console, Text("    "), row[-1])


def few(told: Sequence[str], word: str) -> Iterator[str]:
    """The first of many lines for people, and how many are left; JSON has them all."""
    yield from told[:FEW]
    if len(told) > FEW:
        yield f"and {many(len(told) - FEW, f'more {word}')} (--json has all)"


def finding_facts(finding: Finding, *, document: str) -> list[tuple[str, str]]:
    """Where, who and why, in plain words, for `scan` and `show`."""
    rows = [("document", document)]
    places = list(few(finding.places, "place"))
    rows += [("where" if not n else "", place) for n, place in enumerate(places)]
    if finding.count:
        listed = finding.rows > 1
        rows.append(
            (
                "who",
                f"{finding.count:,} of our people in {finding.rows:,} rows,"
                f" about {finding.expected:,.0f} by chance"
                if listed
                else f"{finding.count:,} of our people",
            )
        )
    elif finding.rule == "structure" and finding.rows:
        rows.append(("who", f"nobody who is enrolled, in {many(finding.rows, 'row')}"))
    rows += [("why" if not n else "", reason) for n, reason in enumerate(finding.reasons)]
    if finding.suppliers and not finding.called:  # found before their names were kept
        rows.append(("supplier", f"of the mark {', '.join(finding.suppliers)}"))
    if finding.fields:
        rows.append(("fields", ", ".join(finding.fields)))
    return rows
