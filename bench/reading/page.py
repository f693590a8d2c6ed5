"""The measured figures in `docs/formats.md`, written from the recorded run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import told
from bench.reading.measure import Row

PAGE = told.DOCS / "formats.md"
RESULTS = told.RESULTS / "reading.json"
NONE = "Not recorded yet: `make bench`."
HEADS = ("family", "file", "read", "text", "held", "beside")


def keep(rows: Sequence[Row], results: Path = RESULTS) -> None:
    """Record the table of families beside the figures of the same run."""
    whole = json.loads(results.read_text())
    whole["families"] = [row.told() for row in rows]
    results.write_text(json.dumps(whole, indent=1, default=dict) + "\n")


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """One family as it is told: its file, MB/s, seconds where they are bounded, MB held."""
    ours = row["ours"]
    bound = f", {ours['seconds']:.2f} s (≤ {row['reach']:g})" if row["reach"] else ""
    beside = ", ".join(
        f"{ours['rate'] / turn['rate']:.2g} × {name} ({turn['peak']:.0f} MB)"
        for name, turn in row["beside"].items()
    )
    return (
        row["what"],
        f"{row['size']:.1f} MB",
        f"{ours['rate']:.3g} MB/s{bound}",
        f"{ours['text'] / ours['seconds']:.3g} MB/s",
        f"{ours['peak']:.0f} MB",
        beside,
    )


def table(results: Path = RESULTS) -> str:
    """The families and the figures of the run recorded there."""
    if not results.exists():
        return NONE
    whole = json.loads(results.read_text())
    machine = whole["machine"]
    lines = [
        f"Processor time on one core of {machine['cpu']}, Python {machine['python']}.",
        "",
        f"| {' | '.join(HEADS)} |",
        "|---|---|---|---|---|---|",
    ]
    lines += [f"| {' | '.join(cells(row))} |" for row in whole.get("families", ())]
    lines += ["", "| figure | measured | asked |", "|---|---|---|"]
    lines += [f"| {' | '.join(told.cells(each)[:3])} |" for each in whole["figures"]]
    return "\n".join(lines)


def written(page: str, results: Path = RESULTS) -> str:
    """The page with the tables as they should be."""
    return told.put(page, table(results))


def update() -> None:
    """Write the tables into the page."""
    PAGE.write_text(written(PAGE.read_text()))
