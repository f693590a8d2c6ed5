"""The measured figures in `docs/operating.md`, written from the recorded run."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "operating.md"
RESULTS = ROOT / "bench" / "results" / "watching.json"
NONE = "Not recorded yet: `make bench-long`."
TOLD = (
    "visits.500",
    "visits.missed.500",
    "late.p99.500",
    "late.max.500",
    "gap.500",
    "requests.500",
    "budget.exceeded.500",
    "budget.most.500",
    "service.median.500",
    "service.most.500",
    "service.growth.500",
    "workers.median.500",
    "workers.most.500",
    "processor.share.500",
    "stop.500",
    "leaks.500",
    "leaks.untold.500",
    "told.median.500",
    "told.p99.500",
    "told.asked.500",
    "pages",
    "pages.passed",
    "load.500",
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
        f"{machine['cores']} cores of {machine['cpu']}, shared with other work, Python {machine['python']}.",
        "",
        "| figure | measured | asked | beside it, in the same round |",
        "|---|---|---|---|",
    ]
    for key in TOLD:
        if key in found:
            each = found[key]
            sign = "≥" if each["more"] else "≤"
            asked = "" if each["reach"] is None else f"{sign} {each['reach']:g} {each['unit']}"
            beside = ", ".join(f"{value:.3g} × {name}" for name, value in each["beside"].items())
            value = f"{each['value']:,.4g} {each['unit']}"
            lines.append(f"| {each['what']} | {value.strip()} | {asked.strip()} | {beside} |")
    return "\n".join(lines)


def written(page: str, results: Path = RESULTS) -> str:
    """The page with the table as it should be."""
    return _BETWEEN.sub(lambda found: found[1] + table(results) + found[3], page)


def update() -> None:
    """Write the table into the page."""
    PAGE.write_text(written(PAGE.read_text()))
