"""
What the road carries: `make bench` prints a table and writes `bench/out/road.json`.

Each figure is the median of several rounds in one run on this machine; compare
figures of one run with one another, not with another machine's. Text is what
the interpreter itself carries (its licence and its library's documentation).
"""

from __future__ import annotations

import json
import platform
import statistics
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.commands import prepared, run
from matchers.people import People
from watcher.api import Person, Watch
from watcher.demo.roster import people
from watcher.model import Part

OUT = Path(__file__).parent / "out" / "road.json"
ROUNDS = 3
KEY = bytes(range(32))


def persons(count: int) -> list[Person]:
    """A synthetic roster as the matcher gets it."""
    return [
        Person(
            ref=row["ref"],
            forename=row["forename"],
            middle=row["middle"],
            surname=row["surname"],
            known_as=row["known_as"],
            previous_surname=row["previous_surname"],
            rank=row["rank"],
            numbers=tuple(
                (role, row[role]) for role in ("pay_number", "warrant_number", "collar_number")
            ),
            emails=(row["email"],),
            vetting=row["vetting"],
            unit=row["unit"],
            location=row["location"],
        )
        for row in people(1, count)
    ]


def prose(size: int) -> str:
    """So many characters of natural text: sources and documentation, each file once."""
    library = Path(sysconfig.get_paths()["stdlib"])
    texts: list[str] = []
    held = 0
    for path in sorted(library.rglob("*.py")):
        texts.append(path.read_text(encoding="utf-8", errors="replace"))
        held += len(texts[-1])
        if held >= size:
            break
    return "".join(texts)[:size]


def median(work: Callable[[], object]) -> float:
    """Seconds, the median of ROUNDS."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def measure() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    text = prose(4_000_000)
    listed = "\n".join(
        f"{row['pay_number']},{row['rank']},{row['forename']},{row['surname']}"
        for row in people(2, 20_000)
    )
    for count in (2_000, 10_000):
        enrolled = persons(count)
        matcher = People(Watch())
        seconds = median(lambda e=enrolled, m=matcher: m.enrol(e, KEY))
        rows.append({"what": f"enrol {count:,} people", "value": round(seconds, 2), "unit": "s"})
        recogniser = matcher.load(matcher.enrol(enrolled, KEY), KEY)
        for name, body in (("natural text", text), ("list of other people", listed)):
            windows = [body[at : at + (1 << 20)] for at in range(0, len(body), 1 << 20)]
            seconds = median(
                lambda w=windows, r=recogniser: [r.match(Part(where="", text=each)) for each in w]
            )
            rate = len(body.encode()) / 1e6 / seconds
            what = f"match {name}, {count:,} people"
            rows.append({"what": what, "value": round(rate, 1), "unit": "MB/s"})
    return rows


def commands() -> list[dict[str, object]]:
    """Seconds of whole processes: what a person waits for."""
    rows: list[dict[str, object]] = []
    with prepared() as name:
        for what, words in (
            ("watcher alerts, whole process", ("alerts",)),
            ("watcher scan of a small file, whole process", ("scan", "--no-store", "leak.csv")),
            ("watcher demo, whole process", ("demo",)),
        ):
            seconds = median(lambda w=words: run(Path(name), *w))
            rows.append({"what": what, "value": round(seconds, 2), "unit": "s"})
    return rows


def main() -> int:
    rows = [*measure(), *commands()]
    table = Table(box=None)
    table.add_column("figure")
    table.add_column("median", justify="right")
    table.add_column("")
    for row in rows:
        table.add_row(str(row["what"]), str(row["value"]), str(row["unit"]))
    Console().print(table)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(
        json.dumps(
            {"python": platform.python_version(), "rounds": ROUNDS, "figures": rows}, indent=1
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
