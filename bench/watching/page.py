"""The measured figures in `docs/operating.md`, written from the recorded run."""

from __future__ import annotations

import json
from pathlib import Path

from bench import told

PAGE = told.DOCS / "operating.md"
RESULTS = told.RESULTS / "watching.json"
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


def table(results: Path = RESULTS) -> str:
    """The figures that an operator asks for, of the run recorded there."""
    if not results.exists():
        return NONE
    whole = json.loads(results.read_text())
    machine = whole["machine"]
    head = f"{machine['cores']} cores of {machine['cpu']}, shared with other work, Python {machine['python']}."
    return "\n".join([head, "", *told.rows(whole["figures"], TOLD)])


def written(page: str, results: Path = RESULTS) -> str:
    """The page with the table as it should be."""
    return told.put(page, table(results))


def update() -> None:
    """Write the table into the page."""
    PAGE.write_text(written(PAGE.read_text()))
