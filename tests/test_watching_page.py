"""docs/operating.md tells the measured figures of watching as they were recorded."""

from __future__ import annotations

import json
from pathlib import Path

from bench.watching import page


def test_the_measured_figures_are_the_recorded_ones() -> None:
    """`make bench-long` writes both; whoever edits one by hand is told."""
    text = page.PAGE.read_text()
    assert page.written(text) == text


def test_a_recorded_run_is_told(tmp_path: Path) -> None:
    """Each figure with its unit, what was asked of it, and what stood beside it."""
    results = tmp_path / "watching.json"
    missed = {"key": "visits.missed.500", "what": "missed", "value": 0, "unit": "", "more": False}
    rate = {"key": "pages", "what": "pages", "value": 210.0, "unit": "/s", "more": True}
    figures = [{**missed, "reach": 0, "beside": {}}, {**rate, "reach": None, "beside": {"it": 70}}]
    machine = {"cpu": "a CPU", "cores": 2, "python": "3.11"}
    results.write_text(json.dumps({"machine": machine, "figures": figures}))
    told = page.table(results)
    assert "| missed | 0 | ≤ 0 |  |" in told
    assert "| pages | 210 /s |  | 70 × it |" in told
    assert "2 cores of a CPU" in told
    assert page.table(tmp_path / "none.json") == page.NONE
