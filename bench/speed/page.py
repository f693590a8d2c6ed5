"""The one table of measured figures in `docs/matching.md`, written from the recorded run."""

from __future__ import annotations

import json
from pathlib import Path

from bench import told

PAGE = told.DOCS / "matching.md"
RESULTS = told.RESULTS / "speed.json"
NONE = "Not recorded yet: `make bench`."
TOLD = (
    "natural.47000",
    "new.47000",
    "new-capital.47000",
    "combo.47000",
    "dump.47000",
    "dump17.47000",
    "growth.slower",
    "threads",
    "memory.47000.50",
    "memory.250000.50",
    "enrol.47000",
    "enrol.250000",
    "wait.scan.small",
    "wait.alerts",
)


def table(results: Path = RESULTS) -> str:
    """The figures that an operator asks for, of the run recorded there."""
    if not results.exists():
        return NONE
    whole = json.loads(results.read_text())
    machine = whole["machine"]
    head = f"One core of {machine['cpu']}, Python {machine['python']}."
    return "\n".join([head, "", *told.rows(whole["figures"], TOLD)])


def written(page: str, results: Path = RESULTS) -> str:
    """The page with the table as it should be."""
    return told.put(page, table(results))


def update() -> None:
    """Write the table into the page."""
    PAGE.write_text(written(PAGE.read_text()))
