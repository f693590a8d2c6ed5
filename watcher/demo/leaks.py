"""
Three leaks from one force, each of other officers and in another form.

A paste typed off a supplier's export (pay number, rank, name, vetting level);
the workbook of a freedom-of-information reply with the personnel list left in
a hidden sheet; a page on a board with e-mail addresses and collar numbers.
These are the forms that leaks from British forces have taken. The people are
`watcher.demo.roster`'s.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from watcher.demo.workbook import CONTENT_TYPE, Cell, Sheet, workbook

PASTED, WORKBOOK, POSTED = 60, 400, 80  # people in each

HIDDEN_SHEET = "Download (2)"

SHORT = {
    "Constable": "PC",
    "Detective Constable": "DC",
    "Sergeant": "Sgt",
    "Detective Sergeant": "DS",
    "Inspector": "Insp",
    "Detective Inspector": "DI",
    "Chief Inspector": "Ch Insp",
    "Superintendent": "Supt",
    "Chief Superintendent": "Ch Supt",
}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """One leaked list. `refs`: whom it shows."""

    refs: frozenset[str] = field(repr=False)
    content_type: str
    body: bytes = field(repr=False)


def leaks(seed: int, rows: Sequence[Row]) -> tuple[Leak, Leak, Leak]:
    """
    The paste, the workbook and the posted list; nobody is in two of them.

    Raises ValueError for fewer than 540 people.
    """
    dice = random.Random(f"leaks {seed}")  # noqa: S311  # must come out the same again
    chosen = dice.sample(rows, PASTED + WORKBOOK + POSTED)
    return (
        pasted(chosen[:PASTED]),
        workbook_reply(chosen[PASTED : PASTED + WORKBOOK], strength=rows),
        posted(chosen[PASTED + WORKBOOK :]),
    )


def pasted(rows: Sequence[Row]) -> Leak:
    """Comma-separated lines under a heading, accents lost, every twelfth surname mistyped."""
    lines = ["PayNo,Rank,Forename,Surname,Vetting"]
    for number, row in enumerate(rows, start=1):
        surname = unaccented(row["surname"])
        if number % 12 == 0 and len(surname) > 4:
            surname = surname[:2] + surname[3:]
        lines.append(
            ",".join(
                (
                    row["pay_number"],
                    SHORT[row["rank"]],
                    unaccented(row["forename"]),
                    surname,
                    row["vetting"],
                )
            )
        )
    return _leak(rows, "text/plain; charset=utf-8", "\n".join(lines).encode())


def workbook_reply(rows: Sequence[Row], *, strength: Sequence[Row]) -> Leak:
    """What was asked for in the sheet that shows: how many of each rank; the list in one that does not."""
    counts = Counter(row["rank"] for row in strength)
    visible: list[list[Cell]] = [["Rank", "Headcount"]]
    visible.extend([rank, counts[rank]] for rank in SHORT)
    hidden: list[list[Cell]] = [["Surname", "Initials", "Rank", "Unit", "Location", "Service No"]]
    hidden.extend(
        [
            row["surname"],
            row["forename"][:1] + row["middle"][:1],
            SHORT[row["rank"]],
            row["unit"],
            row["location"],
            int(row["warrant_number"]),
        ]
        for row in sorted(rows, key=lambda row: (row["surname"], row["ref"]))
    )
    body = workbook(
        Sheet(title="Strength", rows=visible),
        Sheet(title=HIDDEN_SHEET, rows=hidden, state="hidden"),
    )
    return _leak(rows, CONTENT_TYPE, body)


def posted(rows: Sequence[Row]) -> Leak:
    """One officer a line: name, address, collar number."""
    lines = [
        f"{row['forename']} {row['surname']} <{row['email']}> {row['collar_number']}"
        for row in rows
    ]
    return _leak(rows, "text/plain; charset=utf-8", "\n".join(lines).encode())


def unaccented(text: str) -> str:
    """`Jabłońska` → `Jablonska`: what an export to ASCII leaves of a name."""
    text = text.replace("ł", "l").replace("Ł", "L")
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _leak(rows: Sequence[Row], content_type: str, body: bytes) -> Leak:
    return Leak(refs=frozenset(row["ref"] for row in rows), content_type=content_type, body=body)
