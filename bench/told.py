"""Recorded figures as a page of the docs tells them: its tables are written, and held, from the run's own file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results"
DOCS = ROOT / "docs"
_BETWEEN = re.compile(r"(<!-- figures: [^\n]*-->\n)(.*?)(\n<!-- /figures -->)", re.DOTALL)


def cells(figure: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """One figure: what it is, what was measured, what is asked, and what stood beside it in the same round."""
    sign = "≥" if figure["more"] else "≤"
    unit = figure["unit"]
    asked = "" if figure["reach"] is None else f"{sign} {figure['reach']:g} {unit}"
    beside = ", ".join(f"{value:.2g} × {name}" for name, value in figure.get("beside", {}).items())
    return figure["what"], f"{figure['value']:,.4g} {unit}".strip(), asked.strip(), beside


def rows(figures: Iterable[Mapping[str, Any]], keys: Iterable[str]) -> list[str]:
    """The table of those figures that have these keys, in the keys' order."""
    found = {each["key"]: each for each in figures}
    return [
        "| figure | measured | asked | beside it, in the same round |",
        "|---|---|---|---|",
        *(f"| {' | '.join(cells(found[key]))} |" for key in keys if key in found),
    ]


def put(page: str, table: str) -> str:
    """The page with this table in its place."""
    return _BETWEEN.sub(lambda found: found[1] + table + found[3], page)
