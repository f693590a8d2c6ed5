"""The one table of measured figures in `docs/matching.md`, written from the recorded run."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "matching.md"
RESULTS = ROOT / "bench" / "results" / "speed.json"
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
_BETWEEN = re.compile(r"(<!-- figures: [^\n]*-->\n)(.*?)(\n<!-- /figures -->)", re.DOTALL)


def table(results: Path = RESULTS) -> str:
    """The figures that an operator asks for, of the run recorded there."""
    if not results.exists():
        return NONE
    whole = json.loads(results.read_text())
    found = {each["key"]: each for each in whole["figures"]}
    machine = whole["machine"]
    lines = [
        f"One core of {machine['cpu']}, Python {machine['python']}.",
        "",
        "| figure | measured | asked | beside it, in the same round |",
        "|---|---|---|---|",
    ]
    for key in TOLD:
        if key in found:
            each = found[key]
            sign = "≥" if each["more"] else "≤"
            asked = "" if each["reach"] is None else f"{sign} {each['reach']:g} {each['unit']}"
            beside = ", ".join(f"{value:.2g} × {name}" for name, value in each["beside"].items())
            lines.append(
                f"| {each['what']} | {each['value']:,.4g} {each['unit']} | {asked} | {beside} |"
            )
    return "\n".join(lines)


def written(page: str, results: Path = RESULTS) -> str:
    """The page with the table as it should be."""
    return _BETWEEN.sub(lambda found: found[1] + table(results) + found[3], page)


def update() -> None:
    """Write the table into the page."""
    PAGE.write_text(written(PAGE.read_text()))
